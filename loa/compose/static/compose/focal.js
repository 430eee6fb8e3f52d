// The point that stays in sight, set by a click on the picture; without this, by the grid of nine.
const holder = document.querySelector("[data-focal]");
const form = document.querySelector("[data-focal-form]");
const [across, down] = ["focal_x", "focal_y"].map((name) => form.querySelector(`[name=${name}]`));
const point = document.createElement("span");
point.className = "focal__point";
holder.append(point);
document.querySelector("[data-focal-hint]").hidden = false;

function show() {
  point.style.left = `${across.value}%`;
  point.style.top = `${down.value}%`;
}

holder.addEventListener("click", (event) => {
  const box = holder.querySelector("img").getBoundingClientRect();
  across.value = Math.round(((event.clientX - box.left) / box.width) * 100);
  down.value = Math.round(((event.clientY - box.top) / box.height) * 100);
  show();
});
form.addEventListener("change", (event) => {
  if (event.target.name !== "focal") return;
  [across.value, down.value] = event.target.value.split(",");
  show();
});
show();
