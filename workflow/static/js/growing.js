// Lets a textarea grow with its text where CSS field-sizing is unknown (Firefox before 2026, older Safari).

if (!CSS.supports("field-sizing", "content")) {
  const fit = (area) => {
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight + 2}px`;
  };
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) {
      fit(event.target);
    }
  });
  const fitAll = (root) => root.querySelectorAll("textarea").forEach(fit);
  document.addEventListener("htmx:afterSettle", (event) => fitAll(event.target));
  fitAll(document);
}
