/** Buttons that copy what stands elsewhere on the page. */

import { announce, complain, words } from "./live.js";

/** How long a button says that it has copied, in milliseconds. */
const SAID = 2000;

/** Shows the buttons of `root`, which do nothing without a script. */
export function offerCopies(root) {
  for (const button of root.querySelectorAll("button[data-copy]")) {
    if (!button.hidden) continue;
    button.hidden = false;
    button.addEventListener("click", () => copyFor(button));
  }
}

async function copyFor(button) {
  const source = document.getElementById(button.dataset.copy);
  const text = source.value ?? source.textContent;
  if (!(await copy(text.trim(), source))) return complain(words.uncopied);
  announce(button.dataset.copied);
  const label = button.textContent;
  if (label === button.dataset.copied) return;
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = label), SAID);
}

/** Whether `text` was copied; without a secure connection browsers copy only what is selected. */
async function copy(text, source) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
}
