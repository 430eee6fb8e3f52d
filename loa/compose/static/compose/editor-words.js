// The editor's buttons and dialogs in the language of the page. Its dialogs ask `gettext`; the names of its buttons are
// exchanged as they appear. Runs before the editor's own scripts.
const words = JSON.parse(document.querySelector("[data-editor-words]")?.dataset.editorWords ?? "{}");
globalThis.gettext = (theirs) => words[theirs] ?? theirs;

// Pictures on buttons are words of an icon font: only what is read is exchanged.
const READ = ".prose-menubar :is(p, h2, h3), .prose-editor-dialog option";

function exchange(element) {
  for (const name of ["title", "aria-label"]) {
    const ours = words[element.getAttribute(name)];
    if (ours) element.setAttribute(name, ours);
  }
  if (!element.matches(READ) || !words[element.textContent]) return;
  if (element.localName === "option") element.value = element.textContent; // what the editor asks for
  element.textContent = words[element.textContent];
}

new MutationObserver((changes) => {
  for (const added of changes.flatMap((change) => [...change.addedNodes])) {
    if (added.nodeType !== Node.ELEMENT_NODE || added.closest(".ProseMirror")) continue;
    for (const element of [added, ...added.querySelectorAll("[title], [aria-label], p, h2, h3, option")]) {
      if (element.closest(".prose-menubar, .prose-editor-dialog")) exchange(element);
    }
  }
}).observe(document.body, { childList: true, subtree: true });
