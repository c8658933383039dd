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

/**
 * What went and came, for display: [[op, text]] with op equal, delete or insert. Words that changed side by side
 * are told as one phrase, not word by word.
 */
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
  let went = "";
  let came = "";
  let blank = ""; // between two changes it belongs to both
  const changed = () => {
    went += blank;
    came += blank;
    blank = "";
  };
  const settle = () => {
    parts.push(["delete", went], ["insert", came], ["equal", blank]);
    went = came = blank = "";
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      if ((went || came) && !blank && !a[i].trim()) {
        blank = a[i];
      } else {
        settle();
        parts.push(["equal", a[i]]);
      }
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && longest[i + 1][j] >= longest[i][j + 1])) {
      changed();
      went += a[i];
      i += 1;
    } else {
      changed();
      came += b[j];
      j += 1;
    }
  }
  settle();
  return parts.filter(([, text]) => text);
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
