// @ts-check
/** The dialog that names the keys and switches them on and off. */

import { element } from "../search/dom.js";
import { hasShortcuts, switchShortcuts } from "./shortcuts.js";
import { WORDS } from "../search/words.js";

/** @type {[string[], string][]} */
const KEYS = [
  [["j"], WORDS.key_next],
  [["k"], WORDS.key_previous],
  [["o", "Enter"], WORDS.key_open],
  [["s"], WORDS.key_save],
  [["x"], WORDS.key_seen],
  [["/", "f"], WORDS.key_search],
  [["n", "p"], WORDS.key_pages],
  [["?"], WORDS.key_help],
];

/** Shows the dialog; the focus returns to where it was when it closes. */
export function openHelp() {
  const input = element("input", { type: "checkbox" });
  input.checked = hasShortcuts();
  const said = element("p", { role: "status" });
  input.addEventListener("change", () => {
    const kept = switchShortcuts(input.checked);
    if (kept) said.textContent = input.checked ? WORDS.keys_on : WORDS.keys_off;
    else said.textContent = input.checked ? WORDS.keys_on_unkept : WORDS.keys_off_unkept;
  });
  const close = element("button", { type: "button", class: "md-button" }, WORDS.close);
  const lang = document.querySelector(".pc-search")?.closest("[lang]")?.getAttribute("lang") ?? "";
  const dialog = element("dialog", { class: "pc-help md-typeset", "aria-labelledby": "pc-help", lang },
    element("h2", { id: "pc-help" }, WORDS.keyboard),
    element("label", {}, input, ` ${WORDS.keyboard}`),
    said,
    element("dl", {}, ...KEYS.map(([keys, does]) => {
      const names = keys.flatMap((key, at) => [...(at ? [" "] : []), element("kbd", {}, key)]);
      return element("div", {}, element("dt", {}, ...names), element("dd", {}, does));
    })),
    element("p", {}, WORDS.keys_note),
    element("p", {}, WORDS.kept_note),
    close,
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
