// @ts-check
/** From a wish to a session that can be played: asked for, waited for, loaded whole. */

import { Trouble, ask, forget, session as look, wishFor } from "./api.js";
import { PATIENCE_MS, download, pause } from "./download.js";
import { openKept } from "./kept.js";

/**
 * @typedef {import("./api.js").Session} Session
 * @typedef {import("./api.js").Wish} Wish
 * @typedef {import("./state.js").Timeline} Timeline
 * @typedef {{session: Session, timeline: Timeline, sound: Blob}} Made
 * @typedef {{phase: "asking"} | {phase: "busy"} | {phase: "lost"} | {phase: "waiting", ahead: number}
 *   | {phase: "rendering"|"loading", done: number}} Step
 */

const LOOK_EVERY_MS = 700;
const ASK_AGAIN_MS = 1_500;
/** Nobody looked for too long (the phone slept), or it was thrown away just now: asked for again so often. */
const AGAIN = 3;

/**
 * Make what is wished for; `onStep` is told how far it is, with `done` from 0 to 1. Throws Trouble, or AbortError when
 * `signal` ends it.
 * @param {Wish} wish
 * @param {(step: Step) => void} onStep
 * @param {AbortSignal} signal
 * @returns {Promise<Made>}
 */
export async function make(wish, onStep, signal) {
  for (let attempt = 1; ; attempt++) {
    try {
      const session = await rendered(wish, onStep, signal);
      const kept = await openKept(session);
      return kept ? { session, ...kept } : await loaded(session, onStep, signal);
    } catch (error) {
      if (!(error instanceof Trouble && error.kind === "unknown") || attempt === AGAIN) throw error;
    }
  }
}

/**
 * @param {Wish} wish
 * @param {(step: Step) => void} onStep
 * @param {AbortSignal} signal
 */
async function rendered(wish, onStep, signal) {
  onStep({ phase: "asking" });
  let session = await askUntilFree(wish, onStep, signal);
  const leave = () => forget(session.id);
  signal.addEventListener("abort", leave);
  try {
    while (session.state === "waiting" || session.state === "rendering") {
      if (session.state === "waiting") onStep({ phase: "waiting", ahead: session.ahead ?? 0 });
      else onStep({ phase: "rendering", done: session.done ?? 0 });
      await pause(LOOK_EVERY_MS, signal);
      session = await patiently(() => look(session.id, signal), () => onStep({ phase: "lost" }), signal);
    }
  } finally {
    signal.removeEventListener("abort", leave);
  }
  if (session.state === "failed") {
    throw new Trouble("refused", session.problems?.length ? session.problems : [{ message: "It could not be made" }]);
  }
  return session;
}

/**
 * The wish, asked for again while the computer has too much to do.
 * @param {Wish} wish
 * @param {(step: Step) => void} onStep
 * @param {AbortSignal} signal
 */
async function askUntilFree(wish, onStep, signal) {
  for (;;) {
    try {
      return await wishFor(wish, signal);
    } catch (error) {
      if (!(error instanceof Trouble && error.kind === "busy")) throw error;
      onStep({ phase: "busy" });
      await pause(error.retryMs, signal);
    }
  }
}

/**
 * What is asked for; a network that is lost for a while (`onLost` is told) is no harm.
 * @template T
 * @param {() => Promise<T>} request
 * @param {() => void} onLost
 * @param {AbortSignal} signal
 */
async function patiently(request, onLost, signal) {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await request();
    } catch (error) {
      const passes = error instanceof Trouble && (error.kind === "away" || error.kind === "busy");
      if (!passes || performance.now() > until) throw error;
      onLost();
      await pause(ASK_AGAIN_MS, signal);
    }
  }
}

/**
 * @param {Session} session
 * @param {(step: Step) => void} onStep
 * @param {AbortSignal} signal
 * @returns {Promise<Made>}
 */
async function loaded(session, onStep, signal) {
  onStep({ phase: "loading", done: 0 });
  const onLost = () => onStep({ phase: "lost" });
  const timeline = await (await patiently(() => ask(session.timeline, { signal }), onLost, signal)).json();
  const onProgress = (/** @type {number} */ sofar) => onStep({ phase: "loading", done: sofar / session.bytes });
  const sound = await download(session.audio, session.bytes, "audio/mpeg", onProgress, signal);
  return { session, timeline, sound };
}
