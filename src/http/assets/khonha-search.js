/**
 * `<khonha-search>`: a box that searches a Khonha service from any site.
 *
 *     <script src="https://search.example.org/assets/khonha-search.js" defer></script>
 *     <khonha-search filters="topic=procurement&year=2567"></khonha-search>
 *
 * It depends on nothing, leaves the page around it alone, and writes no HTML but its own. The README of Khonha has its
 * attributes, parts and variables.
 */
(() => {
  "use strict";

  const TAG = "khonha-search";
  /** The service that this script comes from. */
  const HOME = document.currentScript?.src.replace(/\/assets\/.*$/, "") ?? "";
  /** The least time between two letters that are searched, in milliseconds. */
  const BETWEEN = 80;
  /** A search is meant when nothing is typed for so long, in milliseconds. */
  const STOPPED = 1500;
  const MOST = 100;

  const WORDS = {
    th: {
      label: "ค้นหาบทความ",
      found: (total) => `พบ ${total} บทความ`,
      nothing: "ไม่พบบทความ",
      all: (total) => `ดูทั้งหมด ${total} บทความ`,
      failed: "ค้นหาไม่สำเร็จ ตรวจสอบการเชื่อมต่อแล้วลองอีกครั้ง",
    },
    en: {
      label: "Search the articles",
      found: (total) => `${total} ${total === 1 ? "article" : "articles"} found`,
      nothing: "No articles found",
      all: (total) => `See all ${total} articles`,
      failed: "The search failed. Check the connection and try again.",
    },
  };

  const STYLE = `
    :host { display: block; font: var(--khonha-font, inherit); color: var(--khonha-ink, CanvasText); }
    :host([hidden]) { display: none; }
    * { box-sizing: border-box; }
    input { width: 100%; font: inherit; line-height: 1.7; padding: .45em .8em; color: inherit; background: var(--khonha-paper, Canvas);
      border: 1px solid var(--khonha-line, GrayText); border-radius: var(--khonha-radius, .4em); }
    :focus-visible { outline: 3px solid var(--khonha-link, LinkText); outline-offset: 2px; }
    label, p { margin: 0; }
    label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    ol { list-style: none; margin: 0; padding: 0; }
    li { padding: .75em 0; border-bottom: 1px solid var(--khonha-line, GrayText); line-height: 1.7; overflow-wrap: anywhere; }
    a { color: var(--khonha-link, LinkText); font-weight: 700; text-underline-offset: .2em; }
    mark { color: inherit; background: var(--khonha-mark, color-mix(in srgb, gold 35%, transparent)); border-radius: .15em; }
    .status, .about { font-size: .9em; }
    .status:not(:empty) { padding: .5em 0; }
    .all:not(:empty) { padding: .75em 0; }
  `;

  class KhonhaSearch extends HTMLElement {
    static observedAttributes = ["endpoint", "lang", "filters", "limit", "placeholder"];

    #label = element("label", { htmlFor: "box", part: "label" });
    #box = element("input", { id: "box", type: "search", maxLength: 256, autocomplete: "off", part: "input" });
    #status = element("p", { className: "status", role: "status", part: "status" });
    #list = element("ol", { part: "results" });
    #all = element("p", { className: "all", part: "all" });
    #asking;
    #waiting;
    #stopping;
    #last = -BETWEEN;

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open", delegatesFocus: true });
      addStyle(root);
      const form = element("form", { role: "search", part: "form" });
      form.append(this.#label, this.#box);
      root.append(form, this.#status, this.#list, this.#all);
      form.addEventListener("submit", (event) => (event.preventDefault(), this.#search()));
      this.#box.addEventListener("input", (event) => isUnfinished(event) || this.#typed());
      this.#box.addEventListener("compositionend", () => this.#typed());
      root.addEventListener("keydown", (event) => this.#key(event));
    }

    connectedCallback() {
      this.#describe();
    }

    disconnectedCallback() {
      this.#asking?.abort();
      clearTimeout(this.#waiting);
      clearTimeout(this.#stopping);
    }

    attributeChangedCallback() {
      this.#describe();
      if (this.isConnected && this.#box.value) this.#search();
    }

    get #endpoint() {
      return (this.getAttribute("endpoint") ?? HOME).replace(/\/+$/, "");
    }

    get #language() {
      const language = this.getAttribute("lang") ?? this.closest("[lang]")?.getAttribute("lang") ?? "th";
      return /^en\b/i.test(language) ? "en" : "th";
    }

    get #words() {
      return WORDS[this.#language];
    }

    #describe() {
      this.#label.textContent = this.#words.label;
      this.#box.placeholder = this.getAttribute("placeholder") ?? this.#words.label;
      this.shadowRoot.querySelector("form").ariaLabel = this.#words.label;
    }

    #typed() {
      clearTimeout(this.#waiting);
      clearTimeout(this.#stopping);
      const wait = Math.max(0, this.#last + BETWEEN - performance.now());
      this.#waiting = setTimeout(() => this.#search(), wait);
      this.#stopping = setTimeout(() => this.#count(), STOPPED);
    }

    async #search() {
      this.#last = performance.now();
      this.#asking?.abort();
      if (!this.#box.value.trim()) return this.#show([], "");
      const mine = (this.#asking = new AbortController());
      try {
        const found = await ask(this.#address("/api/v1/search", { record: false }), mine.signal);
        if (!mine.signal.aborted) this.#showFound(found);
      } catch (error) {
        if (!mine.signal.aborted) this.#show([], error.detail ?? this.#words.failed);
      }
    }

    /** What stands in the box is what somebody meant, and counts where the service counts searches. */
    #count() {
      if (!this.#box.value.trim()) return;
      const address = this.#address("/api/v1/search", { record: true });
      fetch(address, { method: "HEAD", mode: "no-cors", keepalive: true }).catch(() => {});
    }

    /** An address of the service about what stands in the box. */
    #address(path, more = {}) {
      const query = new URLSearchParams(this.getAttribute("filters") ?? "");
      query.set("q", this.#box.value);
      query.set("ui", this.#language);
      if (path !== "/") {
        query.set("facets", "none");
        query.set("limit", Math.min(MOST, Math.max(1, parseInt(this.getAttribute("limit"), 10) || 5)));
      }
      Object.entries(more).forEach(([name, value]) => query.set(name, value));
      return `${this.#endpoint}${path}?${query}`;
    }

    #showFound({ total, hits, warnings }) {
      const said = total ? this.#words.found(total) : this.#words.nothing;
      this.#show(hits, [said, ...warnings].join(" · "));
      if (total <= hits.length) return;
      this.#all.append(element("a", { href: this.#address("/"), textContent: this.#words.all(total), part: "all-link" }));
    }

    #show(hits, status) {
      // Who has gone on to a hit of the letters before goes on from the first of these.
      const isWithin = this.#list.contains(this.shadowRoot.activeElement);
      this.#list.replaceChildren(...hits.map((hit) => this.#hit(hit)));
      if (isWithin) (this.#list.querySelector("a") ?? this.#box).focus();
      this.#all.replaceChildren();
      this.#status.textContent = status;
    }

    #hit({ id, title, date, authors, snippets }) {
      const titles = snippets.filter(({ field }) => field === "title");
      const titleOf = titles.find(({ language }) => language === this.#language) ?? titles[0] ?? { text: title, marks: [] };
      const text = snippets.find(({ field }) => field !== "title");
      const item = element("li", { part: "hit" });
      item.append(marked("a", titleOf, { href: this.#page(id), part: "title" }));
      if (text) item.append(marked("p", text, { part: "snippet" }));
      const about = [date?.[this.#language], authors.join(", ")].filter(Boolean).join(" · ");
      if (about) item.append(element("p", { className: "about", textContent: about, part: "about" }));
      return item;
    }

    #page(id) {
      const path = id.split("/").map(encodeURIComponent).join("/");
      return `${this.#endpoint}/articles/${path}${this.#language === "en" ? "?ui=en" : ""}`;
    }

    /** Arrow keys go from the box through the hits and back, Escape goes back to the box. */
    #key(event) {
      const stops = [this.#box, ...this.#list.querySelectorAll("a"), ...this.#all.querySelectorAll("a")];
      const at = stops.indexOf(event.target);
      const next = { ArrowDown: stops[at + 1], ArrowUp: stops[at - 1], Escape: at > 0 ? this.#box : undefined }[event.key];
      if (!next || event.isComposing) return;
      event.preventDefault();
      next.focus();
    }
  }

  async function ask(address, signal) {
    const response = await fetch(address, { signal });
    const answer = await response.json();
    if (!response.ok) throw Object.assign(new Error(answer.title), { detail: answer.detail });
    return answer;
  }

  /**
   * An element of text with its marks, which are ranges of bytes. It is built of text alone, so that it works where a site
   * allows no HTML from scripts.
   */
  function marked(name, { text, marks, language }, properties) {
    const bytes = new TextEncoder().encode(text);
    const cut = (start, end) => new TextDecoder().decode(bytes.subarray(start, end));
    const whole = element(name, { ...properties, lang: language ?? "" });
    let at = 0;
    for (const { start, end } of marks) {
      whole.append(cut(at, start), element("mark", { textContent: cut(start, end), part: "mark" }));
      at = end;
    }
    whole.append(cut(at, bytes.length));
    return whole;
  }

  function element(name, { part, role, ...properties }) {
    const made = Object.assign(document.createElement(name), properties);
    if (part) made.setAttribute("part", part);
    if (role) made.setAttribute("role", role);
    return made;
  }

  /** A sheet made by a script is allowed by policies that allow no inline styles. */
  function addStyle(root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  }

  /** Whether letters are still being put together, as with kana; Thai comes as it is typed, and phones compose every word. */
  function isUnfinished({ isComposing, data }) {
    return isComposing && !/\p{Script=Thai}/u.test(data ?? "") && !/Android/.test(navigator.userAgent);
  }

  if (!customElements.get(TAG)) customElements.define(TAG, KhonhaSearch);
})();
