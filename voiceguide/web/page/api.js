// @ts-check
/** What the program on the computer is asked, and what goes wrong in asking. */

import { address } from "./dom.js";

/**
 * @typedef {{message: string, hint?: string|null}} Problem
 * @typedef {{name: string, title: string, summary: string, language: string, languages: string[], duration_ms: number,
 *   needs: string[], picture: string, ranges: boolean, dose?: number|null, talk: "full"|"brief"|"tones"}} Routine
 * @typedef {{code: string, name: string}} Language
 * @typedef {{id: string, name: string, language: string}} Voice
 * @typedef {{routines: Routine[], languages: Language[], voices: Voice[], feed?: string,
 *   fit?: string|null}} Listing
 * @typedef {{routine: string, dose?: number, fit?: string, talk?: "full"|"brief"|"tones", language?: string,
 *   voice?: string}} Wish
 * @typedef {{id: string, routine: string, title: string, language: string,
 *   state: "waiting"|"rendering"|"ready"|"failed", ahead?: number, done?: number, problems?: Problem[],
 *   told?: string[], duration_ms: number, bytes: number, audio: string, timeline: string, download: string,
 *   picture: string, sides?: Record<string, string>}} Session
 */

/** By which the computer tells this page from another one at the same address: a newer wish replaces an older one of its own. */
const LISTENER = Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
/** How long an answer may take, in ms: away from home the computer's address answers never. */
const PATIENCE_MS = 20_000;
/** On its first start the computer works out how long the routines are. */
const PATIENCE_LISTING_MS = 40_000;

/**
 * Why the computer gave no answer that helps: `away` (nobody answers), `unknown` (it knows no such thing, any more),
 * `busy` (try again after `retryMs`), `refused` (with its reasons).
 */
export class Trouble extends Error {
  /**
   * @param {"away"|"unknown"|"busy"|"refused"} kind
   * @param {Problem[]} problems
   * @param {number} retryMs
   */
  constructor(kind, problems, retryMs = 0) {
    super(problems[0]?.message ?? kind);
    this.kind = kind;
    this.problems = problems;
    this.retryMs = retryMs;
  }
}

/**
 * The routines, languages and voices there are.
 * @returns {Promise<Listing>}
 */
export async function listing() {
  return (await ask("api/routines", {}, PATIENCE_LISTING_MS)).json();
}

/**
 * Wish for a session.
 * @param {Wish} wish
 * @param {AbortSignal} signal
 * @returns {Promise<Session>}
 */
export async function wishFor(wish, signal) {
  const headers = { "Content-Type": "application/json", "X-Listener": LISTENER };
  return (await ask("api/sessions", { method: "POST", headers, body: JSON.stringify(wish), signal })).json();
}

/**
 * How far a session is.
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<Session>}
 */
export async function session(id, signal) {
  return (await ask(`api/sessions/${encodeURIComponent(id)}`, { cache: "no-store", signal })).json();
}

/**
 * Say that a session is not wanted any more; that nobody hears it does no harm.
 * @param {string} id
 */
export function forget(id) {
  const headers = { "X-Listener": LISTENER };
  fetch(address(`api/sessions/${encodeURIComponent(id)}`), { method: "DELETE", headers, keepalive: true }).catch(() => {});
}

/**
 * The answer to a request. Throws Trouble, or AbortError where `signal` ended it.
 * @param {string} path
 * @param {RequestInit & {signal?: AbortSignal}} [options]
 * @param {number} [patienceMs]
 */
export async function ask(path, options = {}, patienceMs = PATIENCE_MS) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patienceMs);
  const stop = () => late.abort();
  options.signal?.addEventListener("abort", stop);
  let answer;
  try {
    answer = await fetch(address(path), { ...options, signal: late.signal });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw away();
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", stop);
  }
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

/** Nobody answers. */
export function away() {
  const hint = "Is voiceguide serve still running there, and is this phone in the same network?";
  return new Trouble("away", [{ message: "The computer does not answer", hint }]);
}

/**
 * What an answer that is none means.
 * @param {Response} answer
 */
async function refusal(answer) {
  const told = await answer.json().then((body) => body?.problems, () => undefined);
  const problems = Array.isArray(told) && told.length ? told : undefined;
  if (answer.status === 503) {
    const seconds = Number(answer.headers.get("Retry-After")) || 5;
    return new Trouble("busy", problems ?? [{ message: "The computer is busy", hint: "Try again soon." }], seconds * 1000);
  }
  if (answer.status === 404 || answer.status === 410) {
    const hint = "If the address has changed, scan the code on the computer again.";
    return new Trouble("unknown", problems ?? [{ message: "The computer does not know this any more", hint }]);
  }
  return new Trouble("refused", problems ?? [{ message: `The computer refused (${answer.status})` }]);
}
