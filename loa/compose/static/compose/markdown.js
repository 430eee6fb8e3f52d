// Markdown that is pasted as plain words becomes what it means; without this, the words stay as they are.
const MARKDOWN = /^(?:#{1,4} \S|[-*+] \S|\d{1,2}[.)] \S|> )|\*\*\S[^*\n]*\*\*|\[[^\]\n]+\]\(https?:\/\/[^)\s]+\)/m;

document.addEventListener("paste", (event) => {
  const editor = event.target.closest?.(".ProseMirror")?.editor;
  const data = event.clipboardData;
  const text = data?.getData("text/plain") ?? "";
  if (!editor || data.types.includes("text/html") || !MARKDOWN.test(text)) return;
  event.preventDefault();
  event.stopPropagation();
  editor.view.pasteHTML(fromMarkdown(text));
}, true);

const escaped = (text) => text.replace(/[&<>"]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[one]);

function inline(text) {
  return escaped(text)
    .replace(/\[([^\]]+)\]\((https?:\/\/[^)\s]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*(\S(?:[^*]*\S)?)\*\*/g, "<strong>$1</strong>")
    .replace(/(^|[\s(])[*_](\S(?:[^*_]*\S)?)[*_](?=[\s).,;:!?]|$)/g, "$1<em>$2</em>");
}

export function fromMarkdown(text) {
  return text.replace(/\r\n?/g, "\n").split(/\n{2,}|\n(?=#{1,4} )|(?<=^#{1,4} .*)\n/m).map(block).join("");
}

// One stretch between empty lines: a heading, a list, a quotation, else a paragraph.
function block(text) {
  const lines = text.split("\n").filter((line) => line.trim());
  if (!lines.length) return "";
  const head = lines.length === 1 && lines[0].match(/^(#{1,4}) (.*)$/);
  if (head) { const level = head[1].length < 3 ? 2 : 3; return `<h${level}>${inline(head[2])}</h${level}>`; }
  for (const [kind, mark] of [["ul", /^[-*+] /], ["ol", /^\d{1,2}[.)] /]]) {
    if (lines.every((line) => mark.test(line))) return `<${kind}>${lines.map((line) => `<li><p>${inline(line.replace(mark, ""))}</p></li>`).join("")}</${kind}>`;
  }
  if (lines.every((line) => line.startsWith(">"))) return `<blockquote><p>${lines.map((line) => inline(line.replace(/^> ?/, ""))).join(" ")}</p></blockquote>`;
  return `<p>${lines.map(inline).join("<br>")}</p>`;
}
