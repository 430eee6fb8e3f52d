// A picture of the release is put into the text where the cursor stands, with its caption, by a button.
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
