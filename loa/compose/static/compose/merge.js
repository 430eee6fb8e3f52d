// The field for a third text is there when it was chosen; without this, it always is.
for (const field of document.querySelectorAll("[data-merge]")) {
  const text = field.querySelector("[data-merge-text]");
  const show = () => { if (text) text.hidden = field.querySelector("input[type=radio]:checked")?.value !== "text"; };
  field.addEventListener("change", show);
  show();
}
