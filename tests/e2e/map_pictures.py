"""Takes pictures of the map: both airports, flat and scene, day and night, Chinese and English, near and far.

Run on a machine with Chromium and the built console::

    .venv/bin/python -m tests.e2e.map_pictures FOLDER            # 32 pictures
    .venv/bin/python -m tests.e2e.map_pictures FOLDER --only ZSPD-3d
    .venv/bin/python -m tests.e2e.map_pictures FOLDER --walk     # the five of the console's README

A platform of its own plays the day at Hongqiao meanwhile; Pudong gets flights of its own. Looking is
left to people: nothing here judges what it shows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import cv2
import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import chromium
from tests.e2e.arrivals import send_in_block
from tests.e2e.map_pages import choose, click, open_map, wait_for_scene, wait_until_drawn
from tests.platform_process import DayPlayer, Platform, running_platform

PLACES: Mapping[tuple[str, str], str] = {
    ("ZSSS", "far"): "view=13.60/31.19600/121.33300",
    ("ZSSS", "near"): "view=16.40/31.19600/121.32450",
    ("ZSPD", "far"): "view=12.90/31.14600/121.81200",
    ("ZSPD", "near"): "view=15.80/31.15550/121.79500",
}
LEANING: Mapping[tuple[str, str], str] = {
    ("ZSSS", "far"): "view=14.40/31.19600/121.33000/-2.7/55",
    ("ZSSS", "near"): "view=16.60/31.19550/121.32450/-60/60",
    ("ZSPD", "far"): "view=13.80/31.14500/121.80800/-18/55",
    ("ZSPD", "near"): "view=16.20/31.15750/121.79500/-60/60",
}
SETTLE_S = 3.0
"""After the ground is drawn: tiles of the scene and movers come in."""

AFTER_MS = 1_500
"""Names are settled, and what came last is drawn."""

SIZE = {"width": 1440, "height": 860}
WALK_PIXELS = 960
WALK_QUALITY = 72
MARGIN_PIXELS = 24
PUDONG_STANDS = ("1", "3", "5", "7", "9", "50", "52", "54", "56", "101", "103", "105", "107", "109")


@contextmanager
def playing(folder: Path) -> Iterator[Platform]:
    """A platform with the day at Hongqiao on it and aircraft at Pudong."""
    with running_platform(folder / "data") as platform:
        day = DayPlayer(platform, folder / "day.jsonl", ("--no-faces", "--hours", "1"))
        day.start()
        for number, stand in enumerate(PUDONG_STANDS):
            send_in_block(
                platform,
                stand,
                f"B{1000 + number}",
                flight=f"{('MU', 'CA', 'FM', 'CZ', 'HO')[number % 5]}{500 + number}",
                airport="PVG",
                aircraft_type=("333", "789", "77W", "320", "321")[number % 5],
            )
        try:
            yield platform
        finally:
            day.kill()


def signed_in(browser: Browser, platform: Platform) -> BrowserContext:
    """The duty manager's browser."""
    context = browser.new_context(base_url=platform.url, viewport=SIZE, locale="zh-CN")  # type: ignore[arg-type]
    context.set_default_timeout(120_000)
    key = {"access_key": platform.make_key("aoc")}
    answer = context.request.post("/api/session", data=key, headers={"origin": platform.url})
    if not answer.ok:
        raise RuntimeError(answer.text())
    return context


def take_all(page: Page, folder: Path, only: str) -> None:
    """The 32 pictures, or those whose name has a text in it."""
    ways = product(("ZSSS", "ZSPD"), ("2d", "3d"), ("far", "near"), ("light", "dark"), ("zh", "en"))
    for icao, mode, distance, theme, language in ways:
        name = f"{icao}-{mode}-{distance}-{theme}-{language}"
        if only not in name:
            continue
        view = (LEANING if mode == "3d" else PLACES)[icao, distance]
        more = "&mode=3d" if mode == "3d" else ""
        open_map(page, f"airport={icao}{more}&{view}", language=language, theme=theme)
        settle(page)
        page.screenshot(path=folder / f"{name}.png")
        sys.stdout.write(f"{name}\n")


def settle(page: Page) -> None:
    """Let what comes after the ground come."""
    time.sleep(SETTLE_S)
    (wait_for_scene if "mode=3d" in page.url else wait_until_drawn)(page)
    page.wait_for_timeout(AFTER_MS)


def overview(page: Page) -> None:
    """The whole of Hongqiao by day."""
    open_map(page, f"airport=ZSSS&{PLACES['ZSSS', 'far']}")
    settle(page)


def close_by(page: Page) -> None:
    """Terminal 2 in the scene, at night, in English."""
    open_map(page, f"airport=ZSSS&mode=3d&{LEANING['ZSSS', 'near']}", language="en", theme="dark")
    settle(page)


def found(page: Page) -> None:
    """A stand that was searched for: who stands there, what is known, its history."""
    open_map(page, f"airport=ZSSS&{PLACES['ZSSS', 'near']}")
    choose(page, "机位 223")
    settle(page)


def fenced(page: Page) -> None:
    """A fence that is being drawn."""
    open_map(page, "airport=ZSSS&view=16.10/31.19500/121.33090")
    page.keyboard.press("d")
    for corner in ((-230, -110), (60, -110), (85, 60), (-190, 120)):
        click(page, *corner)
    page.keyboard.press("Enter")
    panel = page.get_by_test_id("fence-panel")
    for field, text in (("zh", "北侧不停航施工"), ("en", "North works"), ("reason", "道面板更换")):
        panel.locator(f"[name={field}]").fill(text)
    settle(page)


def printed(page: Page) -> None:
    """The page on paper."""
    open_map(page, "airport=ZSPD&view=13.40/31.14600/121.81200")
    settle(page)
    page.evaluate("() => { window.print = () => { window.asked = 1; }; }")
    page.keyboard.press("p")
    page.wait_for_function("() => window.asked === 1")
    page.emulate_media(media="print")


WALK: Mapping[str, Callable[[Page], None]] = {
    "map-1-overview": overview,
    "map-2-scene": close_by,
    "map-3-stand": found,
    "map-4-fence": fenced,
    "map-5-print": printed,
}


def seen(page: Page) -> np.ndarray:
    """The screen, or the page on paper with its margin."""
    sheet = page.get_by_test_id("print-sheet")
    paper = sheet.is_visible()
    data = np.frombuffer((sheet if paper else page).screenshot(), np.uint8)
    full = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))
    if not paper:
        return full
    edge = (MARGIN_PIXELS, MARGIN_PIXELS)
    return np.pad(full, (edge, edge, (0, 0)), constant_values=255)


def walk(page: Page, folder: Path, only: str) -> None:
    """The five pictures of the README, small enough for it."""
    for name, show in WALK.items():
        if only not in name:
            continue
        page.emulate_media(media="screen")
        show(page)
        full = seen(page)
        height = round(full.shape[0] * WALK_PIXELS / full.shape[1])
        small = cv2.resize(full, (WALK_PIXELS, height), interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(folder / f"{name}.webp"), small, [cv2.IMWRITE_WEBP_QUALITY, WALK_QUALITY])
        sys.stdout.write(f"{name}\n")


def main() -> None:
    """Take the pictures that the command line asks for."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    options.add_argument("folder", type=Path)
    options.add_argument("--only", default="", help="text in the names of the pictures wanted")
    options.add_argument("--walk", action="store_true", help="the five of the README")
    asked = options.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as work,
        playing(Path(work)) as platform,
        chromium(Path(work)) as browser,
    ):
        page = signed_in(browser, platform).new_page()
        (walk if asked.walk else take_all)(page, asked.folder, asked.only)


if __name__ == "__main__":
    main()
