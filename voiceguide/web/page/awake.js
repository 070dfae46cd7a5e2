// @ts-check
/** Keeping the screen on while a session plays, for those who choose it (Screen Wake Lock). */

/** Whether this browser can: only where the connection is secure. */
export const canStayAwake = "wakeLock" in navigator;

/** @type {WakeLockSentinel|null} */
let lock = null;
let wanted = false;

/**
 * Keep the screen on, or let it sleep. A page that is hidden loses the lock, and takes it again when it is seen.
 * @param {boolean} awake
 */
export async function stayAwake(awake) {
  wanted = awake && canStayAwake;
  if (!wanted) return lock?.release();
  if (lock || document.visibilityState !== "visible") return;
  try {
    const taken = await navigator.wakeLock.request("screen");
    taken.addEventListener("release", () => {
      if (lock === taken) lock = null;
    });
    lock = taken;
    if (!wanted) await taken.release();
  } catch {
    // Refused, as with a low battery: the screen goes off as usual, and the sound goes on.
  }
}

if (canStayAwake) {
  document.addEventListener("visibilitychange", () => {
    if (wanted && document.visibilityState === "visible") void stayAwake(true);
  });
}
