// Adds a row in place; without this, saving the form brings the next empty one.
for (const list of document.querySelectorAll("[data-rows]")) {
  const empty = list.querySelector("template[data-rows-empty]");
  const button = list.querySelector("[data-rows-add]");
  const total = list.querySelector("[name$='-TOTAL_FORMS']");
  const most = Number(list.querySelector("[name$='-MAX_NUM_FORMS']").value);
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    const holder = document.createElement("template");
    holder.innerHTML = empty.innerHTML.replaceAll("__prefix__", total.value);
    const row = holder.content.querySelector("[data-rows-row]");
    const key = row.querySelector("input[type=hidden][name$='-id']"); // a row's own: the empty one is copied
    if (key) key.value = [...crypto.getRandomValues(new Uint8Array(5))].map((one) => one.toString(16).padStart(2, "0")).join("");
    button.parentElement.before(row);
    total.value = Number(total.value) + 1;
    button.hidden = Number(total.value) >= most;
    row.dispatchEvent(new CustomEvent("loa:row", { bubbles: true }));
    row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
}
