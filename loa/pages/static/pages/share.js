// Copies a release's address and opens the device's own share sheet, where the browser can.
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
    device.addEventListener("click", () => navigator.share({ title: document.title, url }).catch(() => undefined));
  }
}
