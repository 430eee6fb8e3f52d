// Copies what stands beside a button; without this it is selected by hand.
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const said = button.closest("dl").parentElement.querySelector("[data-copy-said]");
  button.hidden = false;
  button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.copy).then(() => { said.textContent = button.dataset.done; }));
}
