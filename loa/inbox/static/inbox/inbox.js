// J and K go down and up the inbox; Enter presses what has the focus, as everywhere.
const items = [...document.querySelectorAll("[data-inbox-item]")];
document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const next = items[items.indexOf(document.activeElement) + step] ?? (step > 0 ? items[0] : undefined);
  next?.focus();
});
