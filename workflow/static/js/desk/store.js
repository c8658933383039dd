// What is typed and not yet on the server, kept on this machine: it survives a reload, a crash, a lost session.

const KEY = (id) => `desk:unit:${id}`;

/** Keeps {version, target} of a unit until `forget`; `saved` says that the server has it as that version. */
export const keep = (id, version, target, saved = false) => {
  try {
    localStorage.setItem(KEY(id), JSON.stringify({ version, target, saved }));
  } catch (error) {
    console.warn("This browser keeps nothing on this machine:", error);
  }
};

export const forget = (id) => localStorage.removeItem(KEY(id));

/** What was kept of a unit, or null. */
export const kept = (id) => {
  const text = localStorage.getItem(KEY(id));
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    forget(id);
    return null;
  }
};
