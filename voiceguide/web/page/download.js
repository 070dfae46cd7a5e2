// @ts-check
/** A whole file over a network that may break off: what has come is kept, and the rest asked for. */

import { Trouble, ask, away } from "./api.js";

/** A network that is lost is waited for so long, in ms. */
export const PATIENCE_MS = 30_000;
const PAUSE_MS = 1_500;
/** A network that brings nothing for so long will not bring more. */
const STALLED_MS = 15_000;

/**
 * The file as a Blob of exactly `bytes` bytes; `onProgress` is told the bytes so far. Throws Trouble or AbortError.
 * @param {string} path
 * @param {number} bytes
 * @param {string} type
 * @param {(sofar: number) => void} onProgress
 * @param {AbortSignal} signal
 */
export async function download(path, bytes, type, onProgress, signal) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  let parts = [];
  let sofar = 0;
  let tag = "";
  let furthest = 0;
  let until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      /** @type {Record<string, string>} */
      const headers = sofar && tag ? { Range: `bytes=${sofar}-`, "If-Range": tag } : {};
      const answer = await ask(path, { headers, signal });
      if (answer.status !== 206) [parts, sofar] = [[], 0];
      tag = answer.headers.get("ETag") ?? "";
      for await (const part of chunks(answer, signal)) {
        parts.push(part);
        sofar += part.byteLength;
        if (sofar > furthest) until = performance.now() + PATIENCE_MS;
        furthest = Math.max(sofar, furthest);
        onProgress(sofar);
      }
      signal.throwIfAborted();
      if (sofar === bytes) return new Blob(parts, { type });
      // Longer than it should be is another file than was promised: from the start.
      if (sofar > bytes) [parts, sofar] = [[], 0];
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Trouble && error.kind !== "away" && error.kind !== "busy") throw error;
    }
    if (performance.now() > until) throw away();
    await pause(PAUSE_MS, signal);
  }
}

/**
 * What an answer brings, part by part, until it ends, stalls or `signal` ends it.
 * @param {Response} answer
 * @param {AbortSignal} signal
 */
async function* chunks(answer, signal) {
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (answer.body).getReader();
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", stop);
  try {
    for (;;) {
      const timer = setTimeout(stop, STALLED_MS);
      const read = await reader.read().finally(() => clearTimeout(timer));
      if (read.done) return;
      yield read.value;
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/**
 * Wait for so many ms; throws AbortError at once when `signal` says so.
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
