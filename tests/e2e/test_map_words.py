"""What the map says in words: names, notes, answers of the search; and who can reach it without a mouse."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser import Watched, chromium
from tests.e2e.arrivals import send_in_block
from tests.e2e.map_pages import (
    SLOW_MS,
    decoded,
    open_map,
    point,
    wait_for_picture,
)
from tests.platform_process import Platform

pytestmark = pytest.mark.browser

SIZE = {"width": 1366, "height": 768}
STAND = "248"
HALF_LENGTH_M = 18.8
"""Of the aircraft of the test."""

METRES_PER_DEGREE = 111_320.0


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture(scope="module")
def controller(browser: Browser, platform: Platform) -> Iterator[BrowserContext]:
    """A controller at a small screen."""
    context = browser.new_context(base_url=platform.url, viewport=SIZE, locale="zh-CN")  # type: ignore[arg-type]
    context.set_default_timeout(SLOW_MS)
    key = {"access_key": platform.make_key("aoc")}
    answer = context.request.post("/api/session", data=key, headers={"origin": platform.url})
    assert answer.ok, answer.text()
    yield context
    context.close()


@pytest.fixture
def page(controller: BrowserContext, platform: Platform) -> Iterator[Page]:
    """A page on which nothing may go wrong."""
    opened = controller.new_page()
    watch = Watched(opened, platform.url)
    yield opened
    opened.close()
    assert watch.faults == []


@pytest.fixture
def troubled(controller: BrowserContext) -> Iterator[Page]:
    """A page on which requests may fail."""
    opened = controller.new_page()
    yield opened
    opened.close()


def middle_of_the_aircraft(platform: Platform) -> str:
    """Latitude and longitude, as the address has them."""
    answer = platform.get("/api/spatiotemporal/layers/ZSSS/stand")
    assert answer.status_code == 200, answer.text
    stands = [one["properties"] for one in answer.json()["features"]]
    stand = next(one for one in stands if one["number"] == STAND)
    longitude, latitude = stand["nose"]
    bearing = math.radians(stand["bearing_true_deg"])
    latitude -= HALF_LENGTH_M * math.cos(bearing) / METRES_PER_DEGREE
    longitude -= (
        HALF_LENGTH_M * math.sin(bearing) / (METRES_PER_DEGREE * math.cos(math.radians(latitude)))
    )
    return f"{latitude:.5f}/{longitude:.5f}"


def signboard(picture: np.ndarray) -> bool:
    """Whether a good part of a picture is the light blue on which aircraft have their names."""
    blue, green, red = (picture[..., part] for part in range(3))
    return bool(((blue > 242) & (green > 232) & (red < 240)).mean() > 0.25)


def test_a_taken_stand_keeps_its_number_from_afar(page: Page, platform: Platform) -> None:
    send_in_block(platform, STAND, "B5248", flight="MU5248")
    place = f"airport=ZSSS&view=15.00/{middle_of_the_aircraft(platform)}"
    x, y = 0.0, 0.0

    def below_the_aircraft() -> np.ndarray:
        clip = {"x": x - 14, "y": y + 1, "width": 28, "height": 18}
        return decoded(page.screenshot(clip=clip))  # type: ignore[arg-type]

    open_map(page, place)
    x, y = point(page, 0, 0)
    wait_for_picture(below_the_aircraft, signboard)
    page.evaluate("fragment => { location.hash = fragment; }", f"{place}&hide=label.stand")
    wait_for_picture(below_the_aircraft, lambda seen: not signboard(seen))


def follow(page: Page, fragment: str) -> None:
    """Follow a link in the open page."""
    page.evaluate("fragment => { location.hash = fragment; }", fragment)


def test_a_link_that_names_what_is_not_there_is_told(page: Page) -> None:
    open_map(page, "airport=XXXX&view=16.00/1.00000/2.00000", language="en")
    note = page.get_by_test_id("note")
    expect(note).to_contain_text("no airport XXXX")
    expect(page).to_have_url(re.compile(r"#airport=ZSSS(?!.*view=16\.00/1\.)"))
    note.get_by_role("button", name="Close").click()
    expect(note).to_be_hidden()
    follow(page, "airport=ZSSS&stand=999")
    expect(page.get_by_test_id("stand-card")).to_contain_text("no such stand")
    follow(page, "airport=ZSSS&thing=ZSSS.runway.99X")
    card = page.get_by_test_id("element-card")
    expect(card).to_contain_text("no such element")
    follow(page, "airport=ZSSS&thing=ZSSS.runway.18L%2F36R")
    expect(card).to_contain_text("asphalt")
    page.get_by_role("button", name="切换为中文").click()
    expect(card).to_contain_text("沥青")


def test_what_the_map_waits_for_is_told(page: Page) -> None:
    open_map(page, "airport=ZSSS", language="en")
    busy = page.get_by_test_id("busy")
    expect(busy).to_be_hidden()
    held: list[Route] = []
    page.route("**/api/spatiotemporal/airports/ZSPD", lambda route: held.append(route))
    follow(page, "airport=ZSPD")
    expect(busy).to_contain_text("Fetching airport ZSPD")
    while not held:  # the test's own limit ends this
        page.wait_for_timeout(100)
    held.pop().continue_()
    expect(busy).to_be_hidden()


def test_what_cannot_be_asked_is_told_in_words(troubled: Page) -> None:
    troubled.route("**/api/spatiotemporal/movers/**", lambda route: route.abort())
    troubled.route("**/api/operations/flights?**q=**", lambda route: route.abort())
    open_map(troubled, "airport=ZSSS&mover=vehicle:1")
    card = troubled.get_by_test_id("mover-card")
    expect(card).to_contain_text("连接不上服务器")
    troubled.get_by_role("button", name="Switch to English").click()
    expect(card).to_contain_text("The server cannot be reached")
    troubled.get_by_role("combobox").first.fill("zz99")
    found = troubled.get_by_test_id("found")
    expect(found).to_contain_text("Nothing found · Flights cannot be searched now")


def test_the_search_is_used_with_keys(page: Page) -> None:
    open_map(page, "airport=ZSSS")
    field = page.get_by_role("combobox").first
    field.fill("2")
    options = page.get_by_role("option")
    expect(options).to_have_count(12)
    for _ in range(11):
        field.press("ArrowDown")
    expect(options.nth(11)).to_have_attribute("aria-selected", "true")
    expect(options.nth(11)).to_be_in_viewport(ratio=0.9)
    field.fill("机位 221")
    expect(options).to_have_count(1)
    # Enter that ends a word typed by its sounds chooses nothing.
    field.evaluate(
        """field => field.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))"""
    )
    expect(options.first).to_be_visible()
    expect(page.get_by_test_id("stand-card")).to_be_hidden()
    field.press("Enter")
    expect(page.get_by_test_id("stand-card")).to_contain_text("221")


def test_keys_reach_one_map_that_has_a_name(page: Page) -> None:
    open_map(page, "airport=ZSSS&view=14.00/31.19600/121.33300")
    canvas = page.locator(".maplibregl-canvas")
    expect(canvas).to_have_attribute("aria-label", "态势图")
    reached = page.get_by_test_id("map").evaluate(
        """map => [...map.querySelectorAll('canvas')]
            .filter(one => one.tabIndex >= 0 && !one.closest('[inert]')).length"""
    )
    assert reached == 1
    # A choice of a few is one stop of Tab, and arrows choose.
    page.get_by_role("radio", name="全部").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="行驶中")).to_be_checked()
    expect(page).to_have_url(re.compile("only=moving"))
    # The shortest bar has room for its words in one line.
    box = page.get_by_text("200 m", exact=True).bounding_box()
    assert box is not None
    assert box["height"] < 30
    page.get_by_role("button", name="Switch to English").click()
    expect(canvas).to_have_attribute("aria-label", "Situation map")
    canvas.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    expect(dialog.get_by_role("heading").first).to_be_in_viewport(ratio=0.9)
