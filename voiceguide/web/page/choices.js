// @ts-check
/** What a listener chooses of a session: dose or length, how much it talks, language and voice. */

import { byId, element, write } from "./dom.js";
import { recall, remember } from "./memory.js";
import { dose } from "./words.js";

/**
 * @typedef {import("./api.js").Listing} Listing
 * @typedef {import("./api.js").Routine} Routine
 * @typedef {import("./api.js").Wish} Wish
 * @typedef {{dose?: number, fit?: string}} Amount
 * @typedef {Pick<Wish, "talk"|"language"|"voice">} Manner
 */

const MOST_MINUTES = 180;

const slider = byId("dose", HTMLInputElement);
const minutes = byId("minutes", HTMLInputElement);
const languages = byId("language", HTMLSelectElement);
const voices = byId("voice", HTMLSelectElement);
const form = byId("choices", HTMLFormElement);

/** @type {Listing["voices"]} */
let allVoices = [];
let moved = false;
/** What the program itself was told to last at most, as "15m". */
let usualFit = "";

slider.addEventListener("input", () => {
  moved = true;
  showDose();
});
languages.addEventListener("change", () => fillVoices(""));
form.addEventListener("change", showAmount);

/**
 * Offer what there is to choose in this routine, as it was chosen last.
 * @param {Routine} routine
 * @param {Listing} listing
 */
export function offer(routine, listing) {
  /** @type {Manner} */
  const usual = recall("manner", {});
  usualFit = listing.fit ?? "";
  /** @type {Amount} */
  const amount = recall(`amount ${routine.name}`, usualFit ? { fit: usualFit } : {});
  allVoices = listing.voices;
  byId("amount", HTMLFieldSetElement).hidden = !routine.ranges;
  moved = amount.dose !== undefined;
  slider.value = String(amount.dose ?? routine.dose ?? 0);
  minutes.value = String(parseInt(amount.fit ?? "", 10) || enoughMinutes(routine.duration_ms));
  check("amount", amount.fit ? "fit" : "dose");
  check("talk", usual.talk ?? routine.talk);
  const names = new Map(listing.languages.map(({ code, name }) => [code, name]));
  const options = routine.languages.map((code) => element("option", { value: code }, names.get(code) ?? code));
  languages.replaceChildren(...options);
  languages.value = routine.languages.includes(usual.language ?? "") ? (usual.language ?? "") : routine.language;
  byId("language-field").hidden = routine.languages.length < 2;
  fillVoices(usual.voice ?? "");
  showDose();
  showAmount();
}

/**
 * The wish that the form says, and remember it. Only what differs from the routine as it is listed is said: who chooses
 * nothing gets what was listed, and what play and render make of it.
 * @param {Routine} routine
 * @returns {Wish}
 */
export function chosen(routine) {
  /** @type {Amount} */
  const amount = {};
  const fit = `${wholeMinutes()}m`;
  if (routine.ranges && picked("amount") === "fit") {
    if (fit !== usualFit) amount.fit = fit;
  } else if (routine.ranges && (moved || usualFit)) {
    amount.dose = Number(slider.value);
  }
  /** @type {Manner} */
  const manner = {};
  const talk = /** @type {Routine["talk"]} */ (picked("talk"));
  if (talk !== routine.talk) manner.talk = talk;
  if (languages.value && languages.value !== routine.language) manner.language = languages.value;
  if (voices.value) manner.voice = voices.value;
  const usual = recall("manner", /** @type {Manner} */ ({}));
  remember("manner", {
    talk: usually(usual.talk, talk, routine.talk, true),
    language: usually(usual.language, languages.value, routine.language, isOffered(languages, usual.language)),
    voice: usually(usual.voice, voices.value, "", isOffered(voices, usual.voice)),
  });
  remember(`amount ${routine.name}`, Object.keys(amount).length ? amount : undefined);
  return { routine: routine.name, ...amount, ...manner };
}

/** The voices of the chosen language, the program's own choice first. @param {string} usual */
function fillVoices(usual) {
  const language = primary(languages.value);
  const fitting = allVoices.filter((voice) => primary(voice.language) === language);
  voices.replaceChildren(
    element("option", { value: "" }, "The usual voice"),
    ...fitting.map(({ id, name }) => element("option", { value: id }, name)),
  );
  voices.value = fitting.some(({ id }) => id === usual) ? usual : "";
  byId("voice-field").hidden = fitting.length < 2;
}

function showDose() {
  const words = dose(Number(slider.value));
  write(byId("dose-words"), words);
  slider.setAttribute("aria-valuetext", words);
}

function showAmount() {
  byId("by-dose").hidden = picked("amount") !== "dose";
  byId("by-time").hidden = picked("amount") !== "fit";
}

/**
 * What is chosen the next time: what was chosen now, else what was before, unless it was there to be chosen and was not.
 * @param {string|undefined} before
 * @param {string} now
 * @param {string} own
 * @param {boolean} offered
 */
function usually(before, now, own, offered) {
  if (now !== own) return now;
  return offered && before !== now ? undefined : before;
}

/**
 * @param {HTMLSelectElement} list
 * @param {string|undefined} value
 */
function isOffered(list, value) {
  return [...list.options].some((option) => option.value === value);
}

/** The least of whole minutes in which a length has room. @param {number} ms */
function enoughMinutes(ms) {
  return Math.min(MOST_MINUTES, Math.max(1, Math.ceil(ms / 60_000)));
}

function wholeMinutes() {
  return Math.min(MOST_MINUTES, Math.max(1, Math.round(Number(minutes.value)) || 1));
}

/** @param {string} name */
function picked(name) {
  return String(new FormData(form).get(name) ?? "");
}

/**
 * @param {string} name
 * @param {string} value
 */
function check(name, value) {
  for (const input of form.querySelectorAll("input")) {
    if (input.name === name) input.checked = input.value === value;
  }
}

/** The language of a code such as "en-us". @param {string} code */
function primary(code) {
  return code.toLowerCase().split(/[-_]/)[0];
}
