// Two people changed one unit: both texts side by side, and a merged one to keep.

import { difference, merge, show } from "./merging.js";

const dialog = document.getElementById("conflict");
const merged = dialog.querySelector("[name=merged]");
let undecided = false;

/**
 * Lets the person decide; resolves to the text to keep, or to null while nothing is decided: the dialog was
 * left by Escape, or is open for another unit.
 * @param base what both began with; @param mine; @param theirs {target, author, at}
 */
export const decide = (base, mine, theirs) => {
  if (undecided) {
    return Promise.resolve(null);
  }
  undecided = true;
  dialog.querySelector("[data-conflict-author]").textContent = theirs.author ?? "";
  const at = theirs.at ? new Date(theirs.at).toLocaleString(document.documentElement.lang) : "";
  dialog.querySelector("[data-conflict-at]").textContent = at;
  show(dialog.querySelector("[data-conflict-theirs]"), difference(base, theirs.target));
  show(dialog.querySelector("[data-conflict-mine]"), difference(base, mine));
  // Who comes back finds what they had begun to merge.
  const begun = theirs.begun?.mine === mine ? theirs.begun.merged : null;
  merged.value = begun ?? merge(base, mine, theirs.target) ?? mine;
  dialog.returnValue = "";
  dialog.showModal();
  merged.focus();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        undecided = false;
        theirs.begun = { mine, merged: merged.value };
        resolve({ merged: merged.value, theirs: theirs.target, mine }[dialog.returnValue] ?? null);
      },
      { once: true },
    );
  });
};
