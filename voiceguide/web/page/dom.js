// @ts-check
/** The few words that the page needs to speak to its document. */

/**
 * The element with this id, of this class; an error in the page itself if there is none.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new () => T} [type]
 * @returns {T}
 */
export function byId(id, type) {
  const found = document.getElementById(id);
  if (!found || (type && !(found instanceof type))) throw new Error(`the page has no ${type?.name ?? "element"} #${id}`);
  return /** @type {T} */ (found);
}

/**
 * A new element with attributes and contents; attributes that are null are left out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string|number|null|undefined>} attributes
 * @param {...(Node|string)} contents
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, attributes, ...contents) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...contents);
  return made;
}

/**
 * Write a text where it is not there yet: what does not change is not touched.
 * @param {Element} place
 * @param {string} text
 */
export function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/**
 * Write a text that stands in a line with others, and set the line anew: what would have moved in it is as if new.
 * @param {Element} place
 * @param {string} text
 */
export function writeInLine(place, text) {
  if (place.textContent === text) return;
  place.textContent = text;
  const line = place.parentElement;
  line?.replaceChildren(...line.childNodes);
}

/**
 * An address below the page's own.
 * @param {string} path
 */
export function address(path) {
  return new URL(path, document.baseURI).href;
}
