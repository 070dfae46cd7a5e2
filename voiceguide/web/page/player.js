// @ts-check
/** The session's sound in the page's audio element: the one clock that the screen follows. */

import { moved, nextChapter, previousChapter } from "./seek.js";

/**
 * @typedef {import("./state.js").Timeline} Timeline
 * @typedef {"play"|"pause"|"place"|"sought"|"over"|"blocked"|"broken"} PlayerEvent
 */

/**
 * A player of `audio` that tells `listen` what happens: it plays, pauses, goes on (`place`), was put elsewhere (`sought`), is over, may not start
 * without a touch (`blocked`), or cannot be decoded (`broken`).
 * @param {HTMLAudioElement} audio
 * @param {(event: PlayerEvent) => void} listen
 */
export function createPlayer(audio, listen) {
  /** @type {Timeline|null} */
  let timeline = null;
  let source = "";

  audio.addEventListener("play", () => listen("play"));
  audio.addEventListener("pause", () => listen("pause"));
  audio.addEventListener("ended", () => listen("over"));
  audio.addEventListener("error", () => source && listen("broken"));
  audio.addEventListener("seeking", () => listen("sought"));
  for (const name of ["seeked", "timeupdate", "loadedmetadata"]) {
    audio.addEventListener(name, () => listen("place"));
  }

  /** Where it is, in whole ms; the end once it is over. */
  function atMs() {
    if (!timeline) return 0;
    // Rounded, as a place that was sought is not given back to the last bit.
    return audio.ended ? timeline.duration_ms : Math.min(Math.round(audio.currentTime * 1000), timeline.duration_ms);
  }

  /** @param {number} ms */
  function seek(ms) {
    audio.currentTime = Math.min(ms / 1000, Number.isFinite(audio.duration) ? audio.duration : Infinity);
  }

  /** @param {(timeline: Timeline, ms: number) => number} rule */
  function go(rule) {
    if (timeline) seek(rule(timeline, atMs()));
  }

  async function play() {
    try {
      await audio.play();
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "";
      if (name === "NotAllowedError") listen("blocked");
      else if (name !== "AbortError") listen("broken"); // a pause at once is no fault
    }
  }

  return {
    /**
     * Take up another session, at `startMs`; gives the address of its sound in this page.
     * @param {Timeline} session
     * @param {Blob} sound
     * @param {number} startMs
     */
    load(session, sound, startMs) {
      audio.pause();
      if (source) URL.revokeObjectURL(source);
      timeline = session;
      source = URL.createObjectURL(sound);
      audio.src = source;
      audio.load();
      if (startMs) audio.addEventListener("loadedmetadata", () => seek(startMs), { once: true });
      return source;
    },
    atMs,
    seek,
    play,
    pause: () => audio.pause(),
    toggle: () => (audio.paused ? void play() : audio.pause()),
    next: () => go(nextChapter),
    previous: () => go(previousChapter),
    /** @param {number} ms */
    move: (ms) => go((session, at) => moved(session, at, ms)),
    isPlaying: () => !audio.paused && !audio.ended,
  };
}

/** @typedef {ReturnType<typeof createPlayer>} Player */
