// Copies a release for another page: headline, lead and text with the line that says where they come from.
const list = document.querySelector("[data-copy]");
const parts = () => [...document.querySelectorAll(".sheet__headline, .sheet__subtitle, .sheet__lead, .sheet .prose")];

// What is read in a piece of the text: a row of a table is a line with its cells a tab apart, an item begins with a sign.
const shown = (node) => node.innerText.trim();
const flat = (node) => shown(node).replace(/\s+/g, " ");
const rows = (table) => [...table.rows].map((row) => [...row.cells].map(flat).join("\t")).join("\n");
const items = (list, sign) => [...list.children].map((item, at) => `${sign(at)} ${shown(item).replace(/\n{2,}/g, "\n")}`).join("\n");

function said(node) {
  if (node.matches("table")) return rows(node);
  if (node.matches("ul")) return items(node, () => "-");
  if (node.matches("ol")) return items(node, (at) => `${node.start + at}.`);
  return shown(node);
}

function plain() {
  const texts = parts().flatMap((part) => part.matches(".prose") ? [...part.children].map(said) : [shown(part)]);
  return [...texts, list.dataset.copy].filter(Boolean).join("\n\n").replace(/\n{3,}/g, "\n\n");
}

function formatted() {
  const box = document.createElement("div");
  for (const part of parts()) {
    const tag = part.matches("h1") ? "h1" : part.matches(".prose") ? "div" : "p";
    const copy = box.appendChild(document.createElement(tag));
    copy.append(...part.cloneNode(true).childNodes);
  }
  box.appendChild(document.createElement("p")).textContent = list.dataset.copy;
  for (const node of box.querySelectorAll("*")) {
    for (const name of ["href", "src"]) if (node.hasAttribute(name)) node.setAttribute(name, node[name]);
    node.removeAttribute("class");
  }
  return box.innerHTML;
}

async function copy(form) {
  if (form === "plain") return navigator.clipboard.writeText(plain());
  const as = (type, text) => new Blob([text], { type });
  const kinds = { "text/html": as("text/html", formatted()), "text/plain": as("text/plain", plain()) };
  return navigator.clipboard.write([new ClipboardItem(kinds)]);
}

for (const button of list?.querySelectorAll("[data-copy-as]") ?? []) {
  const form = button.dataset.copyAs;
  if (!navigator.clipboard || (form === "html" && !window.ClipboardItem)) continue;
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    const said = document.querySelector("[data-said]");
    said.textContent = await copy(form).then(() => list.dataset.copyDone, () => list.dataset.copyFailed);
  });
}
