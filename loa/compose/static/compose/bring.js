// A chosen file is read at once, and one dropped onto the editor too; without this, a button beside the field does it.
for (const box of document.querySelectorAll("[data-bring]")) {
  const input = box.querySelector("[data-bring-file]");
  const button = box.querySelector("[data-bring-button]");
  const form = input.form;
  const editor = form.querySelector(".desk__main") ?? box;
  const isText = (file) => /\.(docx|docm|doc|md|markdown|txt)$/i.test(file.name);
  // Chosen before this ran; what a browser puts back on the way back was read already.
  const isNew = input.files.length && performance.getEntriesByType("navigation")[0]?.type === "navigate";
  button.hidden = isNew || !input.files.length;
  input.addEventListener("change", () => { if (input.files.length) form.requestSubmit(button); });
  // In the capturing phase: the editor itself would take a dropped file first.
  for (const kind of ["dragover", "dragleave", "drop"]) {
    editor.addEventListener(kind, (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      const isFile = event.dataTransfer?.types.includes("Files") && !event.target.closest?.("[data-upload]");
      if (!isFile) return;
      if (kind === "drop" && !(files.length === 1 && isText(files[0]))) { box.classList.remove("bring--over"); return; }
      event.preventDefault();
      event.stopPropagation();
      box.classList.toggle("bring--over", kind === "dragover");
      if (kind !== "drop") return;
      input.files = event.dataTransfer.files;
      form.requestSubmit(button);
    }, true);
  }
  if (isNew) form.requestSubmit(button);
}
