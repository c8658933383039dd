// The field in which a target is written: its codes are shown as chips and stay whole whatever is typed, cut,
// pasted, dragged or composed. All changes go through execCommand, the one way that keeps the browser's own undo.

import { around, bare, codesIn, isolated, mended, moved, outside, replaced, wordAt, wrapped } from "./codes.js";

const shown = (area, text) => (area.dir === "rtl" ? isolated(text) : bare(text));

/** The text of a field, in text form. */
export const read = (area) => bare(area.value);

// The last sound value of each field.
const sound = new WeakMap();

/** Puts a text into a field, as no step of undo. */
export const put = (area, text) => {
  area.value = shown(area, text);
  sound.set(area, area.value);
};

/** Where an offset of the text form lies in the field's value. */
const placeOf = (area, at) => shown(area, read(area).slice(0, at)).length;

let changing = false;

/** Makes `text` the value, as one step of undo that touches only what differs; `caret` is an offset in `text`. */
const change = (area, { text, caret }) => {
  const value = shown(area, text);
  const at = shown(area, text.slice(0, caret)).length;
  const now = area.value;
  let start = 0;
  while (start < Math.min(now.length, value.length) && now[start] === value[start]) {
    start += 1;
  }
  let tail = 0;
  while (tail < Math.min(now.length, value.length) - start && now.at(-1 - tail) === value.at(-1 - tail)) {
    tail += 1;
  }
  if (now !== value) {
    const piece = value.slice(start, value.length - tail);
    area.focus({ preventScroll: true });
    area.setSelectionRange(start, now.length - tail);
    changing = true;
    document.execCommand(piece ? "insertText" : "delete", false, piece);
    changing = false;
    sound.set(area, area.value);
  }
  area.focus({ preventScroll: true });
  area.setSelectionRange(at, at);
};

/** Puts text where the caret is, in place of the selection, as if typed. */
export const insertText = (area, text) => {
  const { selectionStart: start, selectionEnd: end } = area;
  if (start === end) {
    // A word put against a word needs its space.
    if (/[\p{L}\p{N}]$/u.test(area.value.slice(0, start)) && /^[\p{L}]/u.test(text)) {
      text = ` ${text}`;
    }
    if (/^[\p{L}\p{N}]/u.test(area.value.slice(end)) && /[\p{L}]$/u.test(text)) {
      text = `${text} `;
    }
  }
  change(area, replaced(area.value, start, end, text));
};

/** Replaces [start, end), offsets in the text form; codes inside the range stay, in front of what is put there. */
export const replaceRange = (area, start, end, text) => {
  const [from, to] = [placeOf(area, start), placeOf(area, end)];
  const kept = codesIn(area.value.slice(from, to)).map((code) => area.value.slice(from + code.start, from + code.end));
  const left = area.value.slice(0, from) + kept.join("") + text;
  change(area, { text: left + area.value.slice(to), caret: left.length });
};

/** Replaces everything, as one step of undo. */
export const replaceAll = (area, text) => change(area, { text, caret: text.length });

/** Puts code `id` round the selection, or at the caret; a standalone one behind the selection. */
export const insertCode = (area, id, alone) =>
  change(area, wrapped(area.value, area.selectionStart, area.selectionEnd, id, alone));

/** Keeps the codes of a field whole, and the caret out of them. */
export const guard = (area) => {
  // Values the browser's undo may come back to that were never whole: they are passed over.
  const passing = new Set();
  sound.set(area, area.value);

  const settle = (how) => {
    const value = area.value;
    if (how === "historyUndo" || how === "historyRedo") {
      if (passing.has(value)) {
        document.execCommand(how === "historyUndo" ? "undo" : "redo");
      }
      sound.set(area, area.value);
      return;
    }
    const whole = mended(sound.get(area), value, area.selectionEnd);
    if (shown(area, whole.text) === value) {
      sound.set(area, value);
    } else {
      passing.add(value);
      change(area, whole);
    }
  };

  area.addEventListener(
    "input",
    (event) => {
      if (!event.isComposing && !changing) {
        settle(event.inputType);
      }
    },
    { capture: true },
  );
  area.addEventListener("compositionend", () => settle());

  keepSelectionOutside(area);
  copyBare(area);
  drag(area);
};

/** A caret or an edge of the selection that comes into a code goes on to the border it was heading for. */
const keepSelectionOutside = (area) => {
  let last = [0, 0];
  let pressed = false;
  const snap = () => {
    if (document.activeElement !== area || pressed) {
      return;
    }
    const edges = [area.selectionStart, area.selectionEnd];
    const caret = edges[0] === edges[1];
    const [start, end] = edges.map((at, edge) => {
      const inside = around(area.value, at);
      return inside ? (at > last[edge] ? inside.end : inside.start) : at;
    });
    last = [start, caret ? start : end];
    if (last[0] !== edges[0] || last[1] !== edges[1]) {
      area.setSelectionRange(...last, area.selectionDirection);
    }
  };
  document.addEventListener("selectionchange", snap);
  // While the mouse draws a selection, moving its edges would fight the hand.
  area.addEventListener("pointerdown", () => {
    pressed = true;
  });
  for (const name of ["pointerup", "pointercancel", "dragend"]) {
    document.addEventListener(name, () => {
      if (pressed) {
        pressed = false;
        snap();
      }
    });
  }
};

/** What is copied or cut has no isolates: they belong to this field alone. */
const copyBare = (area) => {
  for (const name of ["copy", "cut"]) {
    area.addEventListener(name, (event) => {
      const { selectionStart: start, selectionEnd: end } = area;
      if (start === end) {
        return;
      }
      event.preventDefault();
      event.clipboardData.setData("text/plain", bare(area.value.slice(start, end)));
      if (name === "cut" && !area.readOnly) {
        change(area, replaced(area.value, start, end, ""));
      }
    });
  }
};

export const DRAGGED_CODE = "application/x-inline-code";

/** Dragging: text moves or comes in between the codes, and a chip goes round the word it is dropped on. */
const drag = (area) => {
  let own = null;
  area.addEventListener("dragstart", () => {
    own = [outside(area.value, area.selectionStart), outside(area.value, area.selectionEnd)];
  });
  area.addEventListener("dragend", () => {
    own = null;
  });
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    if (area.readOnly) {
      return;
    }
    const under = document.caretPositionFromPoint?.(event.clientX, event.clientY);
    const at = outside(area.value, under?.offsetNode === area ? under.offset : area.selectionEnd);
    const code = event.dataTransfer.getData(DRAGGED_CODE);
    if (code) {
      const { id, alone } = JSON.parse(code);
      change(area, wrapped(area.value, ...(alone ? [at, at] : wordAt(area.value, at)), id, alone));
    } else if (own && event.dataTransfer.dropEffect !== "copy") {
      const whole = moved(area.value, ...own, at);
      if (whole) {
        change(area, whole);
      }
    } else {
      change(area, replaced(area.value, at, at, event.dataTransfer.getData("text/plain")));
    }
    own = null;
  });
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
      // An isolate by its element: the characters of one would widen the box.
      chip.dir = "ltr";
      chip.textContent = bare(text.slice(code.start, code.end));
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
