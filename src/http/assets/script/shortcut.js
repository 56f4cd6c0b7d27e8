/** The key "/", which goes to the box, and the switch for those who speak or shake to type and would press it by mistake. */

import { words } from "./live.js";
import { keep, kept } from "./storage.js";

const OFF = "khonha-no-shortcut";

/** Has "/" go to `box`, and adds the switch to `place`. */
export function goToBox(box, place) {
  addEventListener("keydown", (event) => {
    if (kept(OFF) || !isSlash(event)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  place?.append(shortcutSwitch());
}

function shortcutSwitch() {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "shortcut", textContent: words.shortcut });
  const show = () => button.setAttribute("aria-pressed", String(!kept(OFF)));
  button.addEventListener("click", () => (keep(OFF, kept(OFF) ? null : true), show()));
  show();
  return button;
}

/** Whether "/" is pressed outside of a field; on a Thai keyboard the same key is ฝ. */
function isSlash({ key, code, ctrlKey, metaKey, altKey, target }) {
  const isKey = key === "/" || (key === "ฝ" && code === "Slash");
  const isFree = !target.closest?.("input, textarea, select, [contenteditable]");
  return isKey && isFree && !ctrlKey && !metaKey && !altKey;
}
