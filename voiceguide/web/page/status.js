// @ts-check
/** What is told in a line that screen readers read out: progress, readiness, errors; never while the guide speaks. */

import { byId, element, write } from "./dom.js";

/** @typedef {import("./api.js").Problem} Problem */

/**
 * Tell this, or with an empty text nothing any more.
 * @param {string} text
 */
export function tell(text) {
  write(byId("status"), text);
}

/**
 * Show problems with what to do about each, and tell the first; none clears them.
 * @param {readonly Problem[]} problems
 */
export function showProblems(problems) {
  const place = byId("problems");
  place.hidden = !problems.length;
  place.replaceChildren(
    ...problems.map(({ message, hint }) =>
      element("p", {}, element("strong", {}, sentence(message)), ...(hint ? [" ", sentence(hint)] : [])),
    ),
  );
  if (problems.length) tell("That did not work.");
}

/**
 * The text with a capital and a full stop.
 * @param {string} text
 */
function sentence(text) {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
