// @ts-check
/**
 * Where the page begins: its addresses (#/ the list, #/NAME a routine, #/kept/ID a kept session), and whether the
 * computer is there.
 */

import { Trouble, listing as ask } from "./api.js";
import { address, byId, write } from "./dom.js";
import { describer } from "./keeping.js";
import { allKept, canKeep, drop, keepListing, keptListing } from "./kept.js";
import { listenToKeys } from "./keys.js";
import { keptHash, routineHash, showKept, showRoutines } from "./list.js";
import { recall, remember } from "./memory.js";
import { connectSession, leaveRoutine, raiseKept, setAway, showLone, showRoutine } from "./session.js";
import { openSession, refresh, stagePlayer } from "./stage.js";
import { tell } from "./status.js";

/** @typedef {import("./api.js").Listing} Listing */

const TRY_AGAIN_MS = 20_000;

/** @type {Listing|null} */
let listing = null;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let retry;
let away = false;
/** Whether the listing is the computer's own answer, or all there is while it gives none. */
let asked = false;

/** The name of the routine in the address, or the id of the kept session; both empty for the list. */
function inAddress() {
  const [, kept, text = ""] = /^#\/(kept\/)?(.*)$/.exec(location.hash) ?? [];
  try {
    const name = decodeURIComponent(text);
    return kept ? { name: "", id: name } : { name, id: "" };
  } catch {
    return { name: "", id: "" }; // what nobody linked to
  }
}

/** @param {string|undefined} name */
function routineOf(name) {
  return listing?.routines.find((one) => one.name === name);
}

/** Show what the address says; with `arrive` the focus goes to its heading. @param {boolean} arrive */
async function route(arrive) {
  const { name, id } = inAddress();
  if (name && !listing) return;
  const raised = id ? await raiseKept(id) : null;
  const session = openSession();
  const routine = routineOf(raised === null ? name : session?.routine);
  const lone = !routine && session && (session.id === id || session.routine === name) ? session : null;
  if (id && routine) history.replaceState(null, "", routineHash(routine.name));
  const title = routine?.title ?? lone?.title;
  byId("list-view").hidden = Boolean(title);
  byId("session-view").hidden = !title;
  byId("home").hidden = !title;
  byId("brand").hidden = Boolean(title);
  showGoing();
  document.title = `${title ?? "Routines"} · voiceguide`;
  if (routine && listing) {
    await showRoutine(routine, listing);
  } else if (lone) {
    showLone(lone);
  } else {
    leaveRoutine();
    document.documentElement.dataset.mode = "list";
    tell(missing(name, id));
    await showList();
  }
  if (arrive) {
    scrollTo(0, 0);
    byId(raised ? "play" : title ? "session-title" : "list-title").focus({ preventScroll: true });
  }
  if (raised) tell(raised);
}

/**
 * What is said of an address that leads to nothing.
 * @param {string} name
 * @param {string} id
 */
function missing(name, id) {
  if (id) return "This session is not kept on this phone any more.";
  if (!name) return "";
  return asked ? `There is no routine ${name}.` : "Looking for the routines.";
}

/** A way back to the session that is open, from everywhere else. */
function showGoing() {
  const session = openSession();
  const going = byId("going", HTMLAnchorElement);
  const { name, id } = inAddress();
  going.hidden = !session || session.routine === name || session.id === id;
  if (!session) return;
  going.href = routineOf(session.routine) ? routineHash(session.routine) : keptHash(session);
  write(going, `${stagePlayer.isPlaying() ? "Playing" : "Open"}: ${session.title}`);
  refresh();
}

async function showList() {
  const kept = await allKept();
  if (listing) showRoutines(listing.routines, kept);
  byId("kept-view").hidden = !kept.length;
  showKept(byId("kept"), kept, describer(listing), {
    remove: (one) => void drop(one.session).then(showList).then(() => byId("list-title").focus()),
  });
}

/** Ask the computer what there is; what was kept of it is shown until it answers. */
async function load() {
  clearTimeout(retry);
  if (!listing) {
    const before = await keptListing().catch(() => null); // a browser that refuses even to look
    if (before) await take(before);
    else await route(false);
  }
  if (!listing && !openSession()) tell("Looking for the routines.");
  try {
    const fresh = await ask();
    showAway(false);
    asked = true;
    await take(fresh);
    await keepListing(fresh).catch(() => {}); // no room: then there is no copy
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    const before = away;
    showAway(error.kind === "away");
    if (!listing || !away) showList().then(() => showListProblems(error));
    else if (!before) tell("Offline. Kept sessions still play.");
    retry = setTimeout(loadAgain, TRY_AGAIN_MS);
  }
}

/** Ask again where that is of use: not while a session plays, nor while nobody looks. */
function loadAgain() {
  clearTimeout(retry);
  if (stagePlayer.isPlaying()) retry = setTimeout(loadAgain, TRY_AGAIN_MS);
  else if (document.visibilityState === "visible") void load();
}

/** Show what there is now; a routine on the screen only where it is another now, and nothing plays. @param {Listing} fresh */
async function take(fresh) {
  const { name, id } = inAddress();
  const first = !listing;
  const before = JSON.stringify(routineOf(name));
  const same = JSON.stringify(fresh) === JSON.stringify(listing);
  listing = fresh;
  if (!same) showNotes(fresh);
  const now = JSON.stringify(routineOf(name));
  const changed = name ? !now || before !== now : !id && !same;
  if (first || (changed && !stagePlayer.isPlaying())) await route(false);
}

/** @param {Listing} fresh */
function showNotes(fresh) {
  byId("podcast").hidden = !fresh.feed;
  if (fresh.feed) {
    const feed = byId("feed", HTMLAnchorElement);
    feed.href = address(fresh.feed);
    write(feed, feed.href);
  }
}

/** @param {Trouble} error */
function showListProblems(error) {
  tell([error.problems[0]?.message, error.problems[0]?.hint].filter(Boolean).join(". "));
}

/** Say whether the computer can be reached. @param {boolean} isAway */
function showAway(isAway) {
  away = isAway;
  byId("offline").hidden = !away;
  setAway(away);
}

function begin() {
  const standalone = matchMedia("(display-mode: standalone)").matches;
  for (const note of document.querySelectorAll(".insecure")) note.toggleAttribute("hidden", window.isSecureContext);
  byId("install").hidden = !canKeep || standalone;
  for (const name of /** @type {const} */ (["awake", "letters"])) {
    const box = byId(name, HTMLInputElement);
    box.checked = recall(name, name === "letters");
    box.addEventListener("change", () => remember(name, box.checked));
  }
  connectSession(showAway, () => {
    void showList();
    showGoing();
  });
  listenToKeys(stagePlayer, () =>
    byId("stage").hidden || byId("session-view").hidden ? null : { letters: byId("letters", HTMLInputElement).checked },
  );
  addEventListener("hashchange", () => void route(true));
  for (const name of ["online", "offline"]) addEventListener(name, () => void load());
  document.addEventListener("visibilitychange", () => away && loadAgain());
  if ("serviceWorker" in navigator && window.isSecureContext) {
    navigator.serviceWorker.register("sw.js").catch(() => {}); // a private window: nothing is kept
  }
  void load();
}

begin();
