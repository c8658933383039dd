// The bar that stays in sight: how far the translation is.

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
