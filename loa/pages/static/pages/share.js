// Copies a release's address, opens the device's own share sheet and its printer, where the browser can.
for (const list of document.querySelectorAll("[data-share]")) {
  const url = list.dataset.share;
  const copy = list.querySelector("[data-share-copy]"), device = list.querySelector("[data-share-device]");
  if (navigator.clipboard) {
    copy.parentElement.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(url);
      copy.textContent = list.dataset.copyDone;
    });
  }
  if (navigator.share) {
    device.parentElement.hidden = false;
    const title = document.querySelector("h1").textContent;
    device.addEventListener("click", () => navigator.share({ title, url }).catch(() => undefined));
  }
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", () => window.print());
}
