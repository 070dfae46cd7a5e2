// @ts-check
/** The lock screen and the headset (Media Session): what they show, and what their keys do. */

import { address } from "./dom.js";

/**
 * @typedef {import("./player.js").Player} Player
 * @typedef {import("./state.js").State} State
 */

const STEP_S = 10;

/** iPhones show keys of 10 seconds instead of next and previous where both are set. */
const PREFERS_STEPS = /iP(hone|ad|od)/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

/**
 * Let the keys of lock screen and headset steer the player: next and previous go by exercise.
 * @param {Player} player
 */
export function steer(player) {
  on("play", () => void player.play());
  on("pause", () => player.pause());
  on("stop", () => player.pause());
  on("previoustrack", () => player.previous());
  on("nexttrack", () => player.next());
  on("seekto", ({ seekTime }) => seekTime != null && player.seek(Math.round(seekTime * 1000)));
  if (PREFERS_STEPS) return;
  on("seekbackward", ({ seekOffset }) => player.move(-1000 * (seekOffset ?? STEP_S)));
  on("seekforward", ({ seekOffset }) => player.move(1000 * (seekOffset ?? STEP_S)));
}

/**
 * Show the exercise as the title, the routine as its artist.
 * @param {State} state
 * @param {string} routine
 * @param {string} picture
 */
export function showMedia(state, routine, picture) {
  if (!("mediaSession" in navigator)) return;
  const artwork = [{ src: address(picture), sizes: "600x600", type: "image/png" }];
  navigator.mediaSession.metadata = new MediaMetadata({ title: state.title, artist: routine, album: "voiceguide", artwork });
}

/**
 * Tell where the session is and whether it plays.
 * @param {State} state
 * @param {boolean} playing
 */
export function placeMedia(state, playing) {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.playbackState = playing ? "playing" : "paused";
  const duration = state.totalMs / 1000;
  navigator.mediaSession.setPositionState?.({ duration, position: state.atMs / 1000, playbackRate: 1 });
}

/**
 * @param {MediaSessionAction} action
 * @param {MediaSessionActionHandler} handler
 */
function on(action, handler) {
  if (!("mediaSession" in navigator)) return;
  try {
    navigator.mediaSession.setActionHandler(action, handler);
  } catch {
    // An action that this browser does not know has no key either.
  }
}
