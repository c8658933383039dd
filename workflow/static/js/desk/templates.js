// Clones the page's <template>s and fills their places ([data-fill]); short messages that go by themselves.

export const clone = (name, values = {}) => {
  const element = document.getElementById(`${name}-template`).content.firstElementChild.cloneNode(true);
  for (const place of [element, ...element.querySelectorAll("[data-fill]")]) {
    const value = values[place.dataset.fill];
    if (value !== undefined && value !== null) {
      place.textContent = value;
    }
  }
  return element;
};

export const part = (element, name) => element.querySelector(`[data-fill="${name}"]`);

/** Says something for a few seconds, aloud to screen readers. */
export const toast = (text, kind = "error") => {
  const element = clone("toast", { text });
  element.classList.add(`message-${kind}`);
  document.getElementById("toasts").append(element);
  setTimeout(() => element.remove(), 7000);
};
