// The bar that stays in sight: how far the translation is, and whether everything is saved.

/** Shows the counts of units by state ({units: {total, confirmed, edited, draft}}). */
export const showProgress = (translation) => {
  const bar = document.querySelector(".summary [data-progress]");
  if (!bar || !translation) {
    return;
  }
  const { units } = translation;
  let x = 0;
  for (const name of ["confirmed", "edited", "draft"]) {
    const rect = bar.querySelector(`[data-part="${name}"]`);
    rect.setAttribute("x", x);
    rect.setAttribute("width", units[name]);
    x += units[name];
  }
  document.querySelector("[data-minutes]").textContent = Math.round(translation.seconds / 60);
  bar.querySelector("[data-progress-words]").textContent = `${units.confirmed}/${units.total}`;
};

// What one must know first comes first.
const URGENCY = ["unkept", "signedOut", "offline", "moved", "conflict", "refused", "saving"];
const status = document.querySelector("[data-save-status]");
const told = new Map();

/** Shows how the saving of all units stands, now that one of them is in `state`; `safe`: kept on this machine. */
export const showSaving = (unit, state, safe) => {
  told.delete(unit);
  if (state === "waiting" || state === "sending") {
    told.set(unit, ["saving"]);
  } else if (state !== "clean") {
    told.set(unit, safe ? [state] : [state, "unkept"]);
  }
  const states = new Set([...told.values()].flat());
  const now = URGENCY.find((name) => states.has(name)) ?? "saved";
  for (const act of status.querySelectorAll("[data-when]")) {
    act.hidden = !states.has(act.dataset.when);
  }
  const name = now.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (status.dataset.now !== name) {
    status.dataset.now = name;
    status.querySelector("[data-save-words]").textContent = status.dataset[now];
  }
};

status.querySelector("[data-when=signedOut]").addEventListener("click", (event) => {
  // One comes back to the unit one is in; a page that holds what is kept nowhere else stays open.
  const link = event.currentTarget;
  const unit = document.querySelector(".unit-current");
  link.search = new URLSearchParams({ next: location.pathname + (unit ? `#${unit.id}` : "") });
  link.target = status.dataset.now === "unkept" ? "_blank" : "";
});

status.querySelector("[data-when=moved]").addEventListener("click", () => location.reload());
