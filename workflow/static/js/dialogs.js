// Opens and closes dialogs and menus: [data-opens="id"], [data-closes], "?" or F1 for the keyboard help,
// Escape or a press elsewhere closes a menu.

const typing = (element) =>
  element.matches("input, textarea, select") || element.isContentEditable;

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    document.getElementById(opener.dataset.opens)?.showModal();
    opener.closest("details.menu")?.removeAttribute("open");
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) {
    closer.closest("dialog").close();
  }
  // A press on the backdrop is a press on the dialog itself, outside its children.
  if (event.target instanceof HTMLDialogElement) {
    const box = event.target.getBoundingClientRect();
    const inside =
      event.clientX >= box.left && event.clientX <= box.right &&
      event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) {
      event.target.close();
    }
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = event.target.closest("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
  // The Arabic keyboard's question mark is another character on the same key; in a field both are text.
  const question = (event.key === "?" || event.key === "؟") && !typing(event.target) && !event.ctrlKey && !event.metaKey;
  if (question || event.key === "F1") {
    const help = document.getElementById("keyboard-help");
    if (help && !help.open) {
      event.preventDefault();
      help.showModal();
    }
  }
});
