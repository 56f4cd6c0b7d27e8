/** Where the reader is within the results, found again in results that took their place. */

/**
 * The focused element and the open parts of `region`, which shows the search at `address`, as a function that finds them
 * again when another search has taken its place.
 */
export function placeIn(region, address) {
  const open = openParts(region);
  const focus = focusIn(region, address);
  return (next) => {
    open.forEach((find) => find(region));
    focus?.(next);
  };
}

function openParts(region) {
  return [...region.querySelectorAll("details[open], :popover-open")].map((part) => {
    const selector = part.id && `#${CSS.escape(part.id)}`;
    const label = labelOf(part);
    return (within) => {
      const same = selector ? within.querySelector(selector) : withLabel(within, label);
      if (same?.matches("details")) same.open = true;
      else if (same && !same.matches(":popover-open")) same.showPopover?.();
    };
  });
}

/** The words of a summary without its numbers, which change with the results; or the heading of its section. */
function labelOf(details) {
  const heading = details.closest("section")?.querySelector("h2, h3, h4")?.textContent ?? "";
  const summary = details.querySelector("summary")?.textContent ?? "";
  return `${heading} ${summary}`.replace(/[\d,()]/g, "").trim();
}

function withLabel(within, label) {
  return [...within.querySelectorAll("details")].find((details) => labelOf(details) === label);
}

function focusIn(region, address) {
  const focused = document.activeElement;
  if (!focused || !region.contains(focused)) return undefined;
  const [label, text] = [labelIn(focused, address), focused.textContent.trim()];
  return (next) => {
    const all = [...region.querySelectorAll("a, input, button, summary, select")];
    const alike = label ? all.filter((other) => labelIn(other, next) === label) : [];
    const same = alike.find((other) => isSameText(other.textContent.trim(), text)) ?? alike[0];
    same?.focus({ preventScroll: true });
    // What is folded away cannot have the focus.
    if (!same || document.activeElement !== same) toTheTop(region);
  };
}

/** A link that selects a value says more once the value is selected. */
function isSameText(one, other) {
  return one.startsWith(other) || other.startsWith(one);
}

/** What an element is, in results of the search at `address`; nothing for links to other pages of the results. */
function labelIn(element, address) {
  const { id, name, dataset, search } = element;
  if (id || name || dataset.year) return `${element.localName} ${id || name || dataset.year}`;
  const change = search && changeOf(new URL(address).search, search);
  if (change) return `a ${change}`;
  const turnsPage = search && new URLSearchParams(search).has("page");
  return turnsPage ? "" : element.textContent.trim();
}

/** What leads from one search to the other, either way, so that selecting a value and releasing it are the same. */
function changeOf(...searches) {
  const [one, other] = searches.map((search) => new Set(new URLSearchParams(search).toString().split("&")));
  const differs = [...one].filter((pair) => !other.has(pair)).concat([...other].filter((pair) => !one.has(pair)));
  return differs.filter((pair) => pair && !/^(page|snapshot|cursor)=/.test(pair)).sort().join("&");
}

function toTheTop(region) {
  const count = document.getElementById("count") ?? region;
  count.tabIndex = -1;
  count.focus({ preventScroll: true });
  region.scrollIntoView({ block: "start" });
}
