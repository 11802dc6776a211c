// @ts-check
/**
 * Wakes search where a reader goes to it: the one search script that every page loads. The box's
 * and the page's code, and the index, are fetched when they are needed and not before.
 */

/** @type {WeakSet<Element>} */
const woken = new WeakSet();

/** How a reader goes to the box. */
const WAYS = ["focus", "pointerenter"];

function mount() {
  const box = document.querySelector("[data-search-box]");
  const input = box?.querySelector("input");
  if (box instanceof HTMLElement && input && !woken.has(box)) {
    woken.add(box);
    const root = rootFrom(box.dataset.searchBox);
    const wake = () => {
      for (const way of WAYS) input.removeEventListener(way, wake);
      const manifest = fetchManifest(root);
      import("./box.js").then(({ startBox }) => startBox(box, input, root, manifest));
    };
    if (document.activeElement === input) wake();
    else for (const way of WAYS) input.addEventListener(way, wake);
  }
  const page = document.querySelector("[data-search-page]");
  if (page instanceof HTMLElement && !woken.has(page)) {
    woken.add(page);
    const root = rootFrom(page.dataset.searchPage);
    const manifest = fetchManifest(root);
    import("./page.js").then(({ startPage }) => startPage(page, root, manifest));
  }
}

/** The site's address, from that of its search page. @param {string} [page] */
function rootFrom(page) {
  return new URL("..", new URL(page || "search/", location.href)).href;
}

/** Ask for the manifest beside the code, not after it; null where it could not be had.
 * @param {string} root @returns {Promise<ArrayBuffer | null>} */
async function fetchManifest(root) {
  try {
    const answer = await fetch(new URL("search/manifest.bin", root), { cache: "no-cache" });
    return answer.ok ? await answer.arrayBuffer() : null;
  } catch {
    return null;
  }
}

/** The keys `/`, `s` and `f` open the box. @param {KeyboardEvent} event */
function openByKey(event) {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (!["/", "s", "f"].includes(event.key)) return;
  if (target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]")) return;
  const input = document.querySelector("[data-search-box] input");
  if (!(input instanceof HTMLInputElement)) return;
  event.preventDefault();
  input.focus();
  input.select();
}

// Before Material's own listener on the window, which knows these keys too.
document.addEventListener("keydown", openByKey, true);
const pages = /** @type {any} */ (window).document$;
if (pages) pages.subscribe(mount);
else mount();
