// Copies a piece of code with one press; without this it is selected and copied by hand.
for (const button of navigator.clipboard ? document.querySelectorAll("[data-embed-copy]") : []) {
  const code = document.getElementById(button.dataset.embedCopy);
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.value).then(() => { said.textContent = button.dataset.done; }, () => code.select());
  });
}
