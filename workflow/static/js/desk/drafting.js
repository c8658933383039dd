// Waiting for the machine: a page that watches a draft being made, and "draft again" for one unit.

import { open } from "./panels.js";
import { get, Offline, post, SignedOut } from "./server.js";
import { showProgress } from "./summary.js";
import { toast } from "./templates.js";
import { tell } from "./trouble.js";

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
      if (!(error instanceof Offline || error instanceof SignedOut)) {
        throw error;
      }
    }
  }
};

/** Asks for a fresh draft of one unit: it goes where nobody has written meanwhile; else it is offered beside. */
export const draftAgain = async (unit) => {
  const { element, saving } = unit;
  if (!(await saving.save())) {
    toast(document.querySelector("[data-save-words]").textContent);
    return;
  }
  element.setAttribute("aria-busy", "true");
  try {
    await post(element.dataset.draftAgainAddress, {});
    const body = await made(element.dataset.address);
    if (!body) {
      return;
    }
    saving.follow(body);
    if (!body.draft) {
      toast(body.empty_reason, "warning");
    } else if (saving.text !== body.draft) {
      await open(unit, "alternatives");
    }
  } catch (error) {
    tell(error);
  } finally {
    element.removeAttribute("aria-busy");
  }
};

/** The unit once the machine is done with it; nothing when it takes too long. */
const made = async (address) => {
  for (let tries = 0; tries < 100; tries += 1) {
    await pause();
    const body = await get(address);
    if (!body.drafting) {
      return body;
    }
  }
  return null;
};
