// Where each link of the text leads, its host in plain: under the editor, and in the editor's own dialog as an address is
// typed. Without this, the preview and pre-flight show it.
const box = document.querySelector("[data-links]");
const words = box.dataset;
const body = document.querySelector("[name=body_html]");
let last = null;

function parse(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

// What is odd about an address beside the words that show it; empty where nothing is.
function oddities(address, shown = "") {
  const url = parse(address), said = [];
  if (!url || !/^(https?|mailto|tel):$/.test(url.protocol)) return [words.odd];
  if (url.protocol === "http:") said.push(words.plain);
  const named = shown.trim().match(/^(?:https?:\/\/)?((?:[\w-]+\.)+[a-z]{2,})(?:[/?#]|$)/iu);
  const bare = (host) => host.toLowerCase().replace(/^www\./, "");
  if (named && url.hostname && bare(named[1]) !== bare(url.hostname)) said.push(words.other);
  return said;
}

function look() {
  if (body.value === last) return;
  last = body.value;
  const found = [...new DOMParser().parseFromString(body.value, "text/html").querySelectorAll("a[href]")];
  box.hidden = !found.length;
  box.querySelector("summary").textContent = words.links.replace("{count}", found.length);
  box.querySelector("ul").replaceChildren(...found.map((link) => line(link.getAttribute("href"), link.textContent)));
  if (found.some((link) => oddities(link.getAttribute("href"), link.textContent).length)) box.open = true;
}

function line(address, shown) {
  const item = document.createElement("li"), host = document.createElement("b"), odd = document.createElement("strong");
  const url = parse(address);
  host.textContent = url?.hostname || address;
  odd.textContent = oddities(address, shown).join(", ");
  item.append(`${shown} → `, host, url?.hostname ? `${url.pathname === "/" ? "" : url.pathname}${url.search}` : "", odd.textContent ? " · " : "", odd);
  return item;
}

document.addEventListener("input", (event) => tell(event.target));
document.addEventListener("focusin", (event) => tell(event.target));

function tell(field) {
  if (field.name !== "href" || !field.closest?.("dialog")) return;
  let hint = field.parentElement.querySelector(".links__target");
  if (!hint) {
    hint = document.createElement("p");
    hint.className = "links__target";
    hint.setAttribute("role", "status");
    field.after(hint);
  }
  const url = parse(field.value.trim());
  hint.textContent = !field.value.trim() ? "" : [url?.hostname ? words.leads.replace("{host}", url.hostname) : "", ...oddities(field.value.trim())].filter(Boolean).join(" · ");
}

look();
setInterval(look, 700);
