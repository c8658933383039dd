// What opens under a unit: other drafts, memory matches, history, comments; and the search of the memory.

import { show } from "./merging.js";
import { get, post } from "./server.js";
import { clone, part } from "./templates.js";
import { tell } from "./trouble.js";

const LOOK_AGAIN = 700;
const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
const when = (iso) => new Date(iso).toLocaleString(document.documentElement.lang);

/** One entry of a list: its template filled, its difference shown, its button putting its target in. */
const entry = (unit, name, values, index) => {
  const item = clone(name, { ...values, number: index + 1 });
  show(part(item, "diff"), values.diff);
  item.querySelector(TAKES)?.addEventListener("click", () => unit.replace(values.target));
  return item;
};

const TAKES = "[data-use], [data-restore]";

const lists = {
  async alternatives(unit, wanted) {
    const { alternatives, askAlternatives } = unit.element.dataset;
    await unit.saving?.save();
    // Asking is answered with what there is already.
    let found = await (unit.editable ? post(askAlternatives, {}) : get(alternatives));
    while (found.waiting && wanted()) {
      await pause();
      found = await get(alternatives);
    }
    return found.alternatives.map((other, index) => {
      // The whole wording, what is new in it marked: what it would take away shows in the field above.
      const diff = other.diff.filter(([op]) => op !== "delete");
      const score = other.score === null ? "" : `${other.score}%`;
      const item = entry(unit, "alternative", { ...other, diff, score, findings: other.findings.join(" ") }, index);
      part(item, "draft").hidden = !other.is_draft;
      return item;
    });
  },
  async matches(unit) {
    const { matches } = await get(unit.element.dataset.matches);
    return matches.map((match, index) =>
      entry(unit, "match", { ...match, similarity: `${match.similarity}%` }, index),
    );
  },
  async history(unit) {
    const { versions } = await get(unit.element.dataset.history);
    return versions.map((version, index) => entry(unit, "version", { ...version, at: when(version.at) }, index));
  },
};

const close = (unit) => {
  const opened = unit.element.querySelector("[data-panel][aria-expanded=true]");
  opened?.setAttribute("aria-expanded", "false");
  unit.element.querySelector(".unit-panel").hidden = true;
  return opened?.dataset.panel;
};

/** Opens the panel of that name under the unit, or closes it when it is open. */
export const toggle = async (unit, name) => {
  if (close(unit) === name) {
    unit.area.focus();
  } else {
    await open(unit, name);
    if (name === "comments") {
      unit.element.querySelector("[data-comment-form] [name=text]").focus();
    }
  }
};

/** Opens the panel of that name under the unit, anew if it is open. */
export const open = async (unit, name) => {
  close(unit);
  const panel = unit.element.querySelector(".unit-panel");
  const body = panel.querySelector("[data-panel-body]");
  const comments = panel.querySelector("[data-panel-comments]");
  const button = unit.element.querySelector(`[data-panel="${name}"]`);
  button.setAttribute("aria-expanded", "true");
  panel.hidden = false;
  comments.hidden = name !== "comments";
  body.replaceChildren();
  if (name === "comments") {
    return;
  }
  const wanted = () => button.getAttribute("aria-expanded") === "true";
  const remark = (which) => {
    const nothing = clone("nothing");
    nothing.textContent = nothing.dataset[which];
    body.replaceChildren(nothing);
  };
  if (name === "alternatives") {
    remark("waiting");
  }
  const items = await asked(() => lists[name](unit, wanted));
  if (!wanted()) {
    return;
  }
  if (items?.length) {
    const list = document.createElement("ul");
    list.className = name === "history" ? "versions" : "matches";
    list.append(...items);
    body.replaceChildren(list);
  } else if (items) {
    remark(name);
  } else {
    body.replaceChildren();
  }
};

/** Presses the button of an entry of the open list: its text into the field, or a comment resolved. */
export const take = (unit, number) => {
  const buttons = [...unit.element.querySelectorAll(`.unit-panel :is(${TAKES}, [data-settle])`)];
  buttons.filter((button) => button.checkVisibility())[number - 1]?.click();
};

/** Fills an element with a text, the words searched for marked in it. */
const showFound = (element, text, words) => {
  const parts = text.split(new RegExp(`(${words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")})`, "iu"));
  element.replaceChildren(
    ...parts.map((part, index) => {
      if (index % 2 === 0) {
        return part;
      }
      const mark = document.createElement("mark");
      mark.textContent = part;
      return mark;
    }),
  );
};

/** Searches the memory for words, in source and target; what is chosen there goes to `insert`. */
export const concordance = (desk, insert) => {
  const form = document.querySelector("[data-concordance-form]");
  const list = document.querySelector("[data-concordance-list]");
  const dialog = form?.closest("dialog");
  form?.elements.q.addEventListener("keydown", (event) => {
    // A search field takes the first Escape for itself.
    if (event.key === "Escape") {
      event.preventDefault();
      dialog.close();
    }
  });
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = form.elements.q.value.trim();
    const question = new URLSearchParams({ q: words, locale: desk.dataset.locale });
    const found = await asked(() => get(`${desk.dataset.concordance}?${question}`));
    if (!found) {
      return;
    }
    list.replaceChildren(
      ...found.entries.map((entry) => {
        const item = clone("found", { article: entry.article });
        showFound(part(item, "source"), entry.source, words);
        showFound(part(item, "target"), entry.target, words);
        item.querySelector("[data-insert-found]")?.addEventListener("click", () => {
          dialog.close();
          insert(entry.target);
        });
        return item;
      }),
    );
    document.querySelector("[data-concordance-none]").hidden = found.entries.length > 0;
  });
};

/** What the question brings; null, with the reason shown, when it is refused or nobody answers. */
export const asked = async (ask) => {
  try {
    return await ask();
  } catch (error) {
    tell(error);
    return null;
  }
};
