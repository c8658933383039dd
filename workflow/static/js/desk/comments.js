// Remarks on a unit and on the whole text: written, resolved, reopened.

import { asked } from "./panels.js";
import { post } from "./server.js";

/** How many remarks of the unit wait for somebody, beside its button. */
const count = (unit) => {
  const open = unit.querySelectorAll(".comment:not(.comment-resolved)").length;
  unit.querySelector("[data-comment-count]").textContent = open || "";
};

const write = async (form) => {
  const unit = form.closest("[data-unit]");
  const field = form.elements.text;
  const text = field.value;
  const made = await asked(() => post(unit.dataset.comment, { text }));
  if (made) {
    unit.querySelector("[data-panel-comments] .thread").insertAdjacentHTML("beforeend", made.html);
    if (field.value === text) {
      // Else the next remark has been begun meanwhile.
      field.value = "";
      // What was kept of it on this machine goes too.
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    count(unit);
  }
};

const settle = async (button) => {
  const unit = button.closest("[data-unit]");
  const { id } = button.closest(".comment");
  const settled = await asked(() => post(button.dataset.settle, { resolved: button.dataset.resolved }));
  if (settled) {
    document.getElementById(id).outerHTML = settled.html;
    document.getElementById(id).querySelector("[data-settle]").focus();
    if (unit) {
      count(unit);
    }
  }
};

/** Sends what is written and pressed in the threads of the desk. */
export const converse = (desk) => {
  desk.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-comment-form]");
    if (form) {
      event.preventDefault();
      write(form);
    }
  });
  desk.addEventListener("click", (event) => {
    const button = event.target.closest("[data-settle]");
    if (button) {
      settle(button);
    }
  });
};
