/** What this browser keeps between pages; it never leaves it, and where the browser keeps nothing that is all right. */

/** What is kept under `name`, or nothing. */
export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

/** Keeps `value` under `name`, or with `null` nothing any more. */
export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Storage is off or full.
  }
}
