// @ts-check
/** Where sessions were left on this phone, each its own place, to go on there a short while later. Places are whole ms. */

import { recall, remember } from "./memory.js";

/** @typedef {{ms: number, when: number}} Place */

const NAME = "places";
/** A session left longer ago than this begins anew. */
const WITHIN_MS = 60 * 60_000;
/** So little is soon heard again. */
const LEAST_MS = 15_000;

/**
 * Where the session of this id was left a short while ago, 0 where it is to begin anew.
 * @param {string} id
 * @param {number} durationMs
 */
export function leftAt(id, durationMs) {
  const ms = recent()[id]?.ms ?? 0;
  return ms > LEAST_MS && ms < durationMs ? ms : 0;
}

/**
 * Remember where a session is left; null where it was heard to its end.
 * @param {string} id
 * @param {number|null} ms
 */
export function leaveAt(id, ms) {
  const { [id]: _, ...others } = recent();
  remember(NAME, ms === null ? others : { ...others, [id]: { ms, when: Date.now() } });
}

function recent() {
  const places = Object.entries(recall(NAME, /** @type {Record<string, Place>} */ ({})));
  return Object.fromEntries(places.filter(([, { when }]) => Date.now() - when < WITHIN_MS));
}
