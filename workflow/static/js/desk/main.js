// The review desk: units, keys, buttons, put together.

import { converse } from "./comments.js";
import { draftAgain, watch } from "./drafting.js";
import { DRAGGED_CODE } from "./field.js";
import { count } from "./findings.js";
import { listen } from "./keys.js";
import { offer } from "./leftovers.js";
import { concordance, open, take, toggle } from "./panels.js";
import { tidy } from "./store.js";
import { Unit } from "./unit.js";

const root = document.getElementById("desk");
const units = [...root.querySelectorAll("[data-unit]")].map((element) => new Unit(element));
const unitOf = (element) => units.find((unit) => unit.element.contains(element));
let current = null;

root.addEventListener("focusin", (event) => {
  current = unitOf(event.target) ?? current;
  for (const unit of units) {
    unit.element.classList.toggle("unit-current", unit === current);
  }
});

const has = {
  // One that waits for the connection to be confirmed is done with.
  unconfirmed: (unit) => unit.state !== "confirmed" && !unit.saving?.confirming,
  conflict: (unit) => unit.saving?.state === "conflict",
  error: (unit) => unit.element.querySelector(".finding-error:not(.finding-accepted)"),
  warning: (unit) => unit.element.querySelector(".finding-warning:not(.finding-accepted)"),
};

const desk = {
  /** Goes to the next unit, after the current one and round, that is unconfirmed or has a finding. */
  next(what) {
    const from = units.indexOf(current) + 1;
    const order = [...units.slice(from), ...units.slice(0, from)];
    order.find((unit) => unit !== current && has[what](unit))?.focus();
  },
  move(by) {
    const to = units[Math.max(0, Math.min(units.length - 1, units.indexOf(current) + by))];
    to?.focus();
  },
  async confirmAndNext() {
    const unit = current;
    if (unit?.editable && (await unit.confirm()) && current === unit) {
      desk.next("unconfirmed");
    }
  },
  insert: (text) => current?.editable && current.insert(text),
  copySource: () => current?.editable && current.replace(current.source),
  insertCode(number) {
    if (!current?.editable) {
      return;
    }
    if (number === null) {
      current.insertNextCode();
      return;
    }
    const chip = current.element.querySelector(`.unit-source [data-code="${number}"]`);
    if (chip) {
      current.insertCode(number, chip.classList.contains("chip-alone"));
    }
  },
  insertTerm(number) {
    const term = current?.element.querySelectorAll(".unit-source mark.term")[number - 1];
    const text = term && document.getElementById(term.dataset.card)?.querySelector("[data-insert]")?.dataset.insert;
    if (text && current.editable) {
      current.insert(text);
    }
  },
  draftAgain: () => current?.editable && draftAgain(current),
  panel: (name) => current && toggle(current, name),
  take: (number) => current && take(current, number),
  takeBack() {
    if (current?.editable && current.state === "confirmed") {
      current.takeBack();
    }
    // Where the whole translation is closed, that is what one would reopen.
    document.querySelector("[data-opens=reopen]")?.click();
  },
  searchMemory() {
    const dialog = document.getElementById("concordance");
    const chosen = String(getSelection()) || current?.area.value.slice(current.area.selectionStart, current.area.selectionEnd);
    dialog.showModal();
    const field = dialog.querySelector("[name=q]");
    field.value = chosen ?? "";
    field.focus();
    if (field.value) {
      field.form.requestSubmit();
    }
  },
};

listen(desk);

root.addEventListener("click", (event) => {
  const button = event.target.closest("button, .chip");
  if (!button) {
    return;
  }
  const unit = unitOf(button);
  if (button.dataset.next) {
    desk.next(button.dataset.next);
  }
  if (!unit) {
    return;
  }
  current = unit;
  if (button.dataset.panel) {
    toggle(unit, button.dataset.panel);
  } else if (!unit.editable) {
    return;
  } else if ("confirm" in button.dataset) {
    desk.confirmAndNext();
  } else if ("takeBack" in button.dataset) {
    unit.takeBack();
  } else if ("copySource" in button.dataset) {
    desk.copySource();
  } else if ("draftAgain" in button.dataset) {
    draftAgain(unit);
  } else if (button.dataset.insert) {
    const finding = button.closest(".finding");
    if (finding) {
      unit.mend(finding, button.dataset.insert);
    } else {
      unit.insert(button.dataset.insert);
    }
  } else if (button.dataset.insertCode) {
    unit.insertCode(Number(button.dataset.insertCode), Boolean(button.dataset.alone));
  } else if ("acceptCheck" in button.dataset) {
    ask(unit, button.closest(".finding"));
  }
});

// A chip dragged onto the field becomes its code there.
root.addEventListener("dragstart", (event) => {
  const chip = event.target.closest?.("[data-insert-code]");
  if (chip) {
    const code = { id: Number(chip.dataset.insertCode), alone: Boolean(chip.dataset.alone) };
    event.dataTransfer.setData(DRAGGED_CODE, JSON.stringify(code));
    event.dataTransfer.setData("text/plain", code.alone ? `<${code.id}/>` : `<${code.id}></${code.id}>`);
  }
});

/** Asks why an error is accepted. */
const ask = (unit, finding) => {
  const dialog = document.getElementById("accept");
  dialog.querySelector("[data-accept-text]").textContent = finding.querySelector(".finding-text").textContent;
  const reason = dialog.querySelector("[name=reason]");
  reason.value = "";
  dialog.returnValue = "";
  dialog.addEventListener(
    "close",
    () => dialog.returnValue === "accept" && unit.accept(finding.dataset.finding, reason.value),
    { once: true },
  );
  dialog.showModal();
};

concordance(root, desk.insert);
converse(root);
count();
watch(root);
offer(units);
tidy();
for (const unit of units) {
  if (unit.element.querySelector("[data-comment-form] [name=text]").value) {
    open(unit, "comments");
  }
}
// Who comes from elsewhere, or back from signing in, goes on in the unit the address names.
// The browser, too, goes there, and takes the focus away: it comes first.
addEventListener("load", () => units.find((unit) => location.hash === `#${unit.element.id}`)?.focus());
