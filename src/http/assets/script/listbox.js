/**
 * The list below the box, by the combobox pattern of the ARIA Authoring Practices: the list is told apart from the box
 * by `aria-activedescendant`, and nothing is chosen before the reader chooses it.
 */

/**
 * A list of options below `box`. `choose` is called with what was chosen.
 *
 * Options are objects with `text` and what `choose` needs; they are given as groups with a `label`.
 */
export class Listbox {
  #box;
  #choose;
  #panel = element("div", { className: "suggestions", hidden: true });
  #list = element("div", { id: "suggestions", role: "listbox" });
  #foot = element("div", { className: "suggestions-foot" });
  #options = [];
  #active = -1;

  constructor(box, label, choose) {
    this.#box = box;
    this.#choose = choose;
    this.#list.setAttribute("aria-label", label);
    this.#panel.append(this.#list, this.#foot);
    box.parentElement.classList.add("suggesting");
    box.parentElement.append(this.#panel);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions" })) {
      box.setAttribute(name, value);
    }
    this.close();
    this.#listen();
  }

  /** Whether it is seen. */
  get isOpen() {
    return !this.#panel.hidden;
  }

  /** Shows `groups`, with `typed` marked in them and `foot` below them; with no options it is closed. */
  show(groups, typed, foot = []) {
    this.#options = groups.flatMap(({ options }) => options);
    if (!this.#options.length) return this.close();
    let number = 0;
    this.#list.replaceChildren(...groups.map((group) => groupElement(group, typed, () => number++)));
    this.#foot.replaceChildren(...foot);
    this.#panel.hidden = false;
    this.#box.setAttribute("aria-expanded", "true");
    this.#activate(-1);
  }

  /** Takes it away. */
  close() {
    this.#panel.hidden = true;
    this.#box.setAttribute("aria-expanded", "false");
    this.#activate(-1);
  }

  #listen() {
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#box.parentElement.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.#panel.contains(relatedTarget) && relatedTarget !== this.#box) this.close();
    });
    // The box keeps the focus, and with it the keyboard of a phone.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", ({ target }) => this.#take(target.closest("[role=option]")));
    this.#panel.addEventListener("keydown", (event) => event.key === "Escape" && (this.#box.focus(), this.close()));
  }

  #key(event) {
    if (event.isComposing || !this.isOpen || event.ctrlKey || event.metaKey) return;
    const last = this.#options.length - 1;
    const steps = { ArrowDown: this.#active < last ? this.#active + 1 : 0, ArrowUp: this.#active > 0 ? this.#active - 1 : last };
    if (event.key === "Escape" || (event.altKey && event.key === "ArrowUp")) this.close();
    else if (event.key in steps) this.#activate(steps[event.key]);
    else if (event.key === "Enter" && this.#active >= 0) this.#take(this.#elements[this.#active]);
    else return this.#backToText(event);
    event.preventDefault();
  }

  /** These keys move in the text, where the browser sees to it. */
  #backToText({ key }) {
    if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) this.#activate(-1);
  }

  get #elements() {
    return [...this.#list.querySelectorAll("[role=option]")];
  }

  #activate(number) {
    this.#active = number;
    this.#elements.forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    const option = this.#elements[number];
    if (option) this.#box.setAttribute("aria-activedescendant", option.id);
    else this.#box.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  #take(option) {
    if (!option) return;
    const chosen = this.#options[this.#elements.indexOf(option)];
    this.close();
    this.#choose(chosen);
  }
}

function groupElement({ label, options }, typed, number) {
  const group = element("div", { role: "group" });
  const heading = element("div", { className: "suggestions-label", textContent: label, ariaHidden: "true" });
  group.setAttribute("aria-label", label);
  group.append(heading, ...options.map((option) => optionElement(option, typed, `suggestion-${number()}`)));
  return group;
}

function optionElement({ text, count }, typed, id) {
  const lang = /\p{Script=Thai}/u.test(text) ? "th" : "en";
  const option = element("div", { id, lang, role: "option", className: "suggestion", ariaSelected: "false" });
  const label = element("span", {});
  label.append(...marked(text, typed));
  option.append(label);
  if (count > 1) option.append(" ", element("span", { className: "number", textContent: count }));
  return option;
}

/** `text` with what was typed of it marked, wherever it stands. */
function marked(text, typed) {
  const at = typed ? text.toLowerCase().indexOf(typed.toLowerCase()) : -1;
  if (at < 0) return [text];
  const end = at + typed.length;
  return [text.slice(0, at), element("mark", { textContent: text.slice(at, end) }), text.slice(end)];
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
