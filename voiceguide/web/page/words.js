// @ts-check
/** What a person reads: states, times, lengths and choices in words. Pure. */

/** @typedef {import("./state.js").State} State */

/** @type {Record<State["kind"], string>} */
const KINDS = {
  "get-ready": "Get ready",
  hold: "Hold",
  rep: "Rep",
  breath: "Breath",
  rest: "Rest",
  switch: "Switch sides",
  pause: "Silence",
  wait: "Wait",
  listen: "Listen",
  over: "The end",
};

const TALK = { full: "all the words", brief: "few words", tones: "tones only" };

/** From here on a time left is in minutes and seconds. */
const MOST_SECONDS = 99;

/**
 * What is to be done: "Hold", "Rep 2 of 5", "Hold, rep 2 of 5".
 * @param {State} state
 */
export function doing(state) {
  const kind = KINDS[state.kind];
  if (state.kind === "rep" || state.kind === "breath") return numbered(kind, state.rep, state.reps) || kind;
  return [kind, numbered("rep", state.rep, state.reps)].filter(Boolean).join(", ");
}

/**
 * Which set of how many, empty where there is one.
 * @param {State} state
 */
export function setOf(state) {
  return numbered("Set", state.set, state.sets);
}

/**
 * The whole seconds left of the span, rounded up, as m:ss from 100 on; empty without a span.
 * @param {State} state
 */
export function secondsLeft(state) {
  if (state.endMs === null) return "";
  const seconds = Math.ceil((state.endMs - state.atMs) / 1000);
  return seconds > MOST_SECONDS ? clock(seconds * 1000) : String(seconds);
}

/**
 * A time as m:ss or h:mm:ss, whole seconds.
 * @param {number} ms
 */
export function clock(ms) {
  const whole = Math.floor(ms / 1000);
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const end = String(seconds).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${end}` : `${minutes}:${end}`;
}

/**
 * A time as it is said: "4 minutes 20 seconds".
 * @param {number} ms
 */
export function spoken(ms) {
  const whole = Math.floor(ms / 1000);
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const parts = [plural(hours, "hour"), plural(minutes, "minute"), plural(seconds, "second")];
  return parts.filter(Boolean).join(" ") || "0 seconds";
}

/**
 * The length of a session: "11 min", seconds under one.
 * @param {number} ms
 */
export function length(ms) {
  return ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}

/**
 * A size: "5.4 MB".
 * @param {number} bytes
 */
export function size(bytes) {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/**
 * A dose in a word and its number: "Gentle, 0 %".
 * @param {number} percent
 */
export function dose(percent) {
  const steps = /** @type {const} */ ([[100, "Full"], [70, "Strong"], [40, "Middle"], [1, "Light"]]);
  const word = steps.find(([least]) => percent >= least)?.[1] ?? "Gentle";
  return `${word}, ${percent} %`;
}

/**
 * The choices of a session in a line, empty where nothing was chosen: "Light, 20 %, few words, Deutsch".
 * @param {import("./api.js").Wish} wish
 * @param {(code: string) => string} languageName
 */
export function choices(wish, languageName) {
  const amount = wish.fit ? `at most ${parseInt(wish.fit, 10)} min` : wish.dose === undefined ? "" : dose(wish.dose);
  const language = wish.language ? languageName(wish.language) : "";
  const line = [amount, wish.talk ? TALK[wish.talk] : "", language, wish.voice ?? ""].filter(Boolean).join(", ");
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/**
 * @param {number} count
 * @param {string} unit
 */
function plural(count, unit) {
  return count ? `${count} ${unit}${count === 1 ? "" : "s"}` : "";
}

/**
 * Which of how many, where there are several: nobody counts a single set.
 * @param {string} name
 * @param {number|null} number
 * @param {number|null} total
 */
function numbered(name, number, total) {
  if (number === null || total === 1) return "";
  return total === null ? `${name} ${number}` : `${name} ${number} of ${total}`;
}
