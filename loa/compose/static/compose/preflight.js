// Asks what is worth a second look a moment after typing stops; without this, saving does.
const PAUSE = 1500, AGAIN = 5000;
for (const box of document.querySelectorAll("[data-preflight]")) {
  const form = box.closest("form");
  const count = form.querySelector("[data-preflight-count]");
  let timer = 0, asked = 0;
  const wait = (length) => {
    clearTimeout(timer);
    timer = setTimeout(look, length);
  };
  const later = (event) => {
    if (!event.target.closest?.("[data-preflight]")) wait(PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  if (isTouched()) wait(PAUSE);

  // Somebody may have typed before this ran.
  function isTouched() {
    return [...form.elements].some((field) => "defaultValue" in field && field.type !== "hidden" && field.type !== "file"
      && (field.value !== field.defaultValue || (field.checked ?? false) !== (field.defaultChecked ?? false)));
  }

  async function look() {
    const turn = ++asked;
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name); // files are not looked at
    try {
      const answer = await fetch(box.dataset.preflight, { method: "POST", body: data, headers: { Accept: "text/html" } });
      const isWriting = box.contains(document.activeElement) && document.activeElement.matches("input");
      if (turn !== asked || isWriting) return;
      if (answer.status >= 500) return wait(AGAIN); // busy for a moment
      if (!answer.ok || answer.redirected) return;
      box.innerHTML = await answer.text();
      count.textContent = box.querySelector("#findings-title")?.textContent ?? "";
    } catch {
      if (turn === asked) wait(AGAIN); // the line is down: until it is back
    }
  }
}
