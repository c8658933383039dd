// What is typed and not yet on the server, kept on this machine: it survives a reload, a crash, a lost session.
// Each person's is their own, though several use one browser.

const { user, translation } = document.getElementById("desk").dataset;
const ALL = "desk:";
const MINE = `${ALL}${user}:${translation}:`;
const TOO_OLD = 30 * 24 * 3600 * 1000;

// A browser may refuse its storage altogether.
const shelf = (() => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
})();

const read = (key) => {
  try {
    return JSON.parse(shelf?.getItem(key) ?? "null");
  } catch {
    return null;
  }
};

/** Keeps an object under a name such as "text:7"; false when this browser has no room for it. */
export const keep = (name, value) => {
  try {
    shelf.setItem(MINE + name, JSON.stringify({ ...value, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
};

export const forget = (name) => shelf?.removeItem(MINE + name);

/** What was kept under a name, or null. */
export const kept = (name) => read(MINE + name);

/** The names under which something of this person and translation is kept. */
export const names = () =>
  Object.keys(shelf ?? {})
    .filter((key) => key.startsWith(MINE))
    .map((key) => key.slice(MINE.length));

/** Throws away what is on the server already, or nobody came back for in a month, whoever wrote it. */
export const tidy = () => {
  for (const key of Object.keys(shelf ?? {}).filter((key) => key.startsWith(ALL))) {
    const value = read(key);
    if (!value || value.stored || Date.now() - value.at > TOO_OLD) {
      shelf.removeItem(key);
    }
  }
};

/** Keeps what stands in a field under a name, from now on and until it is empty; puts back what was kept. */
export const keepField = (field, name) => {
  field.value = kept(name)?.text ?? field.value;
  field.addEventListener("input", () => (field.value ? keep(name, { text: field.value }) : forget(name)));
};
