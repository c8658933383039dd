// What was written before the source changed and never reached the server: it is offered on the unit that its
// segment has become, beside the text there.

import { read } from "./field.js";
import { difference, show } from "./merging.js";
import { forget, kept, names } from "./store.js";
import { clone, part } from "./templates.js";

/** The unit that goes on from the one a text was written in: by the source, as keys count and so may shift. */
const heir = (units, { key, source }) =>
  units.find((unit) => unit.source === source && unit.element.dataset.key === key) ??
  units.find((unit) => unit.source === source || unit.element.dataset.previousSource === source);

/** Offers every text that was left behind; where the desk is read only they wait. */
export const offer = (units) => {
  if (!units.some((unit) => unit.editable)) {
    return;
  }
  const here = new Set(units.map((unit) => unit.saving.name));
  for (const name of names().filter((name) => name.startsWith("text:") && !here.has(name))) {
    const left = kept(name);
    const unit = left && heir(units, left);
    if (!left || left.stored || left.target === (unit ? read(unit.area) : "")) {
      forget(name);
      continue;
    }
    const note = clone("left");
    const use = note.querySelector("[data-use-left]");
    const done = () => {
      forget(name);
      note.remove();
    };
    // The whole text, what is new in it marked: what it would take away shows in the field above.
    const diff = unit ? difference(read(unit.area), left.target) : [["equal", left.target]];
    show(part(note, "diff"), diff.filter(([op]) => op !== "delete"));
    use.hidden = !unit;
    use.addEventListener("click", () => {
      unit.replace(left.target);
      done();
    });
    note.querySelector("[data-discard]").addEventListener("click", done);
    if (unit) {
      unit.element.querySelector(".target-field").after(note);
    } else {
      document.querySelector(".units").before(note);
    }
  }
};
