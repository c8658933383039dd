// What the checks say of the text as it stands: asked for while typing, shown under the field.

import { read } from "./field.js";
import { Offline, post, SignedOut } from "./server.js";
import { clone, part } from "./templates.js";

const AFTER_LAST_KEY = 350;

/** Shows a list of findings ({name, severity, text, suggestion, range, accepted}) in a unit. */
export const showFindings = (unit, findings) => {
  const list = unit.querySelector("[data-findings]");
  const sprite = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0] ?? "";
  list.replaceChildren(
    ...findings.map((finding) => {
      const item = clone("finding", { ...finding, severity: "", suggestion: finding.suggestion ?? "" });
      item.classList.add(`finding-${finding.severity}`);
      item.classList.toggle("finding-accepted", Boolean(finding.accepted));
      item.dataset.finding = finding.name;
      if (finding.range) {
        [item.dataset.start, item.dataset.end] = finding.range;
      }
      item.querySelector("use").setAttribute("href", `${sprite}#${finding.severity}`);
      const label = part(item, "severity");
      label.textContent = label.dataset[finding.severity];
      const insert = item.querySelector("[data-insert]");
      insert.dataset.insert = finding.suggestion ?? "";
      insert.hidden = !finding.suggestion || Boolean(finding.accepted);
      item.querySelector("[data-accept-check]").hidden = finding.severity !== "error" || Boolean(finding.accepted);
      return item;
    }),
  );
  count();
};

/** Brings the figures of findings left in the summary up to date. */
export const count = () => {
  for (const severity of ["error", "warning"]) {
    const left = document.querySelectorAll(`.units .finding-${severity}:not(.finding-accepted)`).length;
    const badge = document.querySelector(`[data-${severity}s-left]`);
    if (badge) {
      badge.textContent = left;
      badge.classList.toggle("badge-confirmed", left === 0);
      badge.classList.toggle(`badge-${severity}`, left > 0);
    }
  }
};

/** Checks a unit's text soon after the last key; an answer that comes too late is dropped. */
export const liveChecks = (unit, area) => {
  let timer;
  let asked = 0;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    // Until the text is checked again nobody knows where the old findings' places have gone.
    for (const button of unit.querySelectorAll("[data-findings] [data-start] [data-insert]")) {
      button.disabled = true;
    }
    timer = setTimeout(async () => {
      asked += 1;
      const mine = asked;
      const text = read(area);
      try {
        const { findings } = await post(unit.dataset.check, { target: text });
        if (mine === asked && text === read(area)) {
          showFindings(unit, findings);
        }
      } catch (error) {
        // Saving tells of a lost connection or session; the checks come back with it.
        if (!(error instanceof Offline || error instanceof SignedOut)) {
          throw error;
        }
      }
    }, AFTER_LAST_KEY);
  });
};
