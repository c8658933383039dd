// What opens under a unit: memory matches, history, comments; and the search of the memory.

import { show } from "./merging.js";
import { get, Offline, post, Refused, SignedOut } from "./server.js";
import { clone, part, toast } from "./templates.js";

const when = (iso) => new Date(iso).toLocaleString(document.documentElement.lang);

const lists = {
  async matches(unit) {
    const { matches } = await get(unit.element.dataset.matches);
    return matches.map((match) => {
      const item = clone("match", { ...match, similarity: `${match.similarity}%` });
      show(part(item, "diff"), match.diff);
      item.querySelector("[data-use]").addEventListener("click", () => unit.replace(match.target));
      return item;
    });
  },
  async history(unit) {
    const { versions } = await get(unit.element.dataset.history);
    return versions.map((version) => {
      const item = clone("version", { ...version, at: when(version.at) });
      show(part(item, "diff"), version.diff);
      item.querySelector("[data-restore]")?.addEventListener("click", () => unit.replace(version.target));
      return item;
    });
  },
};

/** Opens the panel of that name under the unit, or closes it when it is open. */
export const toggle = async (unit, name) => {
  const panel = unit.element.querySelector(".unit-panel");
  const opened = unit.element.querySelector("[data-panel][aria-expanded=true]");
  opened?.setAttribute("aria-expanded", "false");
  if (opened?.dataset.panel === name) {
    panel.hidden = true;
    unit.area.focus();
    return;
  }
  const body = panel.querySelector("[data-panel-body]");
  const comments = panel.querySelector("[data-panel-comments]");
  unit.element.querySelector(`[data-panel="${name}"]`).setAttribute("aria-expanded", "true");
  panel.hidden = false;
  comments.hidden = name !== "comments";
  body.replaceChildren();
  if (name === "comments") {
    comments.querySelector("textarea").focus();
    return;
  }
  const items = await asked(() => lists[name](unit));
  if (items?.length) {
    const list = document.createElement("ul");
    list.className = name === "matches" ? "matches" : "versions";
    list.append(...items);
    body.append(list);
  } else if (items) {
    const nothing = clone("nothing");
    nothing.textContent = nothing.dataset[name];
    body.append(nothing);
  }
};

/** Sends the comment written under a unit. */
export const comment = async (unit, form) => {
  const field = form.elements.text;
  const made = await asked(() => post(unit.element.dataset.comment, { text: field.value }));
  if (made) {
    unit.element.querySelector("[data-panel-comments] .thread").append(clone("comment", made));
    const count = unit.element.querySelector("[data-comment-count]");
    count.textContent = Number(count.textContent || 0) + 1;
    field.value = "";
  }
};

/** Searches the memory for words, in source and target. */
export const concordance = (desk) => {
  const form = document.querySelector("[data-concordance-form]");
  const list = document.querySelector("[data-concordance-list]");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const question = new URLSearchParams({ q: form.elements.q.value, locale: desk.dataset.locale });
    const found = await asked(() => get(`${desk.dataset.concordance}?${question}`));
    if (!found) {
      return;
    }
    list.replaceChildren(
      ...found.entries.map((entry) => {
        const item = clone("match", { similarity: "", target: entry.target, article: entry.article });
        part(item, "diff").textContent = entry.source;
        item.querySelector("[data-use]").remove();
        return item;
      }),
    );
    document.querySelector("[data-concordance-none]").hidden = found.entries.length > 0;
  });
};

const asked = async (ask) => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Refused) {
      toast(error.message);
    } else if (error instanceof Offline || error instanceof SignedOut) {
      toast(document.querySelector("[data-save-status]").dataset[error instanceof Offline ? "offline" : "signedOut"]);
    } else {
      throw error;
    }
    return null;
  }
};
