// Waiting for the machine: a page that watches a draft being made, and "draft again" for one unit.

import { open } from "./panels.js";
import { get, Offline, post, Refused } from "./server.js";
import { showProgress } from "./summary.js";
import { toast } from "./templates.js";

const EVERY = 1200;
const pause = () => new Promise((resolve) => setTimeout(resolve, EVERY));

/** Follows the drafting of the whole translation, then shows the desk. */
export const watch = async (desk) => {
  if (!document.querySelector("[data-drafting]")) {
    return;
  }
  for (;;) {
    await pause();
    try {
      const translation = await get(desk.dataset.progressAddress);
      showProgress(translation);
      if (!["queued", "drafting"].includes(translation.state)) {
        location.reload();
        return;
      }
    } catch (error) {
      if (!(error instanceof Offline)) {
        throw error;
      }
    }
  }
};

/** Asks for a fresh draft of one unit and puts it where nobody has written; else offers it beside the text. */
export const draftAgain = async (unit) => {
  const { element } = unit;
  element.setAttribute("aria-busy", "true");
  try {
    if (!(await unit.saving.save())) {
      return;
    }
    await post(element.dataset.draftAgainAddress, {});
    for (let tries = 0; tries < 100; tries += 1) {
      await pause();
      const body = await get(element.dataset.address);
      if (!body.drafting) {
        unit.saving.rebase(body.version, body.target);
        unit.show(body);
        if (!body.draft) {
          toast(body.empty_reason, "warning");
        } else if (["empty", "draft"].includes(body.state)) {
          unit.replace(body.draft);
        } else {
          await open(unit, "alternatives");
        }
        return;
      }
    }
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Offline)) {
      throw error;
    }
    toast(error.message);
  } finally {
    element.removeAttribute("aria-busy");
  }
};
