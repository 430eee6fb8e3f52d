// Reads a release aloud with a voice that is on the device: no text leaves it. Without such a voice nothing is shown.
const box = document.querySelector("[data-listen]");
const synthesis = window.speechSynthesis;
const language = box?.dataset.listen ?? "";
const play = box?.querySelector("[data-listen-play]"), stop = box?.querySelector("[data-listen-stop]");
const name = play?.textContent;
let state = "silent", round = 0;

const voice = () => synthesis.getVoices().find(
  (one) => one.localService && one.lang.replace("_", "-").toLowerCase().split("-")[0] === language.split("-")[0],
);

// Browsers fall silent in long utterances, so every sentence is one.
function sentences() {
  const parts = document.querySelectorAll(".sheet__headline, .sheet__subtitle, .sheet__lead, .sheet .prose");
  const lines = [...parts].flatMap((part) => part.innerText.split("\n"));
  return lines.flatMap((line) => line.match(/[^.!?…]+[.!?…]*["”’)\]]*\s*/g) ?? []).filter((one) => one.trim());
}

function show(next) {
  state = next;
  play.textContent = { silent: name, speaking: box.dataset.pause, paused: box.dataset.goOn }[next];
  stop.hidden = next === "silent";
}

function silence() {
  round += 1;
  synthesis.cancel();
  show("silent");
}

function speak() {
  const now = (round += 1), chosen = voice(), rows = sentences();
  rows.forEach((text, index) => {
    const said = new SpeechSynthesisUtterance(text);
    Object.assign(said, { voice: chosen, lang: chosen.lang });
    if (index === rows.length - 1) said.addEventListener("end", () => now === round && show("silent"));
    said.addEventListener("error", () => now === round && silence());
    synthesis.speak(said);
  });
  show("speaking");
}

function press() {
  if (state === "silent") return speak();
  if (state === "speaking") { synthesis.pause(); return show("paused"); }
  synthesis.resume();
  return show("speaking");
}

if (box && synthesis) {
  const offer = () => { box.hidden = !voice(); };
  offer();
  synthesis.addEventListener?.("voiceschanged", offer);
  play.addEventListener("click", press);
  stop.addEventListener("click", () => { silence(); play.focus(); });
  window.addEventListener("pagehide", silence);
}
