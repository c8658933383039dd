// Saves a unit. It is in one state at a time:
//   clean      the server has the text
//   waiting    a save is due: soon after the last key, two seconds after the first at the latest
//   sending    it is under way
//   offline, signedOut   it did not arrive; it is tried again by itself
//   refused    the server will not have it; it is tried again after the next change
//   conflict   somebody else saved another text: nothing is sent until a person has decided
//   moved      the source is another now: this unit takes no text any more
// In every state but the first the text is kept on this machine.

import { read } from "./field.js";
import { Conflict, Moved, Offline, post, Refused, SignedOut } from "./server.js";
import { forget, keep, kept } from "./store.js";
import { showSaving } from "./summary.js";

const AFTER_LAST_KEY = 700;
const AT_THE_LATEST = 1800;
const RETRY = 3000;
// A page asked for while a save was under way shows the text before it: so long its text is kept beyond it.
const RELOAD = 3000;

const all = new Set();

addEventListener("online", () => {
  for (const saving of all) {
    if (saving.state === "offline") {
      saving.save();
    }
  }
});

addEventListener("beforeunload", (event) => {
  // What is kept on this machine may wait here, but it should reach the server: ask when it could not.
  if ([...all].some((saving) => saving.state === "offline" || !saving.safe)) {
    event.preventDefault();
  }
});

export class Saving {
  /**
   * @param unit the unit's element; @param area its field
   * @param on {saved(body), became(state), refused(message), text(target)}: what the server has now; the state
   *   has changed; a step is refused; this text is to be shown
   */
  constructor(unit, area, on) {
    Object.assign(this, { unit, area, on });
    this.address = unit.dataset.save;
    this.id = unit.dataset.unit;
    this.name = `text:${this.id}`;
    this.version = Number(unit.dataset.version);
    this.saved = read(area);
    this.spent = 0;
    this.state = "clean";
    this.safe = true;
    all.add(this);
  }

  get text() {
    return read(this.area);
  }

  get dirty() {
    return this.text !== this.saved;
  }

  /** Whether only a person can go on from here. */
  get held() {
    return this.state === "conflict" || this.state === "moved";
  }

  become(state, reason = null) {
    this.state = state;
    this.reason = reason;
    this.keep();
    this.on.became(state);
  }

  keep() {
    clearTimeout(this.forgetting);
    const stored = this.state === "clean";
    const { version, saved: base, text: target, confirming, unanswered } = this;
    const { key } = this.unit.dataset;
    const { source } = this.unit.querySelector("[data-source]").dataset;
    const safe = keep(this.name, { version, base, target, confirming, unanswered, key, source, stored });
    this.safe = safe || stored;
    if (stored) {
      this.forgetting = setTimeout(() => forget(this.name), RELOAD);
    }
    showSaving(this.id, this.state, this.safe);
  }

  /** Goes on with what an earlier visit could not save; the server says what became of it meanwhile. */
  restore() {
    const left = kept(this.name);
    if (!left || (left.stored && left.version <= this.version)) {
      forget(this.name);
      return;
    }
    this.version = left.version;
    this.saved = left.base;
    this.unanswered = left.unanswered;
    this.on.text(left.target);
    this.confirming = left.confirming;
    this.settle();
  }

  /** To be called at each change of the field. */
  touched() {
    // What was to be confirmed was another text.
    this.confirming = false;
    if (["clean", "waiting", "refused"].includes(this.state)) {
      this.settle();
    } else {
      this.keep();
    }
  }

  /** Sees whether there is anything to save, and when. */
  settle() {
    if (this.dirty || this.confirming) {
      this.due ??= Date.now() + AT_THE_LATEST;
      this.become("waiting");
      this.later(Math.max(0, Math.min(AFTER_LAST_KEY, this.due - Date.now())));
    } else {
      clearTimeout(this.timer);
      this.due = undefined;
      if (this.state !== "clean") {
        this.become("clean");
      }
    }
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  /** Saves now; with `confirm`, confirms too, once there is a connection. Resolves to whether the server took it. */
  async save({ confirm = false } = {}) {
    clearTimeout(this.timer);
    const seen = this.text;
    while (this.state === "sending") {
      await this.sending;
    }
    if (this.held) {
      return false;
    }
    this.confirming ||= confirm && this.text === seen;
    if (!this.dirty && !this.confirming) {
      this.settle();
      return true;
    }
    this.sending = this.send();
    return this.sending;
  }

  async send() {
    const target = this.text;
    const confirm = Boolean(this.confirming);
    const seconds = this.spent;
    const first = this.unanswered === undefined;
    this.due = undefined;
    // Should the answer get lost, this is how the text is known for one's own when it comes back.
    this.unanswered ??= target;
    this.become("sending");
    try {
      const body = await post(this.address, {
        version: this.version,
        target,
        seconds,
        confirm: confirm ? "1" : "0",
      });
      this.spent -= seconds;
      this.confirming = false;
      this.startFrom(body.version, target);
      this.settle();
      this.on.saved(body);
      return true;
    } catch (error) {
      if (error instanceof Offline) {
        this.become("offline");
        this.later(RETRY);
        return false;
      }
      if (error instanceof Conflict) {
        return this.overtaken(error.theirs);
      }
      if (first) {
        this.unanswered = undefined;
      }
      return this.turnedAway(error, confirm);
    }
  }

  turnedAway(error, confirm) {
    if (error instanceof SignedOut) {
      this.become("signedOut");
      this.later(RETRY);
    } else if (error instanceof Moved) {
      this.confirming = false;
      this.become("moved");
    } else if (error instanceof Refused && confirm) {
      this.confirming = false;
      this.on.refused(error.message);
      this.settle();
    } else {
      this.become("refused", error.message);
      if (!(error instanceof Refused)) {
        throw error;
      }
    }
    return false;
  }

  /** The server has another version than this page knew: `theirs`. Resolves to whether all is saved in the end. */
  async overtaken(theirs) {
    const nobodys = ["empty", "draft"].includes(theirs.state);
    if (nobodys || [this.saved, this.unanswered, this.text].includes(theirs.target)) {
      // The text is as it was, one's own, or the machine's: nothing that a person wrote is lost by going on.
      this.startFrom(theirs.version, theirs.target);
      this.on.saved(theirs);
      if (this.dirty || this.confirming) {
        return this.send();
      }
      this.settle();
      return true;
    }
    this.confirming = false;
    if (this.dirty) {
      this.become("conflict", theirs);
    } else {
      this.follow(theirs);
      this.settle();
      this.on.refused(theirs.error);
    }
    return false;
  }

  /** Shows what another request says the unit is now, unless somebody is writing here. */
  follow(body) {
    if (body.version < this.version) {
      return; // asked before the last save, answered after it
    }
    if (!this.dirty) {
      this.startFrom(body.version, body.target);
      this.on.text(body.target);
      this.on.saved(body);
    } else if (body.target === this.saved) {
      this.version = body.version;
    }
    // Else the next save is told of the other text, and what was written here is compared with it.
  }

  /** Ends a conflict with the text a person has decided on. */
  decided(text) {
    const theirs = this.reason;
    this.startFrom(theirs.version, theirs.target);
    this.state = "waiting";
    this.on.text(text);
    this.on.saved(theirs);
    this.settle();
  }

  startFrom(version, saved) {
    this.version = version;
    this.saved = saved;
    this.unanswered = undefined;
  }
}
