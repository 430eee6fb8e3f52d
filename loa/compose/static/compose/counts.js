// How long the headline and the text are, as they are typed: where mail and search cut a headline, and how long a
// reader takes. Without this, nothing is said of it.
const MAIL = 45, SEARCH = 60; // letters that a telephone's inbox and a page of results show of a line, as a rule
const headline = document.querySelector("[name=headline]");
const head = document.querySelector("[data-count-headline]");
const body = document.querySelector("[name=body_html]");
const lead = document.querySelector("[name=lead]");
const text = document.querySelector("[data-count-body]");
let last = "";

function cut(words, most) {
  const shown = words.slice(0, most);
  return `${shown.slice(0, Math.max(shown.lastIndexOf(" "), most - 12))}…`;
}

function sayHead() {
  const typed = headline.value.trim(), count = [...typed].length;
  head.hidden = !count;
  const more = count > SEARCH ? head.dataset.longer : count > MAIL ? head.dataset.long : head.dataset.fits;
  const said = `${head.dataset.countHeadline.replace("{count}", count)} ${more}`;
  head.textContent = said.replace("{mail}", cut(typed, MAIL)).replace("{search}", cut(typed, SEARCH));
}

function sayText() {
  const page = new DOMParser().parseFromString(body.value.replace(/<\/(p|li|h\d|td|th|figcaption)>/g, " "), "text/html");
  const words = `${lead.value} ${page.body.textContent}`;
  const count = words.split(/\s+/).filter((one) => /[\p{L}\p{N}]/u.test(one)).length;
  const measured = text.dataset.letters === undefined ? count : [...words].filter((one) => /[\p{L}\p{N}]/u.test(one)).length;
  text.hidden = !count;
  const minutes = Math.max(1, Math.floor(measured / Number(text.dataset.speed) + 0.5));
  text.textContent = text.dataset.countBody.replace("{count}", count.toLocaleString(document.documentElement.lang)).replace("{minutes}", minutes);
}

function look() {
  const now = `${headline.value}\n${lead.value}\n${body.value}`;
  if (now === last) return;
  last = now;
  sayHead();
  sayText();
}

look();
setInterval(look, 700); // the editor tells its field, and nobody else
