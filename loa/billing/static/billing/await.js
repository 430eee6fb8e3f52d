// Watches an order and shows the page anew when money has come; without this, the page is loaded again by hand.
const longest = 30000, patience = 45 * 60000; // milliseconds
for (const box of document.querySelectorAll("[data-await]")) {
  const started = Date.now();
  let pause = 3000;
  const ask = async () => {
    if (document.hidden) return void document.addEventListener("visibilitychange", ask, { once: true });
    const answer = await fetch(box.dataset.await, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.status === 404 || answer?.redirected) return; // signed out meanwhile
    const found = answer?.ok ? await answer.json().catch(() => null) : null;
    if (found && `${found.state}:${found.paid}` !== box.dataset.seen) return location.reload();
    pause = Math.min(longest, pause * 1.2);
    if (Date.now() - started < patience) setTimeout(ask, pause);
    else for (const said of ["over", "off"]) box.querySelector(`[data-await-${said}]`).hidden = false;
  };
  box.querySelector("[data-await-on]").hidden = false;
  box.querySelector("[data-await-off]").hidden = true;
  setTimeout(ask, pause);
}
