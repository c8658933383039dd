// Keeps a preview as the text is on the server: asked for anew whenever a desk, in another tab or round this page,
// has saved. The channel is named after the preview's address.

const TEXT = ["h1", "#text", ".dateline", ".provenance"];

const page = async () => {
  const response = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
  return response.ok && !response.redirected
    ? new DOMParser().parseFromString(await response.text(), "text/html")
    : null;
};

let busy = false;
let again = false;

const refresh = async () => {
  again = true;
  if (busy) {
    return;
  }
  busy = true;
  while (again) {
    again = false;
    // Without a connection the text stays; the next save asks again.
    const fresh = await page().catch(() => null);
    for (const part of fresh ? TEXT : []) {
      const [old, now] = [document, fresh].map((from) => from.querySelector(`.article ${part}`));
      if (old && now && old.innerHTML !== now.innerHTML) {
        old.replaceWith(now);
      }
    }
    document.title = fresh?.title || document.title;
  }
  busy = false;
};

new BroadcastChannel(location.pathname).addEventListener("message", refresh);
