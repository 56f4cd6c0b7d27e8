/** What is said to those who cannot see the page change, in the `#live` line of the page. */

/** The words of this script, in the language of the page. */
export const words = document.getElementById("words")?.dataset ?? {};

const live = document.getElementById("live") ?? newLine();
let waiting;

function newLine() {
  const line = Object.assign(document.createElement("p"), { id: "live", className: "hidden" });
  line.setAttribute("role", "status");
  document.body.append(line);
  return line;
}

/** Says `text`, after `milliseconds` in which nothing else is said, so that a screen reader keeps up with typing. */
export function announce(text, milliseconds = 0) {
  clearTimeout(waiting);
  waiting = setTimeout(() => say(text, true), milliseconds);
}

/** Says that something failed, for all to see, until something else is said. */
export function complain(text) {
  clearTimeout(waiting);
  say(text, false);
}

function say(text, hidden) {
  live.classList.toggle("hidden", hidden);
  live.classList.toggle("note", !hidden);
  live.textContent = text;
}

/** Takes a complaint back. */
export function calmDown() {
  if (!live.classList.contains("hidden")) say("", true);
}
