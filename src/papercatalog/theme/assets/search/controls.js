// @ts-check
/**
 * What the theme's script does on catalog pages, which load this one in its place: the colour scheme, the
 * button that leads to the top, and folded text that is printed or linked to.
 */

const TOP_AFTER = 400; // pixels scrolled before the button shows
const LIGHT = "(prefers-color-scheme: light)";
const DARK = "(prefers-color-scheme: dark)";
const SYSTEM = "(prefers-color-scheme)";

/** @typedef {{ index: number, color: Record<string, string | null> }} Palette as the theme stores it */

/** @param {Element} option */
function describeScheme(option) {
  const names = ["media", "scheme", "primary", "accent"];
  return Object.fromEntries(names.map((name) => [name, option.getAttribute(`data-md-color-${name}`)]));
}

/** Keeps the colour scheme in step with the theme's own pages: they share its storage. @param {HTMLElement} form */
function startPalette(form) {
  const { __md_get: load, __md_set: save } = /** @type {any} */ (window);
  const options = [...form.querySelectorAll("input")];
  const bar = addMeta("theme-color");
  const scheme = addMeta("color-scheme");

  /** Sets only what differs: after `switching`, which stops transitions, browsers style all of the page anew.
   * @param {number} index */
  function apply(index) {
    /** @type {Palette} */
    const palette = { index, color: describeScheme(options[index]) };
    if (palette.color.media === SYSTEM) {
      const media = matchMedia(LIGHT).matches ? LIGHT : DARK;
      const system = options.find((option) => option.getAttribute("data-md-color-media") === media);
      if (system) palette.color = { ...describeScheme(system), media: SYSTEM };
    }
    for (const [name, value] of Object.entries(palette.color)) {
      const attribute = `data-md-color-${name}`;
      if (document.body.getAttribute(attribute) === (value ?? "")) continue;
      if (name === "scheme") document.body.setAttribute("data-md-color-switching", "");
      document.body.setAttribute(attribute, value ?? "");
    }
    options.forEach((option, at) => {
      const label = option.nextElementSibling;
      if (label instanceof HTMLElement) label.hidden = at !== index;
    });
    save("__palette", palette);
    requestAnimationFrame(() => {
      const header = document.querySelector(".md-header");
      const style = header && getComputedStyle(header);
      bar.content = style?.backgroundColor ?? "";
      scheme.content = style?.colorScheme ?? "";
      document.body.removeAttribute("data-md-color-switching");
    });
  }

  function restore() {
    const stored = load("__palette")?.index;
    const fitting = options.findIndex((option) => matchMedia(option.dataset.mdColorMedia ?? "").matches);
    apply(Math.max(0, Math.min(stored ?? fitting, options.length - 1)));
  }

  form.addEventListener("change", (event) => {
    apply(options.indexOf(/** @type {HTMLInputElement} */ (event.target)));
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const next = options[(options.findIndex((option) => option.checked) + 1) % options.length];
    next.click();
    next.focus();
  });
  matchMedia(LIGHT).addEventListener("change", restore);
  restore();
}

/** @param {string} name */
function addMeta(name) {
  const meta = document.createElement("meta");
  meta.name = name;
  document.head.append(meta);
  return meta;
}

/** Shows the button while the reader scrolls up, as the theme does. @param {HTMLElement} button */
function startTop(button) {
  let before = 0; // to ask here would make browsers lay out the page at once
  addEventListener("scroll", () => {
    if (scrollY !== before) button.hidden = scrollY < TOP_AFTER || scrollY > before;
    before = scrollY;
  }, { passive: true });
  button.addEventListener("click", () => scrollTo(0, 0));
}

/** Unfolds what the address leads to. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target?.closest("details:not([open])");
  if (!(folded instanceof HTMLDetailsElement)) return;
  folded.open = true;
  target?.scrollIntoView();
}

// Wide code scrolls by itself, so the keyboard must reach it.
for (const code of document.querySelectorAll("pre > code")) code.setAttribute("tabindex", "0");
document.documentElement.classList.replace("no-js", "js");
const palette = document.querySelector("[data-md-component=palette]");
if (palette instanceof HTMLElement) startPalette(palette);
const toTop = document.querySelector("[data-md-component=top]");
if (toTop instanceof HTMLElement) startTop(toTop);
addEventListener("hashchange", openTarget);
openTarget();
