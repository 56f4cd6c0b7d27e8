/** What the list below the box offers: what may be typed, and in the empty box the last searches of this browser. */

import { Listbox } from "./listbox.js";
import { announce, words } from "./live.js";
import { forget, recent } from "./recent.js";

/** The kinds of suggestions, in the order in which they are shown; each leads to an address unless it is searched. */
const KINDS = {
  query: undefined,
  phrase: undefined,
  topic: (value) => page("topics", value),
  author: (value) => page("authors", value),
  series: (value) => page("series", value),
  organisation: (value) => `/?${new URLSearchParams({ organisation: value, ...language() })}`,
  title: (value) => page("articles", value),
};
/** The most that is asked for. */
const MOST_OFFERED = 8;

/** Suggestions for `box`; `search` is called when one is to be searched. */
export class Suggestions {
  #box;
  #list;
  #asking;

  constructor(box, search) {
    this.#box = box;
    this.#list = new Listbox(box, words.suggestions, ({ text, address }) => (address ? location.assign(address) : search(text)));
    box.addEventListener("keydown", (event) => this.#open(event));
    box.addEventListener("focus", () => box.value || this.#showRecent());
    box.addEventListener("click", () => box.value || this.#showRecent());
  }

  /** Offers what fits what stands in the box. */
  async offer() {
    const typed = this.#box.value.trim();
    this.#asking?.abort();
    if (!typed) return this.#showRecent();
    const mine = (this.#asking = new AbortController());
    const found = await suggested(typed, mine.signal).catch(() => []);
    if (mine.signal.aborted || document.activeElement !== this.#box) return;
    const others = found.filter(({ text, value }) => value != null || text.toLowerCase() !== typed.toLowerCase());
    this.#list.show(grouped(others), typed);
    if (this.#list.isOpen) announce(`${others.length} ${words.suggestions}`, 1500);
  }

  /** Offers nothing any more. */
  close() {
    this.#asking?.abort();
    this.#list.close();
  }

  #open(event) {
    if (event.key !== "ArrowDown" || this.#list.isOpen || event.isComposing) return;
    event.preventDefault();
    this.offer();
  }

  #showRecent() {
    const options = recent().map((text) => ({ text }));
    const clear = Object.assign(document.createElement("button"), { type: "button", textContent: words.forget });
    clear.addEventListener("click", () => (forget(), this.close(), this.#box.focus()));
    this.#list.show([{ label: words.recent, options }], "", [clear]);
  }
}

async function suggested(typed, signal) {
  const query = new URLSearchParams({ q: typed, limit: MOST_OFFERED, ...language() });
  const response = await fetch(`/api/v1/suggest?${query}`, { signal });
  return response.ok ? (await response.json()).suggestions : [];
}

/** Suggestions by kind; those of a kind that has come up since this was written are searched. */
function grouped(suggestions) {
  const kinds = new Set([...Object.keys(KINDS), ...suggestions.map(({ kind }) => kind)]);
  const groups = [...kinds].map((kind) => ({
    label: words[kind] ?? kind,
    options: suggestions.filter((suggestion) => suggestion.kind === kind).map(option),
  }));
  return groups.filter(({ options }) => options.length);
}

function option({ text, kind, value, count }) {
  return { text, count, address: value == null ? undefined : KINDS[kind]?.(value) };
}

function page(folder, value) {
  const path = value.split("/").map(encodeURIComponent).join("/");
  const query = new URLSearchParams(language()).toString();
  return `/${folder}/${path}${query && `?${query}`}`;
}

/** The language of the interface, where it is not the usual one. */
function language() {
  return document.documentElement.lang === "en" ? { ui: "en" } : {};
}
