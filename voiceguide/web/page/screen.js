// @ts-check
/** What the screen shows of a session at a moment; only what has changed is written. */

import { byId, element, write, writeInLine } from "./dom.js";
import { fitter } from "./fit.js";
import { drawRing } from "./ring.js";
import { clock, doing, secondsLeft, setOf, spoken } from "./words.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Timeline} Timeline
 */

const seek = byId("seek", HTMLInputElement);
const ring = /** @type {SVGElement} */ (document.querySelector("#ring"));
const part = {
  title: byId("now-title"),
  what: byId("now-what"),
  side: byId("now-side"),
  set: byId("now-set"),
  seconds: byId("ring-seconds"),
  unit: byId("ring-unit"),
  next: byId("next-title"),
  nextLine: byId("next-line"),
  elapsed: byId("elapsed"),
  total: byId("total"),
  now: byId("now"),
};
const fit = fitter([part.title, part.nextLine]);

/**
 * Draw a state; `sides` are the session's own words for them. `steer` is false while someone has the slider.
 * @param {State} state
 * @param {Record<string, string>} sides
 * @param {boolean} steer
 */
export function draw(state, sides, steer) {
  if (part.title.textContent !== state.title) {
    part.title.textContent = state.title;
    fit(part.title);
  }
  if (part.now.dataset.kind !== state.kind) part.now.dataset.kind = state.kind;
  write(part.what, doing(state));
  writeInLine(part.side, state.side ? (sides[state.side] ?? state.side) : "");
  writeInLine(part.set, setOf(state));
  const left = secondsLeft(state);
  write(part.seconds, left);
  part.seconds.dataset.letters = String(left.length);
  write(part.unit, !left || left.includes(":") ? (left && "left") : "seconds left");
  drawRing(ring, state);
  if (part.next.textContent !== (state.next ?? "")) {
    writeInLine(part.next, state.next ?? "");
    part.nextLine.classList.toggle("none", !state.next);
    fit(part.nextLine);
  }
  writeInLine(part.elapsed, clock(state.atMs));
  writeInLine(part.total, clock(state.totalMs));
  if (steer) drawSlider(state);
}

/**
 * Put the slider where the session is.
 * @param {State} state
 */
export function drawSlider(state) {
  seek.max = String(Math.ceil(state.totalMs / 1000));
  const value = state.kind === "over" ? seek.max : String(Math.floor(state.atMs / 1000));
  if (seek.value !== value) seek.value = value;
  const text = `${spoken(state.atMs)} of ${spoken(state.totalMs)}`;
  if (seek.getAttribute("aria-valuetext") !== text) seek.setAttribute("aria-valuetext", text);
  const share = `${((100 * state.atMs) / Math.max(1, state.totalMs)).toFixed(1)}%`;
  if (seek.style.getPropertyValue("--share") !== share) seek.style.setProperty("--share", share);
}

/**
 * List the chapters, each a button that is handed to `go`.
 * @param {Timeline} timeline
 * @param {(chapter: number) => void} go
 */
export function listChapters(timeline, go) {
  byId("chapters").replaceChildren(
    ...timeline.chapters.map(({ title, start_ms }, index) => {
      const time = element("span", { class: "time" }, clock(start_ms));
      const button = element("button", { type: "button" }, element("span", { lang: timeline.language }, title), " ", time);
      button.addEventListener("click", () => go(index));
      return element("li", {}, button);
    }),
  );
}

/**
 * Mark the chapter that is heard.
 * @param {number} chapter
 */
export function markChapter(chapter) {
  byId("chapters").querySelectorAll("button").forEach((button, index) => {
    if (index === chapter) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  });
}
