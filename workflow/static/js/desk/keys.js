// The keyboard of the desk. A key is known by its Latin letter, or, on an Arabic keyboard, by its place;
// digits by their place, since a French keyboard gives them only with Shift.

const letter = (event) => {
  if (/^[a-z]$/i.test(event.key)) {
    return event.key.toLowerCase();
  }
  return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : "";
};

const digit = (event) => Number(/^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? 0);

const WAIT = 1500;

/** Calls the actions of `desk` for their keys. */
export const listen = (desk) => {
  let pending = null;
  let pendingSince = 0;

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) {
      return;
    }
    if (pending && Date.now() - pendingSince < WAIT && digit(event) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const act = pending;
      pending = null;
      act(digit(event));
      return;
    }
    if (!["Alt", "Shift", "Control"].includes(event.key)) {
      pending = null;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      desk.confirmAndNext();
    } else if (event.ctrlKey && event.shiftKey && event.code === "Space") {
      event.preventDefault();
      desk.insert("\u00a0");
    } else if (event.altKey && !event.ctrlKey && !event.metaKey) {
      alt(event);
    }
  });

  const alt = (event) => {
    const then = (act) => {
      pending = act;
      pendingSince = Date.now();
    };
    const actions = {
      n: () => desk.next("unconfirmed"),
      e: () => desk.next("error"),
      w: () => desk.next("warning"),
      c: () => desk.copySource(),
      d: () => desk.draftAgain(),
      a: () => desk.panel("alternatives"),
      m: () => desk.panel("matches"),
      h: () => desk.panel("history"),
      r: () => desk.panel("comments"),
      k: () => desk.searchMemory(),
      u: () => desk.takeBack(),
      i: () => desk.insertCode(null),
      j: () => then((number) => desk.insertCode(number)),
      t: () => then((number) => desk.insertTerm(number)),
      p: () => then((number) => desk.take(number)),
    };
    const arrows = { ArrowDown: () => desk.move(1), ArrowUp: () => desk.move(-1) };
    const act = arrows[event.key] ?? actions[letter(event)];
    if (!act) {
      return;
    }
    event.preventDefault();
    act();
  };
};
