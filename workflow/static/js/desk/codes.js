// Inline codes in text form: `<1>…</1>`, `<2/>`. Pure functions: where the codes of a text stand, and how a text
// is changed so that each code stays whole, at most once, its halves together, and opened before it is closed.
//
// Between right-to-left words a bare </1> is torn apart by the bidirectional algorithm, so that a field in such a
// language holds each code in an isolate (UAX #9: LRI … PDI). All functions take texts with isolates and without.

const CODE = /\u2066?<(\/?)([0-9]{1,9})(\/?)>\u2069?/g;
const ISOLATES = /\u2066(?=<|$)|(?<=>)\u2069/g;

const slashes = (text) => /\\*$/.exec(text)[0].length;

/** The codes of a text in order: {start, end, id, form: open | close | alone}; escaped ones are text. */
export const codesIn = (text) => {
  const found = [];
  for (const match of text.matchAll(CODE)) {
    if (slashes(text.slice(0, match.index)) % 2 === 0 && !(match[1] && match[3])) {
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

/** The text without the isolates round its codes. */
export const bare = (text) => text.replace(ISOLATES, "");

/** The text with each code in an isolate. */
export const isolated = (text) => {
  const plain = bare(text);
  let whole = "";
  let at = 0;
  for (const code of codesIn(plain)) {
    whole += `${plain.slice(at, code.start)}\u2066${plain.slice(code.start, code.end)}\u2069`;
    at = code.end;
  }
  return whole + plain.slice(at);
};

/** The codes of `source` that `target` lacks: [{id, alone}]. */
export const missingCodes = (source, target) => {
  const present = new Set(codesIn(target).filter((code) => code.form !== "close").map((code) => code.id));
  return codesIn(source)
    .filter((code) => code.form !== "close" && !present.has(code.id))
    .map((code) => ({ id: code.id, alone: code.form === "alone" }));
};

/** The code that an offset lies inside of, if there is one. */
export const around = (text, at) => codesIn(text).find((code) => code.start < at && at < code.end);

/** The offset of the nearer border when `at` lies inside a code, else `at`. */
export const outside = (text, at) => {
  const code = around(text, at);
  if (!code) {
    return at;
  }
  return at - code.start < code.end - at ? code.start : code.end;
};

const withoutCodes = (text, unwanted) => {
  let kept = "";
  let at = 0;
  for (const code of codesIn(text).filter(unwanted)) {
    kept += text.slice(at, code.start);
    at = code.end;
  }
  return kept + text.slice(at);
};

/** Texts put together; where backslashes come to stand before a code, one more lets it stay a code. */
const joined = (pieces) => {
  let text = "";
  let codes = 0;
  for (const piece of pieces) {
    codes += piece.codes;
    text = codesIn(text + piece.text).length < codes ? `${text}\\${piece.text}` : text + piece.text;
  }
  return text;
};

/** The part [start, end) of a text, for `joined`: without the codes of these ids, and how many codes are left. */
const part = (text, start, end, gone) => ({
  text: withoutCodes(text.slice(start, end), (code) => gone.has(code.id)),
  codes: codesIn(text).filter((code) => start <= code.start && code.end <= end && !gone.has(code.id)).length,
});

const put = (text) => ({ text, codes: codesIn(text).length });

/**
 * `text` with [start, end) replaced by `insert`, as {text, caret}. A code that the range touches goes whole, and so
 * does its other half; of the codes in `insert` those stay that are whole there and not yet in the text.
 */
export const replaced = (text, start, end, insert) => {
  if (start === end) {
    start = end = outside(text, start);
  } else {
    start = around(text, start)?.start ?? start;
    end = around(text, end)?.end ?? end;
  }
  if (/^\\+$/.test(text.slice(start, end)) && (end - start) % 2 && codesIn(text).some(
    (code) => code.start >= end && /^\\*$/.test(text.slice(end, code.start)),
  )) {
    // Before a code a backslash is written as two: they go together.
    [start, end] = text[start - 1] === "\\" ? [start - 1, end] : [start, end + 1];
  }
  const gone = new Set(
    codesIn(text).filter((code) => start <= code.start && code.end <= end).map((code) => code.id),
  );
  const there = new Set(codesIn(text).map((code) => code.id).filter((id) => !gone.has(id)));
  const broken = new Set(unpaired(insert));
  const clean = put(withoutCodes(insert, (code) => there.has(code.id) || broken.has(code.id)));
  const [left, right] = [part(text, 0, start, gone), part(text, end, text.length, gone)];
  return { text: joined([left, clean, right]), caret: joined([left, clean]).length };
};

/** The ids in a text that do not stand there once: opened and then closed, or alone. */
const unpaired = (text) => {
  const open = [];
  const done = new Set();
  const bad = new Set();
  for (const { id, form } of codesIn(text)) {
    if (form === "close" && open.at(-1) === id) {
      open.pop();
      done.add(id);
    } else if (form === "close" || done.has(id) || open.includes(id)) {
      bad.add(id);
    } else if (form === "open") {
      open.push(id);
    } else {
      done.add(id);
    }
  }
  return [...bad, ...open];
};

/** What `after` should be when somebody's edit of `before` has left it with the caret there, as {text, caret}. */
export const mended = (before, after, caret) => {
  let tail = after.length - caret;
  if (!before.endsWith(after.slice(caret))) {
    tail = 0;
    while (tail < Math.min(before.length, after.length) && before.at(-1 - tail) === after.at(-1 - tail)) {
      tail += 1;
    }
  }
  const end = before.length - tail;
  const edge = after.length - tail;
  let start = 0;
  while (start < Math.min(end, edge) && before[start] === after[start]) {
    start += 1;
  }
  return replaced(before, start, end, after.slice(start, edge));
};

/** The text with code `id` round [start, end), or behind it when it stands alone; taken from where it was. */
export const wrapped = (text, start, end, id, alone) => {
  let from = outside(text, start);
  let to = Math.max(from, outside(text, end));
  // Codes nest: a range that holds one half of a pair grows to hold both.
  for (;;) {
    const halves = new Set(unpaired(text.slice(from, to)).filter((other) => other !== id));
    const cover = codesIn(text).filter((code) => halves.has(code.id));
    const grown = [Math.min(from, ...cover.map((code) => code.start)), Math.max(to, ...cover.map((code) => code.end))];
    if (grown[0] === from && grown[1] === to) {
      break;
    }
    [from, to] = grown;
  }
  const here = new Set([id]);
  const [left, inside, right] = [part(text, 0, from, here), part(text, from, to, here), part(text, to, text.length, here)];
  const pieces = alone
    ? [left, inside, put(`<${id}/>`), right]
    : [left, put(`<${id}>`), inside, put(`</${id}>`), right];
  const upto = alone || inside.text ? pieces.slice(0, -1) : pieces.slice(0, 2);
  return { text: joined(pieces), caret: joined(upto).length };
};

/** The word that an offset stands in, as [start, end); empty where there is none. Codes are no words. */
export const wordAt = (text, at) => {
  const before = /[\p{L}\p{M}\p{N}]*$/u.exec(text.slice(0, at))[0].length;
  const after = /^[\p{L}\p{M}\p{N}]*/u.exec(text.slice(at))[0].length;
  return before && after ? [at - before, at + after] : [at, at];
};

/** The text with [start, end) moved to `to`, as {text, caret}; null when the codes would no longer nest. */
export const moved = (text, start, end, to) => {
  if (start <= to && to <= end) {
    return null;
  }
  const none = new Set();
  const at = outside(text, to);
  const piece = part(text, start, end, none);
  const before = at < start ? [part(text, 0, at, none)] : [part(text, 0, start, none), part(text, end, at, none)];
  const after = at < start ? [part(text, at, start, none), part(text, end, text.length, none)] : [part(text, at, text.length, none)];
  const whole = joined([...before, piece, ...after]);
  return unpaired(whole).length > unpaired(text).length
    ? null
    : { text: whole, caret: joined([...before, piece]).length };
};
