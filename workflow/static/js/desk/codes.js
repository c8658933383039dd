// Inline codes in the target field: whole or not there at all. The caret jumps over them, deleting takes the
// whole code, typing cannot land inside one; a layer under the text shows them as chips.
// All edits go through execCommand, the one way that keeps the browser's own undo.

// Between right-to-left words a bare </1> is torn apart by the bidirectional algorithm: in such a field each
// code stands in an isolate of its own (UAX #9: LRI … PDI), which never leaves the field.
const ISOLATED = /\u2066(<\/?[0-9]{1,9}\/?>)\u2069/g;
const CODE = /\u2066?<(\/?)([0-9]{1,9})(\/?)>\u2069?/g;

const shown = (area, text) => {
  if (area.dir !== "rtl") {
    return text;
  }
  let isolated = "";
  let at = 0;
  for (const code of codesIn(text)) {
    isolated += `${text.slice(at, code.start)}\u2066${text.slice(code.start, code.end)}\u2069`;
    at = code.end;
  }
  return isolated + text.slice(at);
};

/** The text of a field, in text form. */
export const read = (area) => area.value.replace(ISOLATED, "$1");

/** Puts a text into a field, as no step of undo. */
export const put = (area, text) => {
  area.value = shown(area, text);
};

/** The codes of a text in order: {start, end, id, form: open | close | alone}; escaped ones are text. */
export const codesIn = (text) => {
  const found = [];
  for (const match of text.matchAll(CODE)) {
    const slashes = /\\*$/.exec(text.slice(0, match.index))[0].length;
    if (slashes % 2 === 0 && !(match[1] && match[3])) {
      found.push({
        start: match.index,
        end: match.index + match[0].length,
        id: Number(match[2]),
        form: match[1] ? "close" : match[3] ? "alone" : "open",
      });
    }
  }
  return found;
};

/** The codes of `source` that `target` lacks: [{id, alone}]. */
export const missingCodes = (source, target) => {
  const present = new Set(codesIn(target).filter((code) => code.form !== "close").map((code) => code.id));
  return codesIn(source)
    .filter((code) => code.form !== "close" && !present.has(code.id))
    .map((code) => ({ id: code.id, alone: code.form === "alone" }));
};

const edit = (area, start, end, text) => {
  area.focus();
  area.setSelectionRange(start, end);
  document.execCommand(text ? "insertText" : "delete", false, text);
};

/** Puts text where the caret is, in place of the selection, as if typed. */
export const insertText = (area, text) => {
  let { selectionStart: start, selectionEnd: end } = area;
  if (start === end) {
    // A word put against a word needs its space.
    const before = area.value.slice(0, start);
    const after = area.value.slice(end);
    if (/[\p{L}\p{N}]$/u.test(before) && /^[\p{L}]/u.test(text)) {
      text = ` ${text}`;
    }
    if (/^[\p{L}\p{N}]/u.test(after) && /[\p{L}]$/u.test(text)) {
      text = `${text} `;
    }
  }
  edit(area, start, end, text);
};

/** Replaces everything, as one step of undo. */
export const replaceAll = (area, text) => edit(area, 0, area.value.length, shown(area, text));

/** Puts code `id` round the selection, or at the caret; a standalone one behind the selection. */
export const insertCode = (area, id, alone) => {
  const { selectionStart: start, selectionEnd: end } = area;
  const inside = area.value.slice(start, end);
  const open = shown(area, `<${id}>`);
  edit(area, start, end, alone ? inside + shown(area, `<${id}/>`) : open + inside + shown(area, `</${id}>`));
  if (!alone && !inside) {
    const at = start + open.length;
    area.setSelectionRange(at, at);
  }
};

const around = (codes, at) => codes.find((code) => code.start < at && at < code.end);

/** Keeps the codes of a field whole. */
export const guard = (area) => {
  let last = 0;

  area.addEventListener("beforeinput", (event) => {
    if (area.readOnly || event.isComposing) {
      return;
    }
    const codes = codesIn(area.value);
    const { selectionStart: start, selectionEnd: end } = area;
    if (start !== end) {
      const first = around(codes, start);
      const final = around(codes, end);
      if (first || final) {
        area.setSelectionRange(first ? first.start : start, final ? final.end : end);
      }
      return;
    }
    const back = event.inputType.startsWith("delete") && event.inputType.endsWith("Backward");
    const forth = event.inputType.startsWith("delete") && event.inputType.endsWith("Forward");
    const hit = codes.find((code) => (back && code.end === start) || (forth && code.start === start));
    if (hit) {
      // A pair goes together: half of it would be a broken code.
      event.preventDefault();
      removeCode(area, hit.id);
    }
  });

  document.addEventListener("selectionchange", () => {
    if (document.activeElement !== area || area.selectionStart !== area.selectionEnd) {
      return;
    }
    const at = area.selectionStart;
    const inside = around(codesIn(area.value), at);
    if (inside) {
      const forward = at > last;
      const to = forward ? inside.end : inside.start;
      area.setSelectionRange(to, to);
      last = to;
    } else {
      last = at;
    }
  });
};

/** Takes every part of code `id` out, in one step of undo. */
export const removeCode = (area, id) => {
  const codes = codesIn(area.value).filter((code) => code.id === id);
  if (!codes.length) {
    return;
  }
  const first = codes[0].start;
  const final = codes.at(-1).end;
  let kept = "";
  let at = first;
  for (const code of codes) {
    kept += area.value.slice(at, code.start);
    at = code.end;
  }
  const caret = area.selectionStart;
  const gone = codes.filter((code) => code.end <= caret).reduce((sum, code) => sum + code.end - code.start, 0);
  edit(area, first, final, kept);
  area.setSelectionRange(caret - gone, caret - gone);
};

/** Draws the layer under the field: the same text, its codes as chips. */
export const layer = (area) => {
  const under = document.createElement("div");
  under.className = "text target-layer";
  under.setAttribute("aria-hidden", "true");
  under.lang = area.lang;
  under.dir = area.dir;
  area.before(under);
  const draw = () => {
    const text = area.value;
    under.replaceChildren();
    let at = 0;
    for (const code of codesIn(text)) {
      under.append(text.slice(at, code.start));
      const chip = document.createElement("span");
      chip.className = `code-under code-under-${code.form}`;
      chip.textContent = text.slice(code.start, code.end);
      under.append(chip);
      at = code.end;
    }
    // A last line break needs something after it to take up a line, as it does in the field.
    under.append(`${text.slice(at)}\u200b`);
  };
  area.addEventListener("input", draw);
  draw();
  return draw;
};
