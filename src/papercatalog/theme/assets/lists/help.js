// @ts-check
/** The dialog that names the keys and switches them on and off. */

import { element } from "../search/dom.js";
import { hasShortcuts, switchShortcuts } from "./shortcuts.js";

/** @type {[string[], string][]} */
const KEYS = [
  [["j"], "next paper of a list"],
  [["k"], "paper before it"],
  [["o", "Enter"], "open the paper"],
  [["s"], "save it to the reading list, or take it off"],
  [["x"], "mark it as seen, or as not seen"],
  [["/", "f"], "search"],
  [["n", "p"], "next and previous page, where the page has them"],
  [["?"], "these keys"],
];

/** Shows the dialog; the focus returns to where it was when it closes. */
export function openHelp() {
  const input = element("input", { type: "checkbox" });
  input.checked = hasShortcuts();
  const said = element("p", { role: "status" });
  input.addEventListener("change", () => {
    const kept = switchShortcuts(input.checked);
    said.textContent = `Keyboard shortcuts are ${input.checked ? "on" : "off"}${kept ? "" : " until you leave this page"}.`;
  });
  const close = element("button", { type: "button", class: "md-button" }, "Close");
  const dialog = element("dialog", { class: "pc-help md-typeset", "aria-labelledby": "pc-help" },
    element("h2", { id: "pc-help" }, "Keyboard shortcuts"),
    element("label", {}, input, " Keyboard shortcuts"),
    said,
    element("dl", {}, ...KEYS.map(([keys, does]) => {
      const names = keys.flatMap((key, at) => [...(at ? [" "] : []), element("kbd", {}, key)]);
      return element("div", {}, element("dt", {}, ...names), element("dd", {}, does));
    })),
    element("p", {}, "The keys do nothing while you type in a field. Enter, Tab and the arrows are not switched off."),
    element("p", {}, "What you have saved and seen is kept in this browser and nowhere else."),
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
