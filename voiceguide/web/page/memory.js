// @ts-check
/** Small things remembered on this phone (localStorage); where that is refused nothing is, and nothing fails. */

const PREFIX = "voiceguide ";

/**
 * What was remembered under this name, or `otherwise`.
 * @template T
 * @param {string} name
 * @param {T} otherwise
 * @returns {T}
 */
export function recall(name, otherwise) {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise; // a private window, or what another version wrote
  }
}

/**
 * Remember a value; undefined forgets it.
 * @param {string} name
 * @param {unknown} value
 */
export function remember(name, value) {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A private window: then it is not remembered.
  }
}
