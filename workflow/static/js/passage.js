// Lets a reader select words of an article and report them: fills in the form that works without this too.

const text = document.getElementById("text");
const button = document.getElementById("passage-button");
const form = document.querySelector("#feedback form");
const LONGEST = 1000;

// The block of the article the whole selection lies in, and its words; null when there is none.
function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = range.startContainer.parentElement?.closest("[id^=t]");
  if (!start || start === text || !text.contains(start)) return null;
  const words = selection.toString().replace(/\s+/g, " ").trim();
  if (words.length < 2 || words.length > LONGEST) return null;
  // Of a selection that runs over several blocks only the first block's part can be named.
  const whole = start.textContent.replace(/\s+/g, " ").trim();
  if (whole.includes(words)) return { block: start.id, words };
  return { block: start.id, words: whole.slice(0, LONGEST) };
}

function report({ block, words }) {
  form.elements.block.value = block;
  form.elements.passage.value = words;
  const quote = document.getElementById("feedback-quote");
  quote.textContent = `“${words}”`;
  quote.hidden = false;
  form.querySelector("details").open = true;
  form.elements.comment.focus();
  button.hidden = true;
}

document.addEventListener("selectionchange", () => {
  button.hidden = selected() === null;
});

// Pressing the button would take the selection away before the click arrives.
button.addEventListener("pointerdown", (event) => event.preventDefault());
button.addEventListener("click", () => {
  const passage = selected();
  if (passage) report(passage);
});

// Choosing another block by hand takes the selected words back.
form.elements.block.addEventListener("change", () => {
  form.elements.passage.value = "";
  document.getElementById("feedback-quote").hidden = true;
});
