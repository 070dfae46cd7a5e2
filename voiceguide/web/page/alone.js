// @ts-check
/** One voice at a time: where the page is open twice in a browser, the one that begins to play pauses the other. */

const others = "BroadcastChannel" in window ? new BroadcastChannel("voiceguide") : null;

/** Tell the other pages that this one plays now. */
export function speakAlone() {
  others?.postMessage("plays");
}

/**
 * Do this whenever another page begins to play.
 * @param {() => void} act
 */
export function giveWay(act) {
  others?.addEventListener("message", act);
}
