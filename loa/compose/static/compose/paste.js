// What Word and Google Docs put on the clipboard, without its rubbish, before the editor reads it: lists become lists,
// hidden text goes. The server does the same with whatever arrives.
const MARKS = /mso-|\bMso[A-Z]|docs-internal-guid|<o:p\b|urn:schemas-microsoft-com/i;
const PICTURE = /<ima?ge?\b/i;
const NUMBERED = /^\s*\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]/i;

document.addEventListener("paste", (event) => {
  const editor = event.target.closest?.(".ProseMirror")?.editor;
  const markup = event.clipboardData?.getData("text/html") ?? "";
  const isTidied = MARKS.test(markup);
  if (!editor || !(isTidied || PICTURE.test(markup))) return;
  event.preventDefault();
  event.stopPropagation();
  editor.view.pasteHTML(isTidied ? tidied(markup) : ours(new DOMParser().parseFromString(markup, "text/html")));
}, true);

// A picture that stands on another site would ask that site who writes here, and is not kept: a text has its own.
function ours(page) {
  for (const node of page.querySelectorAll("img")) if (!node.getAttribute("src")?.startsWith("/media/")) node.remove();
  return page.body.innerHTML;
}

export function tidied(markup) {
  // Word's signs of lists stand between conditions, as comments or as declarations that browsers make comments of.
  const page = new DOMParser().parseFromString(markup.replace(/<!(\[if !supportLists\]|\[endif\])>/gi, "<!--$1-->"), "text/html");
  for (const node of page.querySelectorAll("style, script, xml, title, meta, link")) node.remove();
  for (const node of page.querySelectorAll("[style]")) {
    if (/mso-hide:\s*all|display:\s*none/i.test(node.getAttribute("style"))) node.remove();
  }
  for (const node of [...page.querySelectorAll("p[style*='mso-list']")]) listed(node);
  for (const node of page.querySelectorAll("[style*='mso-list']")) if (/Ignore/i.test(node.getAttribute("style"))) node.remove();
  for (const node of [...page.querySelectorAll("b[id^='docs-internal-guid']")]) node.replaceWith(...node.childNodes);
  for (const node of [...page.querySelectorAll("*")]) if (node.localName.includes(":")) node.replaceWith(...node.childNodes);
  for (const node of [...page.querySelectorAll("h1")]) {
    const lower = page.createElement("h2");
    lower.append(...node.childNodes);
    node.replaceWith(lower);
  }
  for (const node of [...page.querySelectorAll("p, li")]) if (!node.textContent.trim() && !node.querySelector("img")) node.remove();
  return ours(page);
}

function listed(paragraph) {
  if (/mso-list:\s*none/i.test(paragraph.getAttribute("style"))) return;
  const sign = [...paragraph.querySelectorAll("span")].find((one) => /mso-list:\s*Ignore/i.test(one.getAttribute("style") ?? ""));
  const kind = NUMBERED.test(sign?.textContent ?? "") ? "ol" : "ul";
  sign?.remove();
  const before = paragraph.previousElementSibling;
  const list = before?.localName === kind && before.dataset.gathered ? before : document.createElement(kind);
  list.dataset.gathered = "1";
  const item = document.createElement("li");
  item.append(...paragraph.childNodes);
  list.append(item);
  if (list === before) paragraph.remove(); else paragraph.replaceWith(list);
}
