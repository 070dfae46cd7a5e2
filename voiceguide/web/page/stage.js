// @ts-check
/** The session that is open: its sound, its screen, its keys, its place on the lock screen. */

import { giveWay, speakAlone } from "./alone.js";
import { stayAwake } from "./awake.js";
import { byId, write } from "./dom.js";
import { canKeep, drop } from "./kept.js";
import { placeMedia, showMedia, steer } from "./media.js";
import { remember } from "./memory.js";
import { leaveAt, leftAt } from "./places.js";
import { createPlayer } from "./player.js";
import { draw, drawSlider, listChapters, markChapter } from "./screen.js";
import { chapterPlaces } from "./seek.js";
import { stateAt } from "./state.js";
import { showProblems, tell } from "./status.js";
import { clock } from "./words.js";

/** @typedef {import("./making.js").Made} Made */

const REMEMBER_EVERY_MS = 5_000;

const seek = byId("seek", HTMLInputElement);
const awake = byId("awake", HTMLInputElement);

/** @type {Made|null} */
let open = null;
let source = "";
let chapter = -1;
let rememberedMs = 0;
let drawing = false;
let seeking = false;

const player = createPlayer(byId("audio", HTMLAudioElement), listen);

/** The player of the open session. */
export const stagePlayer = player;

/** The open session, null before there is one. */
export function openSession() {
  return open?.session ?? null;
}

/** The address in this page of the open session's sound. */
export function soundAddress() {
  return source;
}

/**
 * Put a session on the stage: where it was broken off a short while ago, else at its start. Gives the place in ms.
 * @param {Made} made
 */
export function raise(made) {
  open = made;
  chapter = -1;
  const { session, timeline, sound } = made;
  const startMs = leftAt(session.id, timeline.duration_ms);
  byId("resumed").hidden = !startMs;
  write(byId("resumed-words"), `You left this session at ${clock(startMs)}.`);
  for (const id of ["now-title", "now-side", "next-title"]) byId(id).lang = session.language;
  listChapters(timeline, (index) => player.seek(chapterPlaces(timeline)[index]));
  source = player.load(timeline, sound, startMs);
  render(startMs);
  return startMs;
}

/** Draw the moment it is now. */
export function refresh() {
  if (open) render(player.atMs());
}

/** @param {number} ms */
function render(ms) {
  if (!open) return;
  const { session, timeline } = open;
  const state = stateAt(timeline, ms);
  // A slider that changes under the focus is read out, over the guide's voice.
  draw(state, session.sides ?? {}, !seeking && document.activeElement !== seek);
  if (state.chapter !== chapter) {
    chapter = state.chapter;
    markChapter(chapter);
    showMedia(state, session.title, session.picture);
  }
}

function drawFrames() {
  if (drawing) return;
  drawing = true;
  const frame = () => {
    refresh();
    drawing = player.isPlaying();
    if (drawing) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** @param {import("./player.js").PlayerEvent} event */
function listen(event) {
  if (!open) return;
  const playing = player.isPlaying();
  document.documentElement.classList.toggle("playing", playing);
  write(byId("play-word"), playing ? "Pause" : event === "over" ? "Again" : "Play");
  refresh();
  const state = stateAt(open.timeline, player.atMs());
  if (event === "sought" || event === "over") drawSlider(state);
  if (event !== "place") placeMedia(state, playing);
  void stayAwake(playing && awake.checked);
  if (event === "play") {
    speakAlone();
    tell("");
    showProblems([]);
    drawFrames();
  } else if (event === "over") {
    tell("That was all. Again starts anew.");
  } else if (event === "blocked") {
    tell("Press Play once more.");
  } else if (event === "broken") {
    showProblems([{ message: "The sound cannot be played", hint: "Choose again to load it anew." }]);
    if (canKeep) void drop(open.session);
  }
  rememberPlace(event);
}

/** @param {import("./player.js").PlayerEvent} event */
function rememberPlace(event) {
  if (!open) return;
  const ms = player.atMs();
  if (event === "over") leaveAt(open.session.id, null);
  else if (event === "pause" || Math.abs(ms - rememberedMs) >= REMEMBER_EVERY_MS) {
    rememberedMs = ms;
    leaveAt(open.session.id, ms);
  }
}

function connect() {
  byId("play").addEventListener("click", player.toggle);
  byId("next").addEventListener("click", player.next);
  byId("back").addEventListener("click", player.previous);
  byId("from-start").addEventListener("click", () => {
    player.seek(0);
    byId("resumed").hidden = true;
    byId("play").focus();
  });
  seek.addEventListener("keydown", () => open && drawSlider(stateAt(open.timeline, player.atMs())));
  seek.addEventListener("pointerdown", () => (seeking = true));
  seek.addEventListener("input", () => player.seek(Number(seek.value) * 1000));
  // The slider follows again when the finger has left it.
  for (const name of ["pointerup", "pointercancel"]) {
    seek.addEventListener(name, () => {
      seeking = false;
      seek.blur();
    });
  }
  awake.addEventListener("change", () => {
    remember("awake", awake.checked);
    void stayAwake(awake.checked && player.isPlaying());
  });
  // What was hidden has not been drawn meanwhile.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") refresh();
    else rememberPlace("pause");
  });
  giveWay(player.pause);
  steer(player);
}

connect();
