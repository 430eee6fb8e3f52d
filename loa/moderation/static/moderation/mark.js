// Words selected in the text of a release go into the next empty row of what should change.
const text = document.querySelector("[data-markable]");
const marks = document.querySelector("[data-marks]");
const button = document.querySelector("[data-mark]");
const total = marks?.querySelector('[name$="-TOTAL_FORMS"]');
function selected() {
  const chosen = document.getSelection();
  return chosen.rangeCount && text.contains(chosen.getRangeAt(0).commonAncestorContainer) ? chosen.toString().trim() : "";
}
function emptyRow() {
  const rows = [...marks.querySelectorAll(".marks__row")];
  const free = rows.find((row) => !row.querySelector('[name$="-words"]').value);
  if (free) return free;
  const number = Number(total.value);
  if (number >= 30) return null;
  const row = rows[0].cloneNode(true);
  for (const one of row.querySelectorAll("[name], [id], [for]")) {
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(/-\d+-/, `-${number}-`));
    }
    if ("value" in one) one.value = "";
  }
  marks.append(row);
  total.value = number + 1;
  return row;
}
function mark() {
  const words = selected();
  const row = words && emptyRow();
  if (!row) return;
  row.querySelector('[name$="-words"]').value = words.slice(0, 500);
  row.querySelector('[name$="-why"]').focus();
  button.hidden = true;
}
if (text && marks && button) {
  document.addEventListener("selectionchange", () => { button.hidden = !selected(); });
  button.addEventListener("click", mark);
  // Pressing a button would take the selection away before it is read.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "m" || event.ctrlKey || event.metaKey || event.altKey || !selected()) return;
    event.preventDefault();
    mark();
  });
}
