/**
 * Results that come without loading the page anew: each is the same address as without a script, fetched as HTML, whose
 * main part takes the place of the one shown.
 *
 * An older answer is never shown over a newer one, and the address in the bar is always that of what is shown.
 */

import { announce, calmDown, complain, words } from "./live.js";
import { placeIn } from "./place.js";

/** So many pages are kept for the way back. */
const MOST_KEPT = 30;
/** How long the count of results waits until typing pauses, in milliseconds. */
const PAUSE = 700;
/** The parts of results: what narrows them, which takes the browser as long to lay out as the hits, and the others. */
const PARTS = [".drawer", ".summary", ".found"];

const box = document.getElementById("q");
const form = box?.form;
/** What changes with the search, on the pages that searches are shown on. */
export const region = isSearch(location) ? document.getElementById("content") : null;

const pages = new Map();
const changed = [];
let asking;
let later;
let isTyping = false;
let shown = addressOf(location.href);

/** Has `work` done with the results that are there and with all that take their place. */
export function onResults(work) {
  if (!region) return;
  changed.push(work);
  work(region);
}

/** The address of what stands in the form. */
export function typedAddress() {
  const fields = [...new FormData(form)].filter(([name, value]) => name !== "record" && value.trim());
  const query = new URLSearchParams(fields).toString();
  return new URL(query ? `?${query}` : ".", form.action).href;
}

/** Whether `address` is of results that can be shown in place. */
export function isHere(address) {
  const url = new URL(address, location.href);
  return Boolean(region) && url.origin === location.origin && isSearch(url);
}

function isSearch({ pathname }) {
  return Boolean(form) && pathname === new URL(form.action).pathname;
}

/**
 * Shows results of what stands in the box. The first address of a search that is being typed is a new one in the
 * history, and those of its further letters take its place, so that the way back leads to what was shown before.
 * Answers whether they are shown.
 */
export async function showTyped() {
  const address = typedAddress();
  if (addressOf(address) === shown) return stay();
  const page = await ask(address);
  if (!page?.isWhole) return fail(page);
  show(page, address, isTyping ? "replaceState" : "pushState", { typed: true });
  isTyping = true;
  return true;
}

/** The search is typed: it counts, and the next letter begins another one. */
export function settle() {
  if (!isTyping) return;
  isTyping = false;
  const address = new URL(shown);
  address.searchParams.set("record", "true");
  fetch(address, { method: "HEAD", keepalive: true }).catch(() => {});
}

/** Goes to the results at `address`, by a link or a form within them. */
export async function go(address) {
  settle();
  const page = await ask(address);
  if (!page) return;
  // What the service says of an address that it cannot answer is a page of its own.
  if (!page.isWhole) return page.isAnswered ? location.assign(address) : complain(words.failed);
  show(page, address, "pushState");
  fillBox(page);
}

/** Forgets about results that are still to come. */
function cancel() {
  asking?.abort();
  region.removeAttribute("aria-busy");
}

/** Nothing else is to be shown than what is. */
function stay() {
  cancel();
  calmDown();
  return true;
}

/** The answer was of no use, or there is none since another one is waited for. */
function fail(page) {
  if (page) complain(words.failed);
  return false;
}

/** The way back and forth leads to results as they were. */
export function followHistory() {
  if (!region) return;
  keepPage(shown, document.documentElement.outerHTML);
  addEventListener("popstate", ({ state }) => addressOf(location.href) !== shown && goBack(location.href, state?.top));
}

async function goBack(address, top) {
  isTyping = false;
  cancel();
  const text = pages.get(addressOf(address));
  const page = text ? wholePage(text) : await ask(address);
  if (!page) return;
  if (!page.isWhole) return location.reload();
  show(page, address);
  fillBox(page);
  scrollTo(0, top ?? 0);
}

/** The page at `address`; nothing if it is no longer asked for. */
async function ask(address) {
  cancel();
  const mine = (asking = new AbortController());
  region.setAttribute("aria-busy", "true");
  const page = await fetchPage(address, mine.signal).catch(() => ({}));
  if (mine.signal.aborted) return undefined;
  region.removeAttribute("aria-busy");
  return page;
}

async function fetchPage(address, signal) {
  const uncounted = new URL(address);
  uncounted.searchParams.set("record", "false");
  const response = await fetch(uncounted, { signal, headers: { Accept: "text/html" } });
  if (!response.ok) return { isAnswered: true };
  const text = await response.text();
  keepPage(addressOf(address), text);
  return wholePage(text);
}

function wholePage(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return { page, isAnswered: true, isWhole: Boolean(page.getElementById("content") && page.getElementById("q")) };
}

function show({ page }, address, how, { typed = false } = {}) {
  const restore = placeIn(region, shown);
  if (how) record(address, how);
  const fresh = page.getElementById("content");
  if (!typed || !replaceHits(fresh)) replaceAll(fresh);
  replaceAround(page);
  restore(address);
  shown = addressOf(address);
  calmDown();
  announce(document.getElementById("count")?.textContent.trim() ?? "", typed ? PAUSE : 0);
}

function replaceAll(fresh) {
  cancelAnimationFrame(later);
  region.replaceChildren(...fresh.childNodes);
  changed.forEach((work) => work(region));
}

/** Replaces the hits, and what narrows them once the hits are seen. Answers whether that could be done. */
function replaceHits(fresh) {
  const pairs = PARTS.map((part) => [region.querySelector(part), fresh.querySelector(part)]);
  if (!pairs.flat().every(Boolean)) return false;
  const [filters, ...hits] = pairs;
  cancelAnimationFrame(later);
  hits.forEach(replacePart);
  later = requestAnimationFrame(() => (later = requestAnimationFrame(() => replaceLater(filters))));
  return true;
}

function replaceLater(pair) {
  const restore = placeIn(region, shown);
  replacePart(pair);
  restore(shown);
}

function replacePart([old, fresh]) {
  old.replaceWith(fresh);
  changed.forEach((work) => work(fresh));
}

/** Puts `address` into the bar; the page that is left keeps where the reader was on it. */
function record(address, how) {
  if (how === "pushState") history.replaceState({ ...history.state, top: scrollY }, "");
  history[how](how === "pushState" ? {} : history.state, "", address);
}

function fillBox({ page }) {
  box.value = page.getElementById("q").value;
}

/** Puts all that tells of the search around its results in place: title, filters that the form keeps, and links to it. */
function replaceAround(page) {
  document.title = page.title;
  document.body.className = page.body.className;
  form.querySelectorAll("input[type=hidden]").forEach((input) => input.remove());
  form.append(...page.getElementById("q").form.querySelectorAll("input[type=hidden]"));
  for (const selector of ["header a[hreflang]", "link[rel=alternate]"]) {
    const fresh = page.querySelectorAll(selector);
    document.querySelectorAll(selector).forEach((link, at) => fresh[at] && (link.href = fresh[at].getAttribute("href")));
  }
}

function keepPage(address, text) {
  pages.delete(address);
  pages.set(address, text);
  if (pages.size > MOST_KEPT) pages.delete(pages.keys().next().value);
}

/** An address as pages are told apart by: without what only counts, and without a place in the page. */
function addressOf(address) {
  const url = new URL(address);
  url.searchParams.delete("record");
  url.hash = "";
  return url.href;
}
