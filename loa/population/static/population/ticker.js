// Counts the population on from the minute the page was made, and then says no minute; stands still for those who
// ask for less motion.
const still = matchMedia("(prefers-reduced-motion: reduce)");
for (const ticker of document.querySelectorAll("[data-ticker]")) {
  const asOf = Date.parse(ticker.dataset.asOf);
  const births = Number(ticker.dataset.births), deaths = Number(ticker.dataset.deaths);
  const rates = { population: births - deaths, births, deaths };
  const counts = [...ticker.querySelectorAll("[data-count]")].map((element) => ({
    element, start: Number(element.textContent.replace(/\D/g, "")), rate: rates[element.dataset.count],
  }));
  const minute = ticker.querySelector("[data-ticker-as-of]");
  const format = new Intl.NumberFormat(document.documentElement.lang === "en" ? "en" : "de");
  const draw = () => {
    minute.hidden = !still.matches;
    if (still.matches || document.hidden) return;
    const seconds = Math.max(0, (Date.now() - asOf) / 1000);
    for (const { element, start, rate } of counts) element.textContent = format.format(Math.round(start + rate * seconds));
  };
  draw();
  setInterval(draw, 1000);
}
