// @ts-check
/** Where Back and Next lead: the rules of the program's own player (voiceguide/seek.py). Places are whole ms. */

import { countStarted } from "./state.js";

/** @typedef {import("./state.js").Timeline} Timeline */

/** Up to here into a chapter, going back means the chapter before. */
const RESTART_WITHIN_MS = 3_000;

/**
 * The start of the chapter after the one at `ms`, the end of the session in the last one.
 * @param {Timeline} timeline
 * @param {number} ms
 */
export function nextChapter(timeline, ms) {
  return chapterPlaces(timeline).find((place) => place > ms) ?? timeline.duration_ms;
}

/**
 * The start of the chapter at `ms`, within its first 3 s that of the one before.
 * @param {Timeline} timeline
 * @param {number} ms
 */
export function previousChapter(timeline, ms) {
  const begun = chapterPlaces(timeline).filter((place) => place <= ms);
  const at = begun.at(-1) ?? 0;
  return ms - at > RESTART_WITHIN_MS ? at : (begun.at(-2) ?? at);
}

/**
 * The place `byMs` from `ms`, inside the session; in a cue its start, or its end where that would not lead forward.
 * @param {Timeline} timeline
 * @param {number} ms
 * @param {number} byMs
 */
export function moved(timeline, ms, byMs) {
  const target = Math.min(Math.max(ms + byMs, 0), timeline.duration_ms);
  const cue = cueAround(timeline, target);
  if (!cue) return target;
  return byMs > 0 && cue.start_ms <= ms ? cue.end_ms : cue.start_ms;
}

/**
 * Where each chapter is taken up: at its start, or after the tone that reaches into it.
 * @param {Timeline} timeline
 */
export function chapterPlaces(timeline) {
  return timeline.chapters.map(({ start_ms }) => cueAround(timeline, start_ms)?.end_ms ?? start_ms);
}

/**
 * The cue that has begun before `ms` and ends after it.
 * @param {Timeline} timeline
 * @param {number} ms
 */
function cueAround(timeline, ms) {
  const cue = timeline.cues[countStarted(timeline.cues, ms - 1) - 1];
  return cue && ms < cue.end_ms ? cue : null;
}
