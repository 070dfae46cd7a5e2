"""The list of routines, and having a session made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from voiceguide.files import user_folders

if TYPE_CHECKING:
    from .browser import Phone
    from .server import Server


def test_every_routine_is_there(phone: Phone) -> None:
    """Those of one's own, and those that are shipped."""
    phone.open()
    phone.page.locator("#routines a").first.wait_for()
    links = phone.page.locator("#routines a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    shipped = {f"#/{path.stem}" for path in user_folders().routines.glob("*.yaml")}
    assert set(links) == shipped | {"#/short"}


def test_a_routine_tells_its_length_and_what_it_needs(phone: Phone) -> None:
    phone.open()
    card = phone.page.locator("#routines li").filter(has_text="Short and quiet")
    assert [line for line in card.inner_text().split("\n") if line] == [
        "Short and quiet",
        "1 min · needs wall",
        "A minute on the floor.",
    ]


def test_a_routine_has_its_picture(phone: Phone) -> None:
    phone.open()
    picture = phone.page.locator("#routines li").filter(has_text="Short and quiet").locator("img")
    picture.wait_for()
    phone.page.wait_for_function(
        "image => image.complete && image.naturalWidth > 0", arg=picture.element_handle()
    )


def test_a_session_is_ready_to_play_when_it_is_made(phone: Phone) -> None:
    phone.make()
    phone.page.locator("#status").filter(has_text="Ready").wait_for()
    assert phone.page.evaluate("document.activeElement.id") == "play"


def test_tones_alone_make_another_session(phone: Phone) -> None:
    phone.open("short")
    phone.page.get_by_label("Tones only").check()
    phone.page.locator("#make").click()
    phone.page.locator("#play").wait_for()
    assert {cue.role for cue in phone.timeline().cues if cue.text} == {"opening"}


def test_what_is_chosen_is_made(phone: Phone) -> None:
    """All of every range, few words, in German."""
    phone.open("evening")
    phone.page.get_by_label("Few words").check()
    phone.page.locator("#dose").fill("100")
    phone.page.locator("#language").select_option("de")
    phone.page.locator("#make").click()
    phone.page.locator("#play").wait_for()
    timeline = phone.timeline()
    assert timeline.language == "de"
    assert timeline.duration_ms > 12 * 60_000
    assert "setup" not in {cue.role for cue in timeline.cues}


def test_making_tells_how_far_it_is(phone: Phone) -> None:
    """In a voice that nobody has heard yet, so that it takes a while."""
    phone.open("evening")
    phone.page.locator("#voice").select_option(index=3)
    phone.page.evaluate(_NOTE_PROGRESS)
    phone.page.locator("#make").click()
    phone.page.locator("#play").wait_for()
    told = phone.page.evaluate("window.told")
    steps = list(dict.fromkeys(words.split(":")[0] for words in told))
    assert [step for step in steps if not step.startswith("Waiting")] == [
        "Asking for your session", "Making your session", "Loading it",
    ]  # fmt: skip
    for step in steps[-2:]:
        percents = [int(words.split()[-2]) for words in told if words.startswith(step)]
        assert percents == sorted(percents)
    assert told[-1] == "Loading it: 100 %"


_NOTE_PROGRESS = """
() => {
  window.told = [];
  const words = document.getElementById("making-words");
  new MutationObserver(() => window.told.push(words.textContent)).observe(words, { childList: true, characterData: true, subtree: true });
}
"""


def test_what_is_wrong_with_a_routine_is_told(phone: Phone, server: Server) -> None:
    phone.open("short")
    phone.page.locator("#make").wait_for()
    with server.with_a_mistake():
        phone.page.locator("#make").click()
        assert (
            phone.page.locator("#problems p").inner_text()
            == "'sec' is not a unit of time (s, m, h). Write 6s."
        )
    # That the server refused is an error to the browser's console.
    phone.complaints.clear()


def test_the_mp3_is_downloaded_under_its_title(phone: Phone) -> None:
    phone.make()
    with phone.page.expect_download() as download:
        phone.page.locator("#download").click()
    assert download.value.suggested_filename == "Short and quiet.mp3"
    assert download.value.path().read_bytes()[:3] == b"ID3"


def test_a_session_is_kept_until_it_is_removed(phone: Phone) -> None:
    phone.make()
    phone.page.locator("#kept-this").wait_for()
    phone.open()
    phone.page.locator("#kept li").get_by_role("button", name="Remove").click()
    phone.page.locator("#kept-view").wait_for(state="hidden")


def test_a_routine_that_is_not_there_is_named(phone: Phone) -> None:
    phone.open("no-such-routine")
    phone.page.get_by_text("There is no routine no-such-routine.").wait_for()


def test_it_can_be_added_to_the_home_screen(phone: Phone) -> None:
    """The browser finds nothing wrong with its manifest, and the icons are as large as that says."""
    phone.open()
    browser = phone.page.context.new_cdp_session(phone.page)
    manifest = browser.send("Page.getAppManifest")
    assert manifest["errors"] == []
    icons = [(icon["src"], icon["sizes"]) for icon in json.loads(manifest["data"])["icons"]]
    assert phone.page.evaluate(_SIZES, [name for name, _ in icons]) == [size for _, size in icons]
    assert len(icons) >= 2


_SIZES = """
(names) => Promise.all(names.map(async (name) => {
  const image = new Image();
  image.src = name;
  await image.decode();
  return `${image.naturalWidth}x${image.naturalHeight}`;
}))
"""


def test_the_screen_is_kept_on_by_choice(phone: Phone) -> None:
    """While it plays, and no longer."""
    phone.page.context.add_init_script(_WATCH_LOCKS)
    phone.play()
    assert phone.page.evaluate("window.locks.length") == 0
    phone.page.locator("#awake").check()
    phone.page.wait_for_function("() => window.locks.length === 1 && !window.locks[0].released")
    phone.pause()
    phone.page.wait_for_function("() => window.locks[0].released")


# The lock itself is the browser's.
_WATCH_LOCKS = """
window.locks = [];
const request = globalThis.WakeLock?.prototype.request;
if (request)
  WakeLock.prototype.request = async function (type) {
    const lock = await request.call(this, type);
    window.locks.push(lock);
    return lock;
  };
"""
