// Pictures in another order: by buttons, by dragging; without this, by the number in each one's field.
for (const list of document.querySelectorAll("[data-order]")) {
  const items = () => [...list.querySelectorAll("[data-order-item]")];
  let dragged = null;

  function number() {
    items().forEach((item, place, all) => {
      item.querySelector("[data-order-number]").textContent = place + 1;
      item.querySelector("[name$=-position]").value = place + 1;
      item.querySelector("[data-order-up]").disabled = place === 0;
      item.querySelector("[data-order-down]").disabled = place === all.length - 1;
    });
  }

  function prepare(item) {
    item.querySelector("[data-order-ways]").hidden = false;
    item.querySelector("[data-order-field]").hidden = true;
    const picture = item.querySelector("img");
    picture.draggable = true;
    picture.addEventListener("dragstart", (event) => {
      dragged = item;
      event.dataTransfer.effectAllowed = "copyMove";
      item.classList.add("photo--dragged");
    });
    picture.addEventListener("dragend", () => { item.classList.remove("photo--dragged"); dragged = null; number(); });
    item.addEventListener("dragover", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      const box = item.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) item.before(dragged); else item.after(dragged);
    });
    item.addEventListener("drop", (event) => event.preventDefault());
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-order-up], [data-order-down]");
    const item = button?.closest("[data-order-item]");
    if (!item) return;
    if (button.hasAttribute("data-order-up")) item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    number();
    button.focus();
  });
  list.addEventListener("loa:picture", (event) => { prepare(event.target); number(); });
  items().forEach(prepare);
  number();
}
