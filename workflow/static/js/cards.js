// Shows the card of a term beside it: on hover, and on focus for those who work by keyboard.
// The card is a popover, so it lies above everything; it is placed under the term, inside the window.

const GAP = 6;
let leaving = null;

const cardOf = (element) => {
  const term = element.closest?.("[data-card]");
  return term ? [term, document.getElementById(term.dataset.card)] : [null, null];
};

const show = (term, card) => {
  clearTimeout(leaving);
  for (const other of document.querySelectorAll(".term-card:popover-open")) {
    if (other !== card) {
      other.hidePopover();
    }
  }
  if (!card.matches(":popover-open")) {
    card.showPopover();
  }
  const place = term.getBoundingClientRect();
  const size = card.getBoundingClientRect();
  const rtl = getComputedStyle(term).direction === "rtl";
  const x = rtl ? place.right - size.width : place.left;
  const below = place.bottom + GAP;
  const fits = below + size.height < innerHeight;
  card.style.left = `${Math.max(GAP, Math.min(x, innerWidth - size.width - GAP))}px`;
  card.style.top = `${fits ? below : Math.max(GAP, place.top - size.height - GAP)}px`;
};

// A moment's grace, so that the pointer can travel from the term to the card.
const hideSoon = (card) => {
  clearTimeout(leaving);
  leaving = setTimeout(() => card.matches(":popover-open") && card.hidePopover(), 250);
};

document.addEventListener("pointerover", (event) => {
  const [term, card] = cardOf(event.target);
  if (card) {
    show(term, card);
  } else if (event.target.closest?.(".term-card")) {
    clearTimeout(leaving);
  }
});

document.addEventListener("pointerout", (event) => {
  const card = cardOf(event.target)[1] ?? event.target.closest?.(".term-card");
  if (card && !card.contains(event.relatedTarget)) {
    hideSoon(card);
  }
});

document.addEventListener("focusin", (event) => {
  const [term, card] = cardOf(event.target);
  if (card) {
    show(term, card);
  }
});

document.addEventListener("focusout", (event) => {
  const card = cardOf(event.target)[1];
  if (card && !card.contains(event.relatedTarget)) {
    hideSoon(card);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const card of document.querySelectorAll(".term-card:popover-open")) {
      card.hidePopover();
    }
  }
});
