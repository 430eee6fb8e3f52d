// Entries in another order: by the buttons without sending the page, and by dragging their handle with any pointer.
// Without this the buttons save the page with the new order; the order of the fields is the order that is sent.
for (const list of document.querySelectorAll("[data-order]")) {
  const items = () => [...list.querySelectorAll("[data-order-item]")];

  function mark() {
    items().forEach((item, place, all) => {
      item.querySelector("[data-order-up]").disabled = place === 0;
      item.querySelector("[data-order-down]").disabled = place === all.length - 1;
    });
  }

  // The neighbour goes past, so that the entry itself keeps the focus and the pointer.
  const up = (item) => item.previousElementSibling && item.after(item.previousElementSibling);
  const down = (item) => item.nextElementSibling && item.before(item.nextElementSibling);

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-order-up], [data-order-down]");
    const item = button?.closest("[data-order-item]");
    if (!item) return;
    event.preventDefault();
    if (button.matches("[data-order-up]")) up(item); else down(item);
    mark();
    if (button.disabled) item.querySelector("[data-order-up]:enabled, [data-order-down]:enabled")?.focus();
  });

  function middle(item) {
    const box = item.getBoundingClientRect();
    return box.top + box.height / 2;
  }

  function follow(item, handle, pointer) {
    const move = (event) => {
      while (item.previousElementSibling && event.clientY < middle(item.previousElementSibling)) up(item);
      while (item.nextElementSibling && event.clientY > middle(item.nextElementSibling)) down(item);
    };
    const end = () => {
      handle.removeEventListener("pointermove", move);
      item.classList.remove("item--dragged");
      mark();
    };
    item.classList.add("item--dragged");
    handle.setPointerCapture(pointer);
    handle.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, end, { once: true });
  }

  for (const item of items()) {
    const handle = item.querySelector("[data-order-handle]");
    handle.hidden = false;
    handle.setAttribute("aria-hidden", "true"); // the buttons beside it do the same
    handle.addEventListener("pointerdown", (event) => { event.preventDefault(); follow(item, handle, event.pointerId); });
  }
}
