/** Choosing years by drawing over the bars of a histogram, or with Shift and the arrow keys. */

import { announce, words } from "./live.js";

/** So many pixels make a stroke of a click. */
const STROKE = 5;

/** Has years chosen in all histograms of `region`. */
export function brushYears(region) {
  region.querySelectorAll("figure.histogram").forEach((figure) => new Brush(figure));
}

class Brush {
  #figure;
  #bars;
  #form;
  #from;
  #to;
  #stroke;

  constructor(figure) {
    this.#figure = figure;
    this.#bars = [...figure.querySelectorAll("a[data-year]")];
    this.#form = formAfter(figure);
    if (this.#bars.length < 2 || !this.#form) return;
    figure.classList.add("brushable");
    this.#explain();
    this.#listenToPointer();
    figure.addEventListener("keydown", (event) => this.#key(event));
    this.#bars.forEach((bar) => (bar.draggable = false));
    this.#rove(this.#bars.find((bar) => bar.matches("[aria-current]")) ?? this.#bars[0]);
  }

  #explain() {
    const hint = Object.assign(document.createElement("p"), { id: "brush-hint", className: "brush-hint", textContent: words.brush });
    this.#figure.append(hint);
    this.#bars.forEach((bar) => bar.setAttribute("aria-describedby", hint.id));
  }

  #listenToPointer() {
    const figure = this.#figure;
    figure.addEventListener("pointerdown", (event) => this.#begin(event));
    figure.addEventListener("pointermove", (event) => this.#draw(event));
    figure.addEventListener("pointerup", () => this.#end());
    figure.addEventListener("pointercancel", () => this.#clear());
    // The click at the end of a stroke is not one on a bar.
    figure.addEventListener("click", (event) => this.#stroke?.isDrawn && event.preventDefault(), { capture: true });
  }

  #begin({ button, clientX, target }) {
    const isOnBars = button === 0 && (target.closest("a[data-year]") || !target.closest("a, input, button, summary"));
    this.#stroke = isOnBars ? { x: clientX, from: this.#barAt(clientX), isDrawn: false, isDown: true } : undefined;
  }

  #draw({ clientX, pointerId }) {
    const stroke = this.#stroke;
    if (!stroke?.isDown) return;
    if (!stroke.isDrawn && Math.abs(clientX - stroke.x) < STROKE) return;
    if (!stroke.isDrawn) this.#figure.setPointerCapture(pointerId);
    stroke.isDrawn = true;
    this.#select(stroke.from, this.#barAt(clientX));
  }

  #end() {
    if (!this.#stroke) return;
    this.#stroke.isDown = false;
    if (this.#stroke.isDrawn) this.#apply();
  }

  #key(event) {
    const bar = event.target.closest("a[data-year]");
    if (!bar) return;
    if (event.key === "Escape") return this.#clear();
    if (event.key === "Enter" && this.#from) return event.preventDefault(), this.#apply();
    const at = this.#bars.indexOf(bar);
    const last = this.#bars.length - 1;
    const next = this.#bars[{ ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key]];
    if (!next) return;
    event.preventDefault();
    if (event.shiftKey) this.#select(this.#from ?? bar, next);
    else this.#clear();
    this.#rove(next);
    next.focus();
  }

  /** Only one bar is a stop of the Tab key, so that it does not take twenty of them to get past. */
  #rove(stop) {
    this.#bars.forEach((bar) => (bar.tabIndex = bar === stop ? 0 : -1));
  }

  #select(from, to) {
    [this.#from, this.#to] = [from, to];
    const [first, last] = this.#years();
    this.#bars.forEach((bar) => bar.classList.toggle("brushed", first <= bar.dataset.year && bar.dataset.year <= last));
    announce(`${first}–${last}`, 200);
  }

  #years() {
    return [this.#from.dataset.year, this.#to.dataset.year].sort();
  }

  #clear() {
    this.#from = this.#to = this.#stroke = undefined;
    this.#bars.forEach((bar) => bar.classList.remove("brushed"));
  }

  #apply() {
    const [first, last] = this.#years();
    this.#form.elements.year_from.value = first;
    this.#form.elements.year_to.value = last;
    this.#form.requestSubmit();
  }

  #barAt(x) {
    const distance = (bar) => {
      const { left, right } = bar.getBoundingClientRect();
      return Math.max(left - x, x - right, 0);
    };
    return this.#bars.reduce((best, bar) => (distance(bar) < distance(best) ? bar : best));
  }
}

/** The form of the first and the last year that belongs to `figure`. */
function formAfter(figure) {
  const forms = [...(figure.closest("section") ?? figure.parentElement).querySelectorAll("form")];
  return forms.find(({ elements }) => elements.year_from && elements.year_to);
}
