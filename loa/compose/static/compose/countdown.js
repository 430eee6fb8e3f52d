/* Counts down the seconds until a release goes out; the page comes again by itself, with or without this. */
for (const timer of document.querySelectorAll("[data-countdown]")) {
  const shown = timer.querySelector("[data-left]");
  const end = performance.now() + 1000 * Number(timer.dataset.countdown);
  const ticking = setInterval(() => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    if (shown) shown.textContent = String(left);
    if (!left) clearInterval(ticking);
  }, 250);
}
