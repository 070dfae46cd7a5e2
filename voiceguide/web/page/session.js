// @ts-check
/** The page of one routine: choosing, making, playing; or of a session whose routine is gone: playing. */

import { Trouble } from "./api.js";
import { canStayAwake } from "./awake.js";
import { chosen, offer } from "./choices.js";
import { address, byId, element, write } from "./dom.js";
import { describer, keepMade, showKeptThis } from "./keeping.js";
import { allKept, drop, openKept, sameWish } from "./kept.js";
import { facts, showKept } from "./list.js";
import { make } from "./making.js";
import { openSession, raise, soundAddress, stagePlayer } from "./stage.js";
import { showProblems, tell } from "./status.js";
import { showStep } from "./steps.js";
import { clock } from "./words.js";

/**
 * @typedef {import("./api.js").Listing} Listing
 * @typedef {import("./api.js").Routine} Routine
 * @typedef {import("./api.js").Wish} Wish
 * @typedef {import("./kept.js").Kept} Kept
 * @typedef {import("./making.js").Made} Made
 * @typedef {import("./api.js").Session} Session
 */

const downloadLink = byId("download", HTMLAnchorElement);

/** @type {{name: string, routine: Routine, listing: Listing}|{name: string, routine: null, listing: null}|null} */
let shown = null;
/** Also while it has not answered yet. */
let computerAway = true;
/** @type {AbortController|null} */
let making = null;
/** @type {(away: boolean) => void} */
let tellAway = () => {};
/** @type {(() => void)} */
let changed = () => {};

/**
 * Connect the page; `onAway` is told whether the computer answered last, `onChange` that another session is open or kept.
 * @param {(away: boolean) => void} onAway
 * @param {() => void} onChange
 */
export function connectSession(onAway, onChange) {
  tellAway = onAway;
  changed = onChange;
  byId("choices").addEventListener("submit", (event) => {
    event.preventDefault();
    if (shown?.routine) void start(chosen(shown.routine));
  });
  byId("cancel").addEventListener("click", () => {
    stopMaking();
    tell("Cancelled.");
    showMode("choose");
    byId("make").focus();
  });
  byId("again").addEventListener("click", () => {
    stagePlayer.pause();
    showMode("choose");
    byId("session-title").focus();
  });
  byId("return").addEventListener("click", () => {
    showMode("playing");
    byId("play").focus();
  });
  byId("forget").addEventListener("click", () => void forgetOpen());
  const awake = byId("awake", HTMLInputElement);
  awake.disabled = !canStayAwake;
  if (!canStayAwake) write(byId("awake-note"), "this browser cannot do it on this connection");
}

/**
 * Show a routine: its session if that is open, else what there is to choose.
 * @param {Routine} routine
 * @param {Listing} listing
 */
export async function showRoutine(routine, listing) {
  if (shown?.name !== routine.name) stopMaking();
  shown = { name: routine.name, routine, listing };
  showProblems([]);
  if (!making) tell("");
  showTitle(routine.title, routine.language);
  const summary = byId("summary");
  write(summary, routine.summary);
  summary.lang = routine.language;
  write(byId("facts"), facts(routine));
  byId("picture", HTMLImageElement).src = address(routine.picture);
  offer(routine, listing);
  showMode(making ? "making" : openSession()?.routine === routine.name ? "playing" : "choose");
  await showKeptHere();
}

/**
 * Show the open session by itself: its routine is not there, or not any more.
 * @param {Session} session
 */
export function showLone(session) {
  stopMaking();
  shown = { name: session.routine, routine: null, listing: null };
  showProblems([]);
  tell("");
  showTitle(session.title, session.language);
  showMode("playing");
}

/**
 * @param {string} words
 * @param {string} language
 */
function showTitle(words, language) {
  const title = byId("session-title");
  write(title, words);
  title.lang = language;
}

/** Leave the page of a routine: what is being made is not wanted any more, what plays goes on. */
export function leaveRoutine() {
  stopMaking();
  shown = null;
}

/** Whether the computer can be reached decides where the sound is downloaded from. @param {boolean} away */
export function setAway(away) {
  computerAway = away;
  showDownload();
}

function showDownload() {
  const session = openSession();
  if (!session) return;
  downloadLink.href = computerAway ? soundAddress() : address(`${session.audio}?download`);
  downloadLink.download = session.download;
}

/** @param {"choose"|"making"|"playing"} mode */
function showMode(mode) {
  // What another mode shows is laid out anew: nothing slides from one place to another.
  const view = byId("session-view");
  view.replaceChildren(...view.childNodes);
  byId("choose").hidden = mode !== "choose";
  byId("making").hidden = mode !== "making";
  byId("stage").hidden = mode !== "playing";
  byId("return").hidden = openSession()?.routine !== shown?.name;
  byId("again").hidden = !shown?.routine;
  document.documentElement.dataset.mode = mode;
  scrollTo(0, 0);
}

/** Make what is wished for and put it on the stage. @param {Wish} wish */
async function start(wish) {
  stopMaking();
  showProblems([]);
  if (computerAway && (await playKept(wish))) return;
  const mine = (making = new AbortController());
  showMode("making");
  byId("cancel").focus();
  try {
    const made = await make(wish, showStep, mine.signal);
    if (making !== mine) return;
    making = null;
    tellAway(false);
    const startMs = lift(made);
    present(wish.routine);
    const ready = await keepMade(made, wish);
    await showKeptThis();
    changed();
    // Told at once: of two sentences one after the other the first is not read out.
    if (!stagePlayer.isPlaying()) tell([ready, wordsOf(startMs)].filter(Boolean).join(" "));
  } catch (error) {
    if (mine.signal.aborted) return;
    making = null;
    if (!(error instanceof Trouble)) throw error;
    if (error.kind === "away") {
      tellAway(true);
      if (await playKept(wish)) return;
    }
    showMode("choose");
    showProblems(error.problems);
    byId("problems").focus();
  }
}

/** Put a session on the stage; gives the place in ms where it goes on. @param {Made} made */
function lift(made) {
  const startMs = raise(made);
  showDownload();
  const { told } = made.session;
  byId("told").hidden = !told?.length;
  byId("told-list").replaceChildren(...(told ?? []).map((line) => element("li", {}, line)));
  changed();
  return startMs;
}

/** Show the stage, if the page of this routine is. @param {string} routine */
function present(routine) {
  if (shown?.name !== routine) return;
  showMode("playing");
  byId("play").focus();
}

/** Where a session goes on that was left at `ms`, if it was. @param {number} ms */
function wordsOf(ms) {
  return ms ? `You left at ${clock(ms)}: Play goes on there.` : "";
}

/** Where the computer is away: the same session, if it is kept. @param {Wish} wish */
async function playKept(wish) {
  const same = (await allKept()).find((one) => sameWish(one.wish, wish));
  return same ? openFromKept(same) : false;
}

/** @param {Kept} one */
async function openFromKept({ session }) {
  const words = await raiseKept(session.id);
  if (words === null) {
    await showKeptHere();
    showProblems([{ message: "The browser has thrown this session away", hint: "Make it again where there is a network." }]);
    return false;
  }
  present(session.routine);
  tell(words);
  return true;
}

/**
 * Put a kept session on the stage, unless it is there; gives what is to be told of it, null where it is not kept any more.
 * @param {string} id
 */
export async function raiseKept(id) {
  if (openSession()?.id === id) return "";
  const one = (await allKept()).find(({ session }) => session.id === id);
  const found = one ? await openKept(one.session) : null;
  if (!one || !found) {
    if (one) await drop(one.session);
    return null;
  }
  const startMs = lift({ session: one.session, ...found });
  await showKeptThis();
  return wordsOf(startMs) || "Ready. Press Play.";
}

/** What is kept of the routine that is shown, to play at once. */
async function showKeptHere() {
  const routine = shown?.routine;
  if (!routine) return;
  const kept = (await allKept()).filter(({ session }) => session.routine === routine.name);
  byId("kept-here").hidden = !kept.length;
  showKept(byId("kept-sessions"), kept, describer(shown?.listing), {
    play: (one) => void openFromKept(one),
    remove: (one) => void drop(one.session).then(changed).then(showKeptHere),
  });
}

async function forgetOpen() {
  const session = openSession();
  if (!session) return;
  await drop(session);
  await showKeptThis();
  await showKeptHere();
  changed();
  tell("It is no longer kept on this phone.");
  byId("download").focus();
}

function stopMaking() {
  making?.abort();
  making = null;
}
