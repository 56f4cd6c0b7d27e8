/** The last searches of this browser. */

import { keep, kept } from "./storage.js";

const RECENT = "khonha-recent";
const MOST_REMEMBERED = 8;

/** The last searches, the newest first. */
export function recent() {
  const queries = kept(RECENT);
  return Array.isArray(queries) ? queries.filter((query) => typeof query === "string").slice(0, MOST_REMEMBERED) : [];
}

/** Remembers a search that somebody meant. */
export function remember(query) {
  const text = query.trim();
  if (text) keep(RECENT, [text, ...recent().filter((other) => other !== text)].slice(0, MOST_REMEMBERED));
}

/** Forgets them all. */
export function forget() {
  keep(RECENT, null);
}
