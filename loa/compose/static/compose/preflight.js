// Asks what is worth a second look a moment after typing stops; without this, saving does.
const PAUSE = 1500;
for (const box of document.querySelectorAll("[data-preflight]")) {
  const form = box.closest("form");
  const count = form.querySelector("[data-preflight-count]");
  let timer = 0, asked = 0;
  const later = (event) => {
    if (event.target.closest?.("[data-preflight]")) return;
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);

  async function look() {
    const turn = ++asked;
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name); // files are not looked at
    try {
      const answer = await fetch(box.dataset.preflight, { method: "POST", body: data, headers: { Accept: "text/html" } });
      const isWriting = box.contains(document.activeElement) && document.activeElement.matches("input");
      if (!answer.ok || answer.redirected || turn !== asked || isWriting) return;
      box.innerHTML = await answer.text();
      count.textContent = box.querySelector("#findings-title")?.textContent ?? "";
    } catch {
      // The next key asks again.
    }
  }
}
