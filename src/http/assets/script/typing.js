/** The box: results and suggestions with each letter, and the search that is meant when typing ends. */

import { remember } from "./recent.js";
import { go, isHere, settle, showTyped, typedAddress } from "./results.js";
import { Suggestions } from "./suggestions.js";

/** The least time between two letters that are searched, in milliseconds. */
const BETWEEN = 60;
/** A search is meant when nothing is typed for so long, in milliseconds. */
const STOPPED = 1500;

/** Has `box` search as it is typed into. */
export function searchWhileTyping(box) {
  const suggestions = new Suggestions(box, (text) => {
    box.value = text;
    box.form.requestSubmit();
  });
  const search = spaced(() => {
    if (isHere(typedAddress()) && asksForSomething(typedAddress())) showTyped();
    suggestions.offer();
  });
  const stopped = delayed(settle);
  box.addEventListener("input", (event) => isUnfinished(event) || (search(), stopped()));
  box.addEventListener("compositionend", () => (search(), stopped()));
  box.form.addEventListener("submit", (event) => {
    remember(box.value);
    suggestions.close();
    search.cancel();
    if (isHere(typedAddress())) submit(event, box);
  });
}

async function submit(event, box) {
  event.preventDefault();
  // The keyboard of a phone would cover the results.
  if (matchMedia("(pointer: coarse)").matches) box.blur();
  if (await showTyped()) settle();
}

/** Whether there is more in an address than the language: an emptied box is about to be typed into again. */
function asksForSomething(address) {
  return [...new URL(address).searchParams.keys()].some((name) => name !== "ui");
}

/**
 * Whether letters are still being put together into what the reader means, as with kana. Thai comes as it is typed, and
 * phones compose every word, without which nothing would be found before a space, which Thai has none of.
 */
function isUnfinished({ isComposing, data }) {
  return isComposing && !/\p{Script=Thai}/u.test(data ?? "") && !/Android/.test(navigator.userAgent);
}

/** `work` at once, and then again only after a moment, once for all calls in it. */
function spaced(work) {
  let last = -BETWEEN;
  let waiting;
  const run = () => ((last = performance.now()), work());
  const call = () => {
    clearTimeout(waiting);
    const wait = last + BETWEEN - performance.now();
    if (wait > 0) waiting = setTimeout(run, wait);
    else run();
  };
  return Object.assign(call, { cancel: () => clearTimeout(waiting) });
}

function delayed(work) {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(work, STOPPED);
  };
}

/** Has links and forms within `region` show their results in place. */
export function goInPlace(region, box) {
  region.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || isElsewhere(event, link)) return;
    event.preventDefault();
    go(link.href);
  });
  region.addEventListener("click", ({ target }) => {
    if (target.closest("a[href]") && box.value) remember(box.value);
  });
  region.addEventListener("submit", (event) => {
    const address = new URL(event.target.action);
    address.search = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value));
    if (event.target.method !== "get" || !isHere(address)) return;
    event.preventDefault();
    go(address.href);
  });
}

function isElsewhere(event, link) {
  const isModified = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  const isPlace = link.hash && link.href.split("#")[0] === location.href.split("#")[0];
  return event.defaultPrevented || isModified || link.target || link.hasAttribute("download") || isPlace || !isHere(link.href);
}
