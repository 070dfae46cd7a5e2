// @ts-check
/** Sessions kept on this phone with their sound (Cache Storage), to be played where there is no network. */

import { address } from "./dom.js";

/**
 * @typedef {import("./api.js").Listing} Listing
 * @typedef {import("./api.js").Session} Session
 * @typedef {import("./api.js").Wish} Wish
 * @typedef {import("./state.js").Timeline} Timeline
 * @typedef {{session: Session, wish: Wish, keptAt: number}} Kept
 */

/** Read by sw.js too. */
const STORE = "voiceguide-kept";
const LISTING = "kept/routines";

/** Whether this browser keeps anything here: only where the connection is secure. */
export const canKeep = window.isSecureContext && "caches" in window;

/**
 * Keep a session. Throws what the browser throws (QuotaExceededError); then nothing of it is kept.
 * @param {Session} session
 * @param {Wish} wish
 * @param {Timeline} timeline
 * @param {Blob} sound
 */
export async function keep(session, wish, timeline, sound) {
  const store = await caches.open(STORE);
  try {
    await store.put(address(session.audio), new Response(sound, { headers: { "Content-Type": sound.type } }));
    await store.put(address(session.timeline), json(timeline));
    await store.put(recordAddress(session.id), json({ session, wish, keptAt: Date.now() }));
  } catch (error) {
    await drop(session);
    throw error;
  }
  await copy(session.picture);
}

/**
 * What is kept below this page's address, the latest first.
 * @returns {Promise<Kept[]>}
 */
export async function allKept() {
  if (!canKeep) return [];
  const store = await caches.open(STORE);
  const records = (await store.keys()).filter(({ url }) => url.startsWith(address("kept/sessions/")));
  const answers = await Promise.all(records.map((record) => store.match(record)));
  /** @type {Kept[]} */
  const kept = await Promise.all(answers.flatMap((answer) => (answer ? [answer.json()] : [])));
  return kept.sort((one, other) => other.keptAt - one.keptAt);
}

/**
 * The timeline and the sound of a kept session; null where the browser has dropped either.
 * @param {Session} session
 * @returns {Promise<{timeline: Timeline, sound: Blob}|null>}
 */
export async function openKept(session) {
  if (!canKeep) return null;
  const store = await caches.open(STORE);
  if (!(await store.match(recordAddress(session.id)))) return null;
  const [sound, timeline] = await Promise.all(
    [session.audio, session.timeline].map((path) => store.match(address(path))),
  );
  return sound && timeline ? { sound: await sound.blob(), timeline: await timeline.json() } : null;
}

/**
 * Keep a session no longer; its record goes first, so that none is ever listed without its sound.
 * @param {Session} session
 */
export async function drop(session) {
  const store = await caches.open(STORE);
  for (const where of [recordAddress(session.id), address(session.timeline), address(session.audio)]) {
    await store.delete(where);
  }
}

/**
 * Keep a copy of the list of routines with its pictures.
 * @param {Listing} listing
 */
export async function keepListing(listing) {
  if (!canKeep) return;
  const store = await caches.open(STORE);
  await store.put(address(LISTING), json(listing));
  await Promise.all(listing.routines.map(({ picture }) => copy(picture)));
}

/**
 * The copy of the list of routines, if there is one.
 * @returns {Promise<Listing|null>}
 */
export async function keptListing() {
  if (!canKeep) return null;
  const answer = await (await caches.open(STORE)).match(address(LISTING));
  return answer ? answer.json() : null;
}

/**
 * Keep a picture, which may be done without.
 * @param {string} picture
 */
async function copy(picture) {
  const store = await caches.open(STORE);
  await store.add(address(picture)).catch(() => {});
}

/**
 * Whether two wishes are for the same.
 * @param {Wish} one
 * @param {Wish} other
 */
export function sameWish(one, other) {
  const keys = /** @type {const} */ (["routine", "dose", "fit", "talk", "language", "voice"]);
  return keys.every((key) => one[key] === other[key]);
}

/** @param {string} id */
function recordAddress(id) {
  return address(`kept/sessions/${encodeURIComponent(id)}`);
}

/** @param {unknown} value */
function json(value) {
  return new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
}
