// Sends chosen files one after another as soon as they are chosen, each with its progress; without this, the form
// sends them all at once. What comes back is the piece of page that shows the file.
for (const box of document.querySelectorAll("[data-upload]")) {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-upload-list]");
  const drop = box.querySelector(".upload__drop");
  const form = box.closest("form") ?? box;
  const waiting = [];
  let isSending = false, submitter = null;
  box.querySelector("[data-upload-button]")?.setAttribute("hidden", "");
  const plain = box.querySelector("[data-upload-plain]:not([data-upload-kept])");
  if (plain) plain.hidden = true; // each picture has fields of its own once it is there
  input.required = false;

  const take = () => { add(input.files); input.value = ""; };
  input.addEventListener("change", take);
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      drop.classList.toggle("upload__drop--over", kind === "dragover");
      if (kind === "drop") add(event.dataTransfer.files);
    });
  }

  form.addEventListener("submit", (event) => { // a form saved meanwhile would leave behind what has not arrived
    if (!isSending) return;
    event.preventDefault();
    form.setAttribute("aria-busy", "true");
    submitter = { button: event.submitter };
  });

  function add(files) {
    for (const file of files) {
      const line = document.createElement("li");
      const name = document.createElement("span");
      const bar = document.createElement("progress");
      bar.max = 1; bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      name.textContent = `${file.name}: ${list.dataset.waiting}`;
      line.append(bar, name);
      list.append(line);
      waiting.push({ file, line, name, bar });
    }
    if (!isSending) next();
  }

  function next() {
    const one = waiting.shift();
    isSending = Boolean(one);
    if (!one && submitter) form.requestSubmit(submitter.button);
    if (!one) return;
    one.name.textContent = `${one.file.name}: ${list.dataset.sending}`;
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    data.append("for", box.dataset.uploadFor ?? "");
    data.append("uploads", one.file);
    const request = new XMLHttpRequest(); // fetch does not say how much of a file has left
    request.open("POST", box.dataset.uploadUrl ?? form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => { one.bar.value = event.loaded / event.total; });
    request.addEventListener("loadend", () => { settle(one, request); next(); });
    request.send(data);
  }

  function settle(one, request) {
    const answer = request.response?.files?.[0];
    one.bar.remove();
    one.line.classList.toggle("upload__failed", !answer?.is_kept);
    one.name.textContent = answer?.sentence ?? request.response?.sentence ?? `${one.file.name}: ${request.status === 413 ? list.dataset.large : list.dataset.failed}`;
    if (answer?.html) place(answer);
  }

  function place(answer) {
    const [pictures, videos, attachments] = box.dataset.uploadInto.split(",").map((one) => document.querySelector(one));
    const target = { picture: pictures, video: videos, attachment: attachments }[answer.kind];
    const holder = document.createElement("template");
    holder.innerHTML = answer.html;
    const piece = holder.content.firstElementChild;
    const known = [...target.querySelectorAll("[name=add], [name=videos], [name=attachments], a")];
    const key = (node) => node.value ?? node.getAttribute("href");
    const mark = piece.querySelector("[name=add], [name=videos], [name=attachments], a");
    if (known.some((node) => mark && key(node) === key(mark))) return; // it was there already
    target.closest("details")?.setAttribute("open", "");
    if (box.dataset.uploadFor) target.append(piece); else target.prepend(piece);
    piece.dispatchEvent(new CustomEvent("loa:picture", { bubbles: true }));
  }
  if (input.files.length) take(); // chosen before this ran
}
