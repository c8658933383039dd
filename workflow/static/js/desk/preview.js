// Tells the previews of this translation whenever the server has a new version of a unit; shows one beside the desk.

const link = document.querySelector("[data-preview]");
const toggle = document.querySelector("[data-preview-beside]");
const channel = new BroadcastChannel(new URL(link.href).pathname);

new MutationObserver(() => channel.postMessage("saved")).observe(document.getElementById("desk"), {
  subtree: true,
  attributeFilter: ["data-version"],
});

toggle.addEventListener("click", () => {
  const shown = document.querySelector(".preview-beside");
  if (shown) {
    shown.remove();
  } else {
    const frame = document.createElement("iframe");
    frame.className = "preview-beside";
    frame.src = link.href;
    frame.title = link.textContent;
    document.body.append(frame);
  }
  document.body.classList.toggle("has-preview", !shown);
  toggle.setAttribute("aria-pressed", String(!shown));
});
