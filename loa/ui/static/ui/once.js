// A form is sent once: the second press of a double click, while the first is on its way, is let go by.
const AGAIN = 3000; // milliseconds; where the answer is a file the page stays, and may ask for it once more

addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if ("sent" in event.target.dataset) return event.preventDefault();
  event.target.dataset.sent = "";
  setTimeout(() => delete event.target.dataset.sent, AGAIN);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
