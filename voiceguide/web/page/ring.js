// @ts-check
/** The ring that empties while a span goes on. */

/** What `r` is in index.html. */
const CIRCUMFERENCE = 2 * Math.PI * 45;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * Show how much of the state's span is left; steady, in steps of a second, for those who like no motion.
 * @param {SVGElement} ring
 * @param {import("./state.js").State} state
 */
export function drawRing(ring, state) {
  const { startMs, endMs, atMs, kind } = state;
  const left = startMs === null || endMs === null ? 0 : leftMs(endMs - atMs) / (endMs - startMs);
  const gap = (CIRCUMFERENCE * (1 - Math.min(1, left))).toFixed(2);
  if (ring.getAttribute("data-kind") !== kind) ring.setAttribute("data-kind", kind);
  const arc = /** @type {SVGElement} */ (ring.querySelector(".arc"));
  if (arc.getAttribute("stroke-dashoffset") !== gap) arc.setAttribute("stroke-dashoffset", gap);
}

/** @param {number} ms */
function leftMs(ms) {
  return calm.matches ? Math.ceil(ms / 1000) * 1000 : ms;
}
