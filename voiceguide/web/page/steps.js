// @ts-check
/** How far the making of a session is, on the screen and for screen readers. */

import { byId, write } from "./dom.js";
import { tell } from "./status.js";

/** @typedef {import("./making.js").Step} Step */

const progress = byId("progress", HTMLProgressElement);

/**
 * Show a step, and tell it.
 * @param {Step} step
 */
export function showStep(step) {
  const words = byId("making-words");
  if ("done" in step) {
    const percent = Math.floor(100 * Math.min(1, step.done));
    progress.value = percent;
    const name = step.phase === "rendering" ? "Making your session" : "Loading it";
    write(words, `${name}: ${percent} %`);
    // Heard by quarters: a number a second would be a flood.
    tell(`${name}: ${percent - (percent % 25)} %`);
    return;
  }
  progress.removeAttribute("value");
  const ahead = step.phase === "waiting" ? step.ahead : 0;
  const text =
    step.phase === "lost" ? "The computer does not answer: asking again"
    : step.phase === "busy" ? "The computer is busy: waiting to ask again"
    : ahead ? `Waiting: ${ahead} before yours`
    : "Asking for your session";
  write(words, text);
  tell(text);
}
