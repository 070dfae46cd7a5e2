// @ts-check
/** Names as large as their place allows: whole words while these stay large enough to be read from the mat, else broken ones. */

/** Shares of the largest size, and the least of them at which a word is not broken yet. */
const STEPS = [1, 0.9, 0.8, 0.7, 0.6, 0.52, 0.45, 0.38, 0.32];
const LEAST_WHOLE = 0.45;

/**
 * Keep what is written in elements of a fixed size as large as it fits, by their property --fit; gives the function that
 * does so for one of them after it was written.
 * @param {readonly HTMLElement[]} elements
 */
export function fitter(elements) {
  // Also when the screen is turned, or is seen for the first time.
  const observer = new ResizeObserver((seen) => seen.forEach(({ target }) => fit(/** @type {HTMLElement} */ (target))));
  for (const element of elements) observer.observe(element);
  return fit;
}

/** @param {HTMLElement} element */
function fit(element) {
  const whole = STEPS.filter((share) => share >= LEAST_WHOLE);
  if (!tried(element, whole, true)) tried(element, STEPS, false);
}

/**
 * Whether it fits at any of these sizes, the first of which it then has.
 * @param {HTMLElement} element
 * @param {readonly number[]} shares
 * @param {boolean} whole
 */
function tried(element, shares, whole) {
  element.classList.toggle("whole", whole);
  return shares.some((share) => {
    element.style.setProperty("--fit", String(share));
    return element.scrollWidth <= element.clientWidth && element.scrollHeight <= element.clientHeight;
  });
}
