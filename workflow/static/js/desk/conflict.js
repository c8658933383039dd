// Two people changed one unit: both texts side by side, and a merged one to keep.

import { difference, merge, show } from "./merging.js";

const dialog = document.getElementById("conflict");

/**
 * Lets the person decide; resolves to the text to keep.
 * @param base what both began with; @param mine; @param theirs {target, author, at}
 */
export const decide = (base, mine, theirs) =>
  new Promise((resolve) => {
    dialog.querySelector("[data-conflict-author]").textContent = theirs.author ?? "";
    dialog.querySelector("[data-conflict-at]").textContent = theirs.at ? new Date(theirs.at).toLocaleTimeString() : "";
    show(dialog.querySelector("[data-conflict-theirs]"), difference(base, theirs.target));
    show(dialog.querySelector("[data-conflict-mine]"), difference(base, mine));
    const merged = dialog.querySelector("[name=merged]");
    merged.value = merge(base, mine, theirs.target) ?? mine;
    dialog.addEventListener(
      "close",
      () => {
        const texts = { merged: merged.value, theirs: theirs.target, mine };
        // Escape decides nothing: one's own text stays in the field, and is offered again at the next save.
        resolve(texts[dialog.returnValue] ?? mine);
      },
      { once: true },
    );
    dialog.returnValue = "";
    dialog.showModal();
    merged.focus();
  });
