// Offers organizations, topics and headlines while somebody types, and brings "/" to the search box.
const form = document.querySelector("[data-suggest]"), input = form.querySelector("[type=search]");
const list = document.createElement("div"), voice = document.createElement("p");
list.id = "suggest"; list.className = "suggest"; list.hidden = true; list.setAttribute("role", "listbox");
list.setAttribute("aria-label", input.labels[0].textContent);
voice.className = "visually-hidden"; voice.setAttribute("aria-live", "polite");
input.parentElement.append(list, voice);
for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggest", "aria-expanded": "false" })) input.setAttribute(name, value);

let asked = "", timer, chosen = -1;
const options = () => [...list.querySelectorAll("[role=option]")];

function close() {
  list.hidden = true; chosen = -1;
  input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant");
}

function mark(next) {
  const all = options();
  chosen = (next + all.length + 1) % (all.length + 1);
  for (const [at, one] of all.entries()) one.setAttribute("aria-selected", String(at + 1 === chosen));
  if (chosen) input.setAttribute("aria-activedescendant", all[chosen - 1].id);
  else input.removeAttribute("aria-activedescendant");
}

function show(found) {
  list.replaceChildren();
  for (const group of ["organizations", "topics", "headlines"]) {
    if (!found[group].length) continue;
    const title = document.createElement("div");
    title.className = "suggest__group"; title.textContent = form.dataset[group]; title.setAttribute("role", "presentation");
    list.append(title);
    for (const { name, path } of found[group]) {
      const one = document.createElement("a");
      one.href = path; one.textContent = name; one.className = "suggest__one"; one.tabIndex = -1;
      one.id = `suggest-${options().length}`; one.setAttribute("role", "option"); one.setAttribute("aria-selected", "false");
      list.append(one);
    }
  }
  const any = options().length > 0;
  list.hidden = !any; chosen = 0;
  input.setAttribute("aria-expanded", String(any));
  voice.textContent = any ? form.dataset.found : "";
}

async function ask() {
  const text = input.value.trim();
  if (text.length < 2) return close();
  asked = text;
  try {
    const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`);
    const found = await answer.json();
    if (asked === input.value.trim() && document.activeElement === input) show(found);
  } catch { close(); }
}

input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
input.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
  if (list.hidden) return;
  if (event.key === "ArrowDown") { event.preventDefault(); mark(chosen + 1); }
  if (event.key === "ArrowUp") { event.preventDefault(); mark(chosen - 1); }
  if (event.key === "Enter" && chosen > 0) { event.preventDefault(); options()[chosen - 1].click(); }
});
input.addEventListener("blur", () => setTimeout(close, 150));
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault(); input.focus(); input.select();
});
