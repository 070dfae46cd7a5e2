// @ts-check
/** Where a session stands at a moment, from its timeline alone (its shape: docs/timeline.md). Times are whole ms. */

/**
 * @typedef {"get-ready"|"hold"|"rep"|"breath"|"rest"|"switch"|"pause"|"wait"} SpanKind
 * @typedef {{kind: SpanKind, start_ms: number, end_ms: number, side?: string|null, set?: number|null,
 *   sets?: number|null, rep?: number|null, reps?: number|null}} Span
 * @typedef {{title: string, start_ms: number, end_ms: number}} Chapter
 * @typedef {{start_ms: number, end_ms: number}} Cue
 * @typedef {{title: string, language: string, duration_ms: number, chapters: Chapter[], spans: Span[],
 *   cues: Cue[]}} Timeline
 */

/**
 * What the screen shows at a moment. `kind` is that of the innermost span, "listen" where there is none, "over" at the
 * end. `startMs` and `endMs` are the span's, null without one. A hold within a rep has the rep's numbers.
 * @typedef {{atMs: number, totalMs: number, chapter: number, title: string, next: string|null,
 *   kind: SpanKind|"listen"|"over", side: string|null, set: number|null, sets: number|null, rep: number|null,
 *   reps: number|null, startMs: number|null, endMs: number|null}} State
 */

/**
 * Where the session stands at `ms`.
 * @param {Timeline} timeline
 * @param {number} ms
 * @returns {State}
 */
export function stateAt(timeline, ms) {
  const totalMs = timeline.duration_ms;
  const atMs = Math.min(Math.max(0, ms), totalMs);
  const chapter = chapterAt(timeline, atMs);
  const over = atMs >= totalMs;
  const around = over ? [] : spansAt(timeline.spans, atMs);
  const span = around[0];
  const counted = around.find((one) => one.rep != null) ?? span;
  return {
    atMs,
    totalMs,
    chapter,
    title: timeline.chapters[chapter]?.title ?? timeline.title,
    next: timeline.chapters[chapter + 1]?.title ?? null,
    kind: over ? "over" : (span?.kind ?? "listen"),
    side: span?.side ?? null,
    set: span?.set ?? null,
    sets: span?.sets ?? null,
    rep: counted?.rep ?? null,
    reps: counted?.reps ?? null,
    startMs: span?.start_ms ?? null,
    endMs: span?.end_ms ?? null,
  };
}

/**
 * The index of the chapter at `ms`.
 * @param {Timeline} timeline
 * @param {number} ms
 */
export function chapterAt(timeline, ms) {
  return Math.max(0, countStarted(timeline.chapters, ms) - 1);
}

/**
 * How many of these, sorted by start, have started at `ms`.
 * @param {readonly {start_ms: number}[]} items
 * @param {number} ms
 */
export function countStarted(items, ms) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].start_ms <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The spans around a moment, the innermost first.
 * @param {readonly Span[]} spans
 * @param {number} ms
 */
function spansAt(spans, ms) {
  const around = [];
  for (let index = countStarted(spans, ms) - 1; index >= 0; index--) {
    const span = spans[index];
    if (ms < span.end_ms) around.push(span);
    // Only a hold can stand within another span.
    if (span.kind !== "hold") break;
  }
  return around;
}
