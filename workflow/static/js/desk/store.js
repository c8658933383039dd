// What is typed and not yet on the server, kept on this machine: it survives a reload, a crash, a lost session.

const KEY = (id) => `desk:unit:${id}`;

/** Keeps {version, target} of a unit until `forget`. */
export const keep = (id, version, target) => {
  try {
    localStorage.setItem(KEY(id), JSON.stringify({ version, target, at: Date.now() }));
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
