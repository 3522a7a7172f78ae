"""The map's scene in three dimensions, in a real browser on a running platform."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import Watched, chromium
from tests.e2e.arrivals import send_in_block
from tests.e2e.map_pages import SLOW_MS, decoded, wait_for_picture, wait_for_scene
from tests.platform_process import Platform

pytestmark = pytest.mark.browser

TERMINAL = "31.19600/121.32260"
"""The middle of Hongqiao's Terminal 2."""

PLACE = re.compile(r"view=([\d.]+)/([\d.]+)/([\d.]+)(?:/([-\d.]+))?(?:/([\d.]+))?")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture(scope="module")
def signed_in(browser: Browser, platform: Platform) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=platform.url, viewport={"width": 1100, "height": 700}, locale="zh-CN"
    )
    context.set_default_timeout(SLOW_MS)
    key = platform.make_key("admin")
    answer = context.request.post(
        "/api/session", data={"access_key": key}, headers={"origin": platform.url}
    )
    assert answer.ok, answer.text()
    yield context
    context.close()


@pytest.fixture
def page(signed_in: BrowserContext, platform: Platform) -> Iterator[Page]:
    """A page on which nothing may go wrong and nothing is asked of strangers."""
    opened = signed_in.new_page()
    watched = Watched(opened, platform.url)
    yield opened
    opened.close()
    assert watched.faults == []


def place(page: Page) -> tuple[float, ...]:
    found = PLACE.search(page.url)
    assert found, page.url
    return tuple(float(part or 0) for part in found.groups())


def picture(page: Page) -> np.ndarray:
    """The map without its panel and instruments."""
    return decoded(page.screenshot(clip={"x": 320, "y": 110, "width": 600, "height": 520}))


def open_scene(page: Page, address: str) -> None:
    """Open the map and wait until the scene is drawn, with a cell in detail among it."""
    with page.expect_response(lambda answer: "/scene/near_" in answer.url):
        page.goto(address)
    expect(page.get_by_test_id("feed")).to_be_visible(timeout=SLOW_MS)
    wait_for_scene(page)


def test_the_scene_keeps_the_place(page: Page) -> None:
    page.goto(f"/map?lang=zh#airport=ZSSS&view=16.00/{TERMINAL}")
    expect(page.get_by_test_id("feed")).to_be_visible(timeout=SLOW_MS)
    switch = page.get_by_test_id("three")
    expect(switch).to_have_attribute("aria-pressed", "false", timeout=SLOW_MS)
    switch.click()
    expect(page).to_have_url(re.compile(r"mode=3d.*/58(&|$)"), timeout=SLOW_MS)
    zoom, latitude, longitude, _, pitch = place(page)
    assert (zoom, latitude, longitude, pitch) == (16.0, 31.196, 121.3226, 58.0)
    page.keyboard.press("3")
    expect(page).not_to_have_url(re.compile("mode=3d"), timeout=SLOW_MS)
    expect(page).not_to_have_url(re.compile(r"/58(&|$)"), timeout=SLOW_MS)
    assert place(page)[:3] == (16.0, 31.196, 121.3226)


@pytest.mark.parametrize(("language", "name"), [("zh", "2号航站楼"), ("en", "Terminal 2")])
def test_a_building_says_what_it_is(page: Page, language: str, name: str) -> None:
    open_scene(page, f"/map?lang={language}#airport=ZSSS&mode=3d&view=16.6/{TERMINAL}/0/50")
    # A roof by day is light: what is drawn has the colours of its materials.
    wait_for_picture(lambda: picture(page), lambda seen: bool(np.median(seen) > 150))
    page.mouse.click(700, 376)
    card = page.get_by_test_id("element-card")
    expect(card).to_contain_text(name, timeout=SLOW_MS)
    expect(card).to_contain_text("32 m", timeout=SLOW_MS)
    expect(page).to_have_url(re.compile(r"thing=ZSSS\.building\.T2"), timeout=SLOW_MS)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden(timeout=SLOW_MS)


def test_an_aircraft_in_block_stands_on_its_stand(page: Page, platform: Platform) -> None:
    send_in_block(platform, "257", "B5930", flight="MU5102", aircraft_type="333")
    platform.wait_until(
        lambda: "B5930" in platform.get("/api/operations/flights?q=MU5102").text, "the board has it"
    )
    open_scene(page, "/map?lang=zh#airport=ZSSS&mode=3d&view=18/31.1930/121.3268/0/55&stand=257")
    card = page.get_by_test_id("stand-card")
    expect(card).to_contain_text("B5930", timeout=SLOW_MS)
    expect(card).to_contain_text("占用", timeout=SLOW_MS)
    # Without the layer of parked aircraft the same picture is another.
    hidden = page.url + "&hide=parked"

    def changed(before: np.ndarray) -> Callable[[np.ndarray], bool]:
        return lambda now: bool((np.abs(before - now).max(axis=2) > 40).mean() > 0.002)

    with_aircraft = picture(page)
    page.goto(hidden)
    without = wait_for_picture(lambda: picture(page), changed(with_aircraft))
    page.goto(hidden.removesuffix("&hide=parked"))
    wait_for_picture(lambda: picture(page), changed(without))


@pytest.mark.parametrize("airport", ["ZSSS", "ZSPD"])
def test_both_airports_are_drawn_by_day_and_by_night(page: Page, airport: str) -> None:
    pictures = []
    for theme in ("light", "dark"):
        page.goto("about:blank")
        open_scene(page, f"/map?lang=zh&theme={theme}#airport={airport}&mode=3d")
        pictures.append(picture(page))
    day, night = pictures
    assert day.mean() > night.mean() + 60
    assert len(np.unique(day.reshape(-1, 3) // 8, axis=0)) > 60


def test_the_first_view_of_pudong_is_small(browser: Browser, platform: Platform) -> None:
    """Everything that a browser without a cache is sent for the scene of Pudong: at most 3 MB."""
    context = browser.new_context(base_url=platform.url)
    context.set_default_timeout(SLOW_MS)
    key = platform.make_key("admin")
    context.request.post("/api/session", data={"access_key": key}, headers={"origin": platform.url})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sent: list[float] = []
    session.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    open_scene(page, "/map?lang=zh#airport=ZSPD&mode=3d")
    context.close()
    assert 400_000 < sum(sent) < 3_000_000
