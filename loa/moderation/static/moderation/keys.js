// Keys of the queue: j and k walk the list, others press what carries their letter in data-key; ? shows the help.
const rows = [...document.querySelectorAll("[data-keys] > li > a")];
const help = document.querySelector("[data-keys-help]");
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");
function walk(step) {
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[next]?.focus();
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const { key } = event;
  if (key === "j" || key === "k") walk(key === "j" ? 1 : -1);
  else if (key === "?" && help) { help.open = !help.open; help.querySelector("summary").focus(); }
  else if (key === "/") document.querySelector("#q")?.focus();
  else if (key === "s") document.querySelector("#id_reason")?.focus();
  // What publishes is only reached: nothing goes out by one key struck by mistake.
  else if (key === "a") document.querySelector('[data-key="a"]')?.focus();
  else if (/^[a-z]$/.test(key)) document.querySelector(`[data-key="${key}"]`)?.click();
  else return;
  if (/^[jkas/?]$/.test(key)) event.preventDefault();
});
