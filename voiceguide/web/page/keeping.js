// @ts-check
/** Whether the open session is kept on this phone, and what is said of one that is. */

import { byId, write } from "./dom.js";
import { allKept, canKeep, drop, keep, sameWish } from "./kept.js";
import { openSession } from "./stage.js";
import { choices, size } from "./words.js";

/**
 * @typedef {import("./api.js").Listing} Listing
 * @typedef {import("./api.js").Wish} Wish
 * @typedef {import("./kept.js").Kept} Kept
 * @typedef {import("./making.js").Made} Made
 */

/**
 * Keep what was made, in the place of what was made of the same wish before. Gives what is to be told of it.
 * @param {Made} made
 * @param {Wish} wish
 */
export async function keepMade(made, wish) {
  if (!canKeep) return "Ready. Press Play.";
  try {
    const before = await allKept();
    const here = before.some((one) => one.session.id === made.session.id);
    if (!here) await keep(made.session, wish, made.timeline, made.sound);
    const older = before.filter((one) => sameWish(one.wish, wish) && one.session.id !== made.session.id);
    for (const one of older) await drop(one.session);
    return "Ready, and kept on this phone.";
  } catch {
    return "Ready. There is no room to keep it.";
  }
}

/** Show whether the open session is kept. */
export async function showKeptThis() {
  const session = openSession();
  const kept = session ? (await allKept()).some((one) => one.session.id === session.id) : false;
  byId("kept-this").hidden = !kept;
  if (session) write(byId("kept-size"), size(session.bytes));
}

/**
 * What puts the choices of a kept session in a line.
 * @param {Listing|null|undefined} listing
 * @returns {(kept: Kept) => string}
 */
export function describer(listing) {
  const names = new Map(listing?.languages.map(({ code, name }) => [code, name]));
  return ({ wish }) => choices(wish, (code) => names.get(code) ?? code);
}
