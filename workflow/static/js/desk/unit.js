// One unit of the desk: its field, its saving, its findings, its steps.

import { missingCodes } from "./codes.js";
import { decide } from "./conflict.js";
import { guard, insertCode, insertText, layer, put, read, replaceAll, replaceRange } from "./field.js";
import { liveChecks, showFindings } from "./findings.js";
import { Saving } from "./saving.js";
import { Conflict, post } from "./server.js";
import { keepField } from "./store.js";
import { showProgress } from "./summary.js";
import { clone, part, toast } from "./templates.js";
import { tell } from "./trouble.js";

const IDLE = 30_000;

export class Unit {
  constructor(element) {
    this.element = element;
    this.area = element.querySelector("textarea[name=target]");
    this.source = element.querySelector("[data-source]").dataset.source;
    put(this.area, this.area.value);
    this.draw = layer(this.area);
    keepField(element.querySelector("[data-comment-form] [name=text]"), `comment:${element.dataset.unit}`);
    if (this.area.readOnly) {
      return;
    }
    this.saving = new Saving(element, this.area, {
      saved: (body) => this.show(body),
      became: (state) => this.became(state),
      refused: (message) => toast(message),
      text: (target) => this.update(target),
    });
    guard(this.area);
    liveChecks(element, this.area);
    this.missing = document.createElement("div");
    this.missing.className = "chips-missing";
    element.querySelector(".target-field").after(this.missing);
    this.area.addEventListener("input", () => {
      this.saving.touched();
      this.showMissing();
    });
    this.area.addEventListener("blur", () => this.saving.dirty && this.saving.later(0));
    this.measure();
    this.showMissing();
    this.saving.restore();
  }

  get state() {
    return this.element.dataset.state;
  }

  get editable() {
    return Boolean(this.saving);
  }

  /** Counts the seconds in which somebody works here. */
  measure() {
    let last = 0;
    const active = () => {
      const now = Date.now();
      if (last && now - last < IDLE) {
        this.exact = (this.exact ?? 0) + (now - last) / 1000;
        const whole = Math.floor(this.exact);
        this.exact -= whole;
        this.saving.spent += whole;
      }
      last = now;
    };
    this.area.addEventListener("focus", () => {
      last = Date.now();
    });
    this.area.addEventListener("keyup", active);
    this.area.addEventListener("blur", () => {
      active();
      last = 0;
    });
  }

  /** Chips of the codes that are still to be put in. */
  showMissing() {
    this.missing.replaceChildren(
      ...missingCodes(this.source, read(this.area)).map(({ id, alone }) => {
        const chip = clone("chip", { id });
        chip.dataset.insertCode = id;
        chip.dataset.alone = alone ? "1" : "";
        chip.setAttribute("aria-label", `${chip.getAttribute("aria-label")} ${id}`);
        return chip;
      }),
    );
  }

  /** What the server says of the unit now. */
  show(body) {
    const { element } = this;
    element.dataset.state = body.state;
    element.dataset.version = body.version;
    const badge = element.querySelector("[data-state-badge]");
    badge.textContent = body.state_label;
    badge.className = `badge badge-${body.state}`;
    element.querySelector("[data-origin]").textContent = body.origin_label;
    element.querySelector("[data-confirm]").hidden = body.state === "confirmed";
    element.querySelector("[data-take-back]").hidden = body.state !== "confirmed";
    if (read(this.area) === body.target) {
      showFindings(element, body.findings);
    }
    showProgress(body.translation);
  }

  /** Says under the field why the unit is not saved, when that is for a person to know here. */
  became(state) {
    this.notice?.remove();
    this.notice = null;
    this.element.dataset.saving = state;
    if (!["conflict", "moved", "refused"].includes(state)) {
      return;
    }
    this.notice = clone("unsaved", { reason: state === "refused" ? this.saving.reason : "" });
    const words = part(this.notice, "words");
    words.textContent = words.dataset[state];
    const compare = this.notice.querySelector("[data-compare]");
    compare.hidden = state !== "conflict";
    compare.addEventListener("click", () => this.decide());
    this.element.querySelector(".target-field").after(this.notice);
    // A dialog that opens over another unit would catch the keys meant for that one.
    if (state === "conflict" && document.activeElement === this.area) {
      this.decide();
    }
  }

  /** Lets a person end the conflict this unit is in. */
  async decide() {
    const text = await decide(this.saving.saved, read(this.area), this.saving.reason);
    if (text !== null) {
      this.saving.decided(text);
      this.area.focus();
    }
  }

  /** Confirms; true when one can go on to the next unit, also when it will be confirmed with the connection. */
  async confirm() {
    if (this.saving.state === "conflict") {
      this.decide();
      return false;
    }
    return (await this.saving.save({ confirm: true })) || Boolean(this.saving.confirming);
  }

  /** A step that is no text: with the version it is taken on, and what came of it shown. */
  async step(address, fields = {}) {
    if (!(await this.saving.save())) {
      toast(document.querySelector("[data-save-words]").textContent);
      return false;
    }
    try {
      const body = await post(address, { version: this.saving.version, ...fields });
      if (body.version !== undefined) {
        this.saving.follow(body);
      }
      return body;
    } catch (error) {
      if (error instanceof Conflict) {
        this.saving.follow(error.theirs);
      }
      tell(error);
      return false;
    }
  }

  takeBack() {
    return this.step(this.element.dataset.unconfirm);
  }

  accept(finding, reason) {
    return this.step(this.element.dataset.accept, { finding, reason });
  }

  insert(text) {
    insertText(this.area, text);
  }

  /** Takes up what a finding suggests: at the place it speaks of, or where the caret is when it names none. */
  mend(finding, text) {
    const code = /^<([0-9]+)(\/?)>/.exec(text);
    const { start, end } = finding.dataset;
    if (code) {
      this.insertCode(Number(code[1]), Boolean(code[2]));
    } else if (start) {
      replaceRange(this.area, Number(start), Number(end), text);
    } else {
      this.insert(text);
    }
  }

  insertCode(id, alone) {
    insertCode(this.area, id, alone);
  }

  /** The first code that is missing, or nothing. */
  insertNextCode() {
    const next = missingCodes(this.source, read(this.area))[0];
    if (next) {
      this.insertCode(next.id, next.alone);
    }
  }

  replace(text) {
    replaceAll(this.area, text);
  }

  /** Shows a text that came from elsewhere; where somebody is, as a step they can undo. */
  update(text) {
    if (text === read(this.area)) {
      return;
    }
    if (document.activeElement === this.area) {
      replaceAll(this.area, text);
    } else {
      put(this.area, text);
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  focus() {
    this.area.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "center", behavior: "instant" });
  }
}
