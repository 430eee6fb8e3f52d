// A picture of the release is put into the text with its caption: by a button where the cursor stands, or by dragging.
// Without this, its address is copied into the editor's dialog.
const editor = () => document.querySelector(".desk__main .ProseMirror[contenteditable=true]")?.editor;

function figure(item) {
  const said = (name) => item.querySelector(`[name$="-${name}"]`)?.value.trim() ?? "";
  const content = [{ type: "image", attrs: { src: item.querySelector("[data-figure]").dataset.figure, alt: said("alt") } }];
  if (said("caption")) content.push({ type: "caption", content: [{ type: "text", text: said("caption") }] });
  return { type: "figure", content };
}

function prepare(item) {
  const button = item.querySelector("[data-figure]");
  if (!button) return;
  button.hidden = false;
  item.querySelector("[data-figure-plain]").hidden = true;
  button.addEventListener("click", () => editor()?.chain().focus().insertContent(figure(item)).run());
}

for (const item of document.querySelectorAll("[data-order-item]")) prepare(item);
document.addEventListener("loa:picture", (event) => prepare(event.target));

// Dragged from its card (order.js marks it), a picture lands between the two paragraphs nearest to where it is let go.
const dragged = () => document.querySelector("[data-order-item].photo--dragged");
const isOver = (event) => event.target.closest?.(".desk__main .ProseMirror[contenteditable=true]");

document.addEventListener("dragover", (event) => {
  if (!dragged() || !isOver(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
}, true);

document.addEventListener("drop", (event) => {
  const item = dragged(), at = editor();
  if (!item || !isOver(event) || !at) return;
  event.preventDefault();
  event.stopPropagation(); // the editor would take the picture's address for text
  at.chain().focus().insertContentAt(between(at, event), figure(item)).run();
}, true);

function between(at, event) {
  const found = at.view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (!found) return at.state.doc.content.size;
  const place = at.state.doc.resolve(found.pos);
  if (!place.depth) return found.pos;
  const start = place.before(1), box = at.view.nodeDOM(start).getBoundingClientRect();
  return event.clientY < box.top + box.height / 2 ? start : place.after(1);
}
