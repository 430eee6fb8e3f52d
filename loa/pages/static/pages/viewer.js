// Opens a release's pictures whole, one after another: arrow keys, swiping, Escape. Without it they are plain links.
const viewer = document.querySelector("[data-viewer]");
const links = [...document.querySelectorAll("a[data-view]")];
const part = (name) => viewer.querySelector(`[data-viewer-${name}]`);
const large = document.createElement("img");
let shown = 0, from = null;

function show(index) {
  shown = (index + links.length) % links.length;
  const link = links[shown], small = link.querySelector("img"), caption = link.closest("figure").querySelector("figcaption");
  const words = [...(caption?.children ?? [])].filter((one) => !one.matches("a[download]"));
  Object.assign(large, { src: link.dataset.view || link.href, alt: small.alt });
  part("place").textContent = links.length > 1 ? `${shown + 1}/${links.length}` : "";
  part("words").textContent = words.map((one) => one.textContent.trim()).join(" · ");
}

function step(by) {
  if (links.length > 1) show(shown + by);
}

links.forEach((link, index) => link.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || !viewer?.showModal) return;
  event.preventDefault();
  show(index);
  viewer.showModal();
}));

if (viewer) {
  viewer.querySelector("figure").prepend(large);
  for (const button of viewer.querySelectorAll("[data-viewer-step]")) {
    button.hidden = links.length < 2;
    button.addEventListener("click", () => step(Number(button.dataset.viewerStep)));
  }
  part("close").addEventListener("click", () => viewer.close());
  viewer.addEventListener("click", (event) => event.target === viewer && viewer.close());
  viewer.addEventListener("keydown", (event) => step({ ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0));
  viewer.addEventListener("pointerdown", (event) => { from = event.pointerType === "touch" ? event.clientX : null; });
  viewer.addEventListener("pointerup", (event) => {
    if (from !== null && Math.abs(event.clientX - from) > 40) step(event.clientX < from ? 1 : -1);
    from = null;
  });
  viewer.addEventListener("close", () => links[shown]?.focus());
}
