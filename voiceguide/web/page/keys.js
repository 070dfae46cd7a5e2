// @ts-check
/** Keys while a session is open, as in the terminal: space, arrows, n and b. */

/** @typedef {import("./player.js").Player} Player */

const STEP_MS = 10_000;

/** @type {Record<string, (player: Player) => void>} */
const KEYS = {
  " ": (player) => player.toggle(),
  ArrowLeft: (player) => player.move(-STEP_MS),
  ArrowRight: (player) => player.move(STEP_MS),
  n: (player) => player.next(),
  b: (player) => player.previous(),
};

/** Where a key means something already; letters do not in these but in fields of text. */
const OWN_SPACE = "button, a, summary, input, select, textarea";
const OWN_ARROWS = "input:not(#seek), select, textarea";
const OWN_LETTERS = "input:not([type=range], [type=checkbox], [type=radio]), select, textarea";

/**
 * Let keys steer the player while `active()`, which says whether letters may too.
 * @param {Player} player
 * @param {() => {letters: boolean}|null} active
 */
export function listenToKeys(player, active) {
  document.addEventListener("keydown", (event) => {
    const now = active();
    if (!now || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = KEYS[key];
    if (!act || owned(event.target, key) || (/[a-z]/.test(key) && key.length === 1 && !now.letters)) return;
    event.preventDefault();
    if (!event.repeat || key.startsWith("Arrow")) act(player);
  });
}

/**
 * Whether what has the focus has a meaning of its own for this key.
 * @param {EventTarget|null} target
 * @param {string} key
 */
function owned(target, key) {
  const own = key === " " ? OWN_SPACE : key.startsWith("Arrow") ? OWN_ARROWS : OWN_LETTERS;
  return target instanceof Element && target.matches(own);
}
