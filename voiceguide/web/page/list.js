// @ts-check
/** The list of routines, and of what is kept on this phone. */

import { byId, element } from "./dom.js";
import { length, size } from "./words.js";

/**
 * @typedef {import("./api.js").Listing} Listing
 * @typedef {import("./api.js").Routine} Routine
 * @typedef {import("./kept.js").Kept} Kept
 */

/**
 * Show the routines there are; those with a session kept here say so.
 * @param {readonly Routine[]} routines
 * @param {readonly Kept[]} kept
 */
export function showRoutines(routines, kept) {
  const here = new Set(kept.map(({ session }) => session.routine));
  byId("list-notes").hidden = false;
  const place = byId("routines");
  if (!isNew(place, [routines, [...here]])) return;
  place.replaceChildren(...routines.map((routine) => card(routine, here.has(routine.name))));
}

/**
 * Show the kept sessions, each with a button that is handed to `remove`, and one that is handed to `play` or a link to a page of
 * its own that plays it.
 * @param {Element} place
 * @param {readonly Kept[]} kept
 * @param {(kept: Kept) => string} describe
 * @param {{play?: (kept: Kept) => void, remove: (kept: Kept) => void}} actions
 */
export function showKept(place, kept, describe, { play, remove }) {
  if (!isNew(place, [kept, kept.map(describe)])) return;
  place.replaceChildren(
    ...kept.map((one) => {
      const words = describe(one);
      const title = element("span", { lang: one.session.language }, one.session.title);
      const facts = element("small", {}, [length(one.session.duration_ms), size(one.session.bytes), words].filter(Boolean).join(" · "));
      const detail = ` ${[one.session.title, words].filter(Boolean).join(", ")}`;
      const first = play ? pressed("Play", detail, () => play(one)) : element("a", { class: "button", href: keptHash(one.session) }, "Play", unseen(detail));
      first.classList.add("primary");
      return element("li", {}, element("p", {}, title, " ", facts), first, pressed("Remove", detail, () => remove(one)));
    }),
  );
}

/**
 * The place in this page of a kept session, which is there without its routine.
 * @param {{id: string}} session
 */
export function keptHash({ id }) {
  return `#/kept/${encodeURIComponent(id)}`;
}

/**
 * The place in this page of a routine.
 * @param {string} name
 */
export function routineHash(name) {
  return `#/${encodeURIComponent(name)}`;
}

/**
 * @param {string} name
 * @param {string} detail
 * @param {() => void} act
 */
function pressed(name, detail, act) {
  const button = element("button", { type: "button" }, name, unseen(detail));
  button.addEventListener("click", act);
  return button;
}

/** Words for those who do not see where a button stands. @param {string} words */
function unseen(words) {
  return element("span", { class: "unseen" }, words);
}

/** @type {WeakMap<Element, string>} */
const listed = new WeakMap();

/**
 * Whether a list is another than the one that stands there: the same is left alone, and with it the focus in it.
 * @param {Element} place
 * @param {unknown} contents
 */
function isNew(place, contents) {
  const text = JSON.stringify(contents);
  const before = listed.get(place);
  listed.set(place, text);
  return text !== before;
}

/**
 * What a routine takes: its length and what it needs, "11 min · needs wall, ball".
 * @param {Routine} routine
 */
export function facts(routine) {
  const needs = routine.needs.length ? `needs ${routine.needs.join(", ")}` : "nothing needed";
  return `${length(routine.duration_ms)} · ${needs}`;
}

/**
 * @param {Routine} routine
 * @param {boolean} here
 */
function card(routine, here) {
  const lang = routine.language;
  const link = element("a", { href: routineHash(routine.name), lang }, routine.title);
  const line = element("p", {}, facts(routine));
  if (here) line.append(" · ", element("span", { class: "here" }, "on this phone"));
  return element(
    "li",
    { class: "card" },
    element("img", { src: routine.picture, alt: "", width: 96, height: 96, loading: "lazy", decoding: "async" }),
    element("div", { class: "facts" }, element("h2", {}, link), line),
    element("p", { lang }, routine.summary),
  );
}
