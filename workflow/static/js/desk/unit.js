// One unit of the desk: its field, its saving, its findings, its steps.

import { missingCodes } from "./codes.js";
import { decide } from "./conflict.js";
import { guard, insertCode, insertText, layer, put, read, replaceAll, replaceRange } from "./field.js";
import { liveChecks, showFindings } from "./findings.js";
import { Saving } from "./saving.js";
import { post, Refused } from "./server.js";
import { showProgress } from "./summary.js";
import { clone, toast } from "./templates.js";

const IDLE = 30_000;

export class Unit {
  constructor(element) {
    this.element = element;
    this.area = element.querySelector("textarea[name=target]");
    this.source = element.querySelector("[data-source]").dataset.source;
    put(this.area, this.area.value);
    this.draw = layer(this.area);
    if (this.area.readOnly) {
      return;
    }
    this.saving = new Saving(element, this.area, {
      saved: (body) => this.show(body),
      conflict: (theirs, mine) => this.conflict(theirs, mine),
      refused: (message) => toast(message),
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
    element.querySelector("[data-confirm]").hidden = body.state === "confirmed";
    element.querySelector("[data-take-back]").hidden = body.state !== "confirmed";
    if (read(this.area) === body.target) {
      showFindings(element, body.findings);
    }
    showProgress(body.translation);
  }

  async conflict(theirs, mine) {
    const text = await decide(this.saving.saved, mine, theirs);
    this.saving.rebase(theirs.version, theirs.target);
    if (read(this.area) !== text) {
      put(this.area, text);
    }
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    if (!this.saving.dirty) {
      this.saving.done();
    }
    this.area.focus();
  }

  async confirm() {
    return this.saving.save({ confirm: true });
  }

  /** A step that is no text: with the version it is taken on, and what came of it shown. */
  async step(address, fields = {}) {
    if (!(await this.saving.save())) {
      return false;
    }
    try {
      const body = await post(address, { version: this.saving.version, ...fields });
      if (body.version !== undefined) {
        this.saving.rebase(body.version, body.target);
        this.show(body);
      }
      return body;
    } catch (error) {
      if (error instanceof Refused) {
        toast(error.message);
        return false;
      }
      throw error;
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

  focus() {
    this.area.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "center", behavior: "instant" });
  }
}
