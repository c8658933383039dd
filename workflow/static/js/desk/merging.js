// Two texts that grew out of one: merged where the changes do not touch each other, else one's own.

const shared = (a, b) => {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) {
    end += 1;
  }
  return { start, end };
};

/** The text with both changes, or null when they overlap. */
export const merge = (base, mine, theirs) => {
  const me = shared(base, mine);
  const they = shared(base, theirs);
  const mineEnds = base.length - me.end;
  const theirsEnds = base.length - they.end;
  if (mineEnds <= they.start) {
    return mine.slice(0, mine.length - me.end) + theirs.slice(mineEnds);
  }
  if (theirsEnds <= me.start) {
    return theirs.slice(0, theirs.length - they.end) + mine.slice(theirsEnds);
  }
  return null;
};

const words = (text) => text.match(/\s+|[^\s]+/gu) ?? [];

/** The words that went and came, for display: [[op, text]] with op equal, delete or insert. */
export const difference = (before, after) => {
  const a = words(before);
  const b = words(after);
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const parts = [];
  const put = (op, text) => {
    if (parts.at(-1)?.[0] === op) {
      parts.at(-1)[1] += text;
    } else {
      parts.push([op, text]);
    }
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      put("equal", a[i]);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && longest[i + 1][j] >= longest[i][j + 1])) {
      put("delete", a[i]);
      i += 1;
    } else {
      put("insert", b[j]);
      j += 1;
    }
  }
  return parts;
};

/** Fills an element with a difference: <ins>, <del>, text. */
export const show = (element, parts) => {
  element.replaceChildren(
    ...parts.map(([op, text]) => {
      if (op === "equal") {
        return text;
      }
      const mark = document.createElement(op === "insert" ? "ins" : "del");
      mark.textContent = text;
      return mark;
    }),
  );
};
