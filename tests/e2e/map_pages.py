"""The map in a browser, for its tests and its pictures: opening, pointing, what the address says."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from playwright.sync_api import Page, expect

SLOW_MS = 120_000
"""Software graphics on two shared cores are slow."""

VIEW = re.compile(r"view=([\d.]+)/(-?[\d.]+)/(-?[\d.]+)(?:/([-\d.]+))?(?:/([\d.]+))?")
EARTH_M = 40_075_016.686
TILE_PIXELS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Where the camera is, as the address says it; degrees."""

    zoom: float
    latitude: float
    longitude: float
    bearing: float = 0.0
    pitch: float = 0.0

    def metres(self, pixels: float) -> float:
        """What so many pixels of the flat map are on the ground."""
        circle = EARTH_M * math.cos(math.radians(self.latitude))
        return pixels * circle / (TILE_PIXELS * 2**self.zoom)


def view_of(page: Page) -> View:
    """The view in the page's address."""
    found = VIEW.search(page.url)
    assert found, page.url
    zoom, latitude, longitude, bearing, pitch = (float(part or 0) for part in found.groups())
    return View(
        zoom=zoom, latitude=latitude, longitude=longitude, bearing=bearing, pitch=pitch
    )  # fmt: skip


def wait_until_drawn(page: Page) -> None:
    """Wait until the ground stands still and is drawn whole."""
    drawn = page.get_by_test_id("map")
    expect(drawn).to_have_attribute("data-drawn", "true", timeout=SLOW_MS)


def wait_for_scene(page: Page) -> None:
    """Wait until ground and scene are drawn whole, with everything that had to be fetched for them."""
    wait_until_drawn(page)
    drawn = page.get_by_test_id("map")
    expect(drawn).to_have_attribute("data-scene", "whole", timeout=SLOW_MS)


def decoded(shot: bytes) -> np.ndarray:
    """A screenshot as blue, green, red; shape (height, width, 3), signed."""
    return np.asarray(cv2.imdecode(np.frombuffer(shot, np.uint8), cv2.IMREAD_COLOR), dtype=np.int16)


def wait_for_picture(
    look: Callable[[], np.ndarray], seen: Callable[[np.ndarray], bool]
) -> np.ndarray:
    """Look again and again until what is wanted is to be seen.

    Raises:
        AssertionError: it is not within the usual patience.
    """
    until = time.monotonic() + SLOW_MS / 1000
    while True:
        picture = look()
        if seen(picture):
            return picture
        assert time.monotonic() < until, "what is wanted is not to be seen"
        time.sleep(0.2)


def open_map(page: Page, fragment: str, *, language: str = "zh", theme: str = "light") -> None:
    """Open the map at a fragment of its address, and wait until it is drawn."""
    page.goto("about:blank")  # the same page with another fragment would not be loaded anew
    page.goto(f"/map?lang={language}&theme={theme}#{fragment}")
    wait_until_drawn(page)


def point(page: Page, right: float, down: float) -> tuple[float, float]:
    """A place on the screen, pixels from the middle of the map."""
    box = page.get_by_test_id("map").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2 + right, box["y"] + box["height"] / 2 + down


def click(page: Page, right: float, down: float) -> None:
    """Click so many pixels from the middle of the map."""
    page.mouse.click(*point(page, right, down))


def choose(page: Page, text: str) -> None:
    """Search for something and take the first answer."""
    field = page.get_by_role("combobox").first
    field.fill(text)
    page.get_by_role("option").first.click()
