// Saves a unit: soon after the last key, two seconds after the first at the latest, one request at a time,
// again and again while there is no connection. What is not on the server is on this machine.

import { put, read } from "./field.js";
import { Conflict, Offline, post, Refused, SignedOut } from "./server.js";
import { forget, keep, kept } from "./store.js";

const AFTER_LAST_KEY = 700;
const AT_THE_LATEST = 1800;
const RETRY = 3000;

const status = document.querySelector("[data-save-status]");
const waiting = new Set();

const tell = (how) => {
  if (status && status.dataset[how]) {
    status.textContent = status.dataset[how];
    status.dataset.now = how.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  }
};

const settled = () => {
  if (!waiting.size) {
    tell("saved");
  }
};

addEventListener("beforeunload", (event) => {
  // Everything is kept on this machine, but it should reach the server: ask only when it could not.
  if (waiting.size && !navigator.onLine) {
    event.preventDefault();
  }
});

export class Saving {
  /**
   * @param unit the unit's element; @param area its field
   * @param on {saved(body), conflict(theirs), refused(message)}: called with the server's answers
   */
  constructor(unit, area, on) {
    Object.assign(this, { unit, area, on });
    this.address = unit.dataset.save;
    this.id = unit.dataset.unit;
    this.version = Number(unit.dataset.version);
    this.saved = read(area);
    this.spent = 0;
    this.busy = false;
  }

  /** Puts back what an earlier visit could not save. */
  restore() {
    const left = kept(this.id);
    if (!left || left.target === read(this.area) || (left.saved && left.version <= this.version)) {
      forget(this.id);
      return;
    }
    if (left.saved) {
      // This page was asked for while the last save was under way: it shows the text before that.
      put(this.area, left.target);
      this.rebase(left.version, left.target);
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    if (left.version === this.version) {
      put(this.area, left.target);
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      this.on.conflict(
        { version: this.version, target: read(this.area), author: "", at: null },
        left.target,
      );
    }
  }

  get dirty() {
    return read(this.area) !== this.saved;
  }

  /** To be called at each change of the field. */
  touched() {
    if (this.dirty) {
      keep(this.id, this.version, read(this.area));
      waiting.add(this.id);
      tell(navigator.onLine ? "saving" : "offline");
      this.firstTouch ??= Date.now();
      const left = Math.max(0, this.firstTouch + AT_THE_LATEST - Date.now());
      this.later(Math.min(AFTER_LAST_KEY, left));
    }
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  /** Saves now; with `confirm`, confirms too. Resolves to whether the server took it. */
  async save({ confirm = false } = {}) {
    clearTimeout(this.timer);
    while (this.busy) {
      await this.busy;
    }
    if (!this.dirty && !confirm) {
      this.done();
      return true;
    }
    this.busy = this.send(confirm);
    const taken = await this.busy;
    this.busy = false;
    if (taken && this.dirty) {
      this.touched();
    }
    return taken;
  }

  async send(confirm) {
    const target = read(this.area);
    const seconds = this.spent;
    this.firstTouch = undefined;
    try {
      const body = await post(this.address, {
        version: this.version,
        target,
        seconds,
        confirm: confirm ? "1" : "0",
      });
      this.spent -= seconds;
      this.version = body.version;
      this.saved = target;
      if (read(this.area) === target) {
        this.done();
      } else {
        keep(this.id, this.version, read(this.area));
      }
      this.on.saved(body);
      return true;
    } catch (error) {
      this.trouble(error, target);
      return false;
    }
  }

  trouble(error, target) {
    if (error instanceof Conflict) {
      this.on.conflict(error.theirs, target);
    } else if (error instanceof Refused) {
      this.on.refused(error.message);
      if (!this.dirty) {
        this.done();
      }
    } else if (error instanceof SignedOut) {
      tell("signedOut");
      this.later(RETRY);
    } else if (error instanceof Offline) {
      tell("offline");
      this.later(RETRY);
    } else {
      throw error;
    }
  }

  done() {
    keep(this.id, this.version, this.saved, true);
    waiting.delete(this.id);
    settled();
  }

  /** Goes on from another version: after a conflict was decided, or when another request moved the unit. */
  rebase(version, saved) {
    this.version = version;
    this.saved = saved;
  }
}
