// Keeps the formatting of a pasted text: the HTML the clipboard offers goes along in a hidden field,
// as long as the visible text is what was pasted. The server sanitises it.

for (const area of document.querySelectorAll("textarea[data-paste-into]")) {
  const hidden = document.getElementById(area.dataset.pasteInto);
  const kept = area.parentElement.querySelector("[data-paste-kept]");
  let pasted = null;

  const show = () => {
    const whole = pasted !== null && area.value === pasted;
    if (!whole) {
      hidden.value = "";
    }
    kept.hidden = !hidden.value;
  };

  area.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    const everything = area.selectionStart === 0 && area.selectionEnd === area.value.length;
    if (!html || !everything) {
      return; // a piece put into a text by hand is plain text
    }
    hidden.value = html;
    setTimeout(() => {
      pasted = area.value;
      show();
    });
  });
  area.addEventListener("input", (event) => {
    if (event.inputType !== "insertFromPaste") {
      show();
    }
  });
}
