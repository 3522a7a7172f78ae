"""Every tool of the map, in a real browser on a running platform."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Route,
    WebSocketRoute,
    expect,
)

from spatiotemporal.sources import jt808
from tests.browser import Watched, chromium
from tests.e2e.arrivals import send_in_block
from tests.e2e.map_pages import (
    SLOW_MS,
    choose,
    click,
    decoded,
    open_map,
    point,
    view_of,
    wait_for_picture,
    wait_until_drawn,
)
from tests.integration.test_vehicles import Terminal
from tests.platform_process import Platform

pytestmark = pytest.mark.browser

GRASS = "airport=ZSSS&view=16.50/31.19500/121.33090"
"""Between Hongqiao's runways: nothing else lies there to be clicked."""

NAME = "北侧不停航施工"
REASON = "道面板更换"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


def signed_in_as(browser: Browser, platform: Platform, role: str) -> BrowserContext:
    context = browser.new_context(
        base_url=platform.url, viewport={"width": 1280, "height": 800}, locale="zh-CN"
    )
    context.set_default_timeout(SLOW_MS)
    answer = context.request.post(
        "/api/session",
        data={"access_key": platform.make_key(role)},
        headers={"origin": platform.url},
    )
    assert answer.ok, answer.text()
    return context


@pytest.fixture(scope="module")
def manager(browser: Browser, platform: Platform) -> Iterator[BrowserContext]:
    """A duty manager, who may edit layers."""
    context = signed_in_as(browser, platform, "aoc")
    yield context
    context.close()


@pytest.fixture(scope="module")
def engineer(browser: Browser, platform: Platform) -> Iterator[BrowserContext]:
    """Somebody who may look and no more."""
    context = signed_in_as(browser, platform, "engineer")
    yield context
    context.close()


def watched(context: BrowserContext, platform: Platform) -> Iterator[Page]:
    opened = context.new_page()
    watch = Watched(opened, platform.url)
    yield opened
    opened.close()
    assert watch.faults == []


@pytest.fixture
def page(manager: BrowserContext, platform: Platform) -> Iterator[Page]:
    """A page of the duty manager on which nothing may go wrong."""
    yield from watched(manager, platform)


@pytest.fixture
def looker(engineer: BrowserContext, platform: Platform) -> Iterator[Page]:
    """A page of somebody who may only look."""
    yield from watched(engineer, platform)


def metres_in(text: str) -> float:
    found = re.search(r"([\d,.]+) (k?)m\b", text)
    assert found, text
    return float(found[1].replace(",", "")) * (1000 if found[2] else 1)


def picture(page: Page) -> np.ndarray:
    """The map between its panels."""
    return decoded(page.screenshot(clip={"x": 320, "y": 110, "width": 520, "height": 600}))


def layer(platform: Platform, name: str) -> list[dict[str, Any]]:
    answer = platform.get(f"/api/spatiotemporal/layers/ZSSS/{name}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["features"])


def works(platform: Platform) -> list[dict[str, Any]]:
    """The fence of the test, as the platform has it."""
    return [one for one in layer(platform, "restriction") if one["properties"]["name_zh"] == NAME]


# Measuring


def test_a_distance_has_parts_with_bearings(page: Page) -> None:
    open_map(page, GRASS)
    page.keyboard.press("m")
    panel = page.get_by_test_id("measure")
    expect(panel).to_be_visible()
    click(page, -200, 100)
    click(page, 100, 100)
    click(page, 100, -100)
    rows = panel.locator("dd")
    expect(rows).to_have_count(3)
    view = view_of(page)
    east, north = rows.nth(1).inner_text(), rows.nth(2).inner_text()
    # The ellipsoid's east is up to 0.3 % longer than Mercator's sphere has it.
    assert metres_in(east) == pytest.approx(view.metres(300), rel=0.006)
    assert metres_in(north) == pytest.approx(view.metres(200), rel=0.006)
    assert "090.0°" in east
    assert "000.0°" in north
    total = metres_in(rows.nth(0).inner_text())
    assert total == pytest.approx(metres_in(east) + metres_in(north), abs=1.1)
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(2)
    page.keyboard.press("Control+y")
    expect(rows).to_have_count(3)
    page.mouse.dblclick(*point(page, 0, 0))
    sketch = page.get_by_test_id("sketch")
    expect(sketch).to_have_attribute("data-done", "true")
    expect(sketch).to_have_attribute("data-corners", "4")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_an_area_is_measured_and_stays_in_its_place_in_the_scene(page: Page) -> None:
    open_map(page, GRASS, language="en")
    page.get_by_test_id("tool-area").click()
    for corner in ((-100, -100), (100, -100), (100, 100), (-100, 100)):
        click(page, *corner)
    panel = page.get_by_test_id("measure")
    found = re.search(r"([\d,]+) m² · ([\d.]+) ha", panel.inner_text())
    assert found, panel.inner_text()
    side = view_of(page).metres(200)
    assert float(found[1].replace(",", "")) == pytest.approx(side * side, rel=0.01)
    page.keyboard.press("Enter")
    sketch = page.get_by_test_id("sketch")
    expect(sketch).to_have_attribute("data-done", "true")
    before = panel.locator("dd").first.inner_text()
    page.get_by_test_id("three").click()
    expect(page).to_have_url(re.compile(r"mode=3d.*/58(&|$)"), timeout=SLOW_MS)
    assert panel.locator("dd").first.inner_text() == before
    # Seen aslant the same square is less high than wide.
    box = sketch.locator("polygon").bounding_box()
    assert box is not None
    assert box["height"] < 0.75 * box["width"]


def test_corners_are_set_by_keyboard_alone(page: Page) -> None:
    open_map(page, GRASS)
    page.locator(".maplibregl-canvas").focus()
    page.keyboard.press("m")
    page.keyboard.press("Space")
    start = view_of(page)
    page.keyboard.press("ArrowRight")
    # The map glides a while after the key; its address says where it has come to rest.
    page.wait_for_function(
        f"() => Number(/view=[^/]+\\/[^/]+\\/([\\d.]+)/.exec(location.hash)[1]) > {start.longitude}"
    )
    wait_until_drawn(page)
    page.keyboard.press("Space")
    expect(page.get_by_test_id("sketch")).to_have_attribute("data-corners", "2")
    page.keyboard.press("Enter")
    assert "090.0°" in page.get_by_test_id("measure").inner_text()


# Fences


def fill_form(panel: Locator, **fields: str) -> None:
    for name, text in fields.items():
        panel.locator(f"[name={name}]").fill(text)


def test_a_fence_is_drawn_saved_changed_deleted_and_every_step_taken_back(
    page: Page, platform: Platform
) -> None:
    open_map(page, GRASS)
    page.keyboard.press("d")
    panel = page.get_by_test_id("fence-panel")
    faults = panel.get_by_test_id("faults")
    expect(faults).to_contain_text("至少需要三个拐点")
    for corner in ((-120, -80), (120, 80), (120, -80), (-120, 80)):
        click(page, *corner)
    expect(faults).to_contain_text("边线互相交叉")
    save = panel.locator("button[type=submit]")
    expect(save).to_be_disabled()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    for corner in ((120, -80), (120, 80), (-120, 80)):
        click(page, *corner)
    click(page, -120, -80)  # the first corner closes the ring
    expect(page.get_by_test_id("sketch")).to_have_attribute("data-done", "true")
    fill_form(panel, zh=NAME, en="North works", reason=REASON)
    expect(faults).to_be_hidden()
    save.click()

    said, card = page.get_by_test_id("said"), page.get_by_test_id("fence-card")
    expect(said).to_contain_text(NAME)
    expect(card).to_contain_text(REASON)
    [kept] = works(platform)
    assert kept["properties"]["kind"] == "works"
    assert len(kept["geometry"]["coordinates"][0]) == 5

    change_by_dragging(page, card)
    [moved] = works(platform)
    assert moved["geometry"] != kept["geometry"]

    card.get_by_role("button", name="删除围栏").click()
    card.locator("[name=remove-reason]").fill("施工结束")
    card.get_by_role("button", name="删除围栏").last.click()
    expect(card).to_be_hidden()
    assert works(platform) == []
    said.get_by_role("button", name="撤销").click()
    expect(page.get_by_test_id("fences")).to_contain_text(NAME)
    assert works(platform)[0]["geometry"] == moved["geometry"]
    page.keyboard.press("Control+z")  # the change
    expect(said.get_by_role("button", name="撤销")).to_be_enabled()
    expect(said).to_contain_text("已撤销")
    platform.wait_until(
        lambda: works(platform)[0]["geometry"] == kept["geometry"],
        "the change is taken back",
    )
    said.get_by_role("button", name="恢复").click()
    platform.wait_until(
        lambda: works(platform)[0]["geometry"] == moved["geometry"],
        "the change is made again",
    )

    page.get_by_test_id("fences").get_by_role("button", name=NAME).click()
    history = card.get_by_test_id("history")
    expect(history.locator("[data-action=create]")).to_contain_text("由 test")
    expect(history.locator("[data-action=change]")).to_have_count(1)
    expect(history.locator("[data-action=retire]")).to_contain_text("施工结束")
    expect(history.locator("[data-action=undo]")).to_have_count(3)


def change_by_dragging(page: Page, card: Locator) -> None:
    """Move a corner, add another one, and save with a new reason."""
    card.get_by_role("button", name="修改").click()
    sketch = page.get_by_test_id("sketch")
    expect(sketch).to_have_attribute("data-corners", "4")
    corner = sketch.locator("[data-corner='0']").bounding_box()
    assert corner is not None
    page.mouse.move(corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] / 2)
    page.mouse.down()
    page.mouse.move(corner["x"] - 30, corner["y"] - 20, steps=4)
    page.mouse.up()
    sketch.locator("[data-middle='1']").click()
    expect(sketch).to_have_attribute("data-corners", "5")
    panel = page.get_by_test_id("fence-panel")
    fill_form(panel, reason="范围扩大")
    panel.locator("button[type=submit]").click()
    expect(page.get_by_test_id("said")).to_contain_text("已修改")


def test_a_fence_beyond_the_boundary_is_refused_here_and_there(
    page: Page, platform: Platform
) -> None:
    open_map(page, "airport=ZSSS&view=12.50/31.19500/121.33090", language="en")
    page.keyboard.press("d")
    for corner in ((-280, -250), (200, -250), (200, 250)):
        click(page, *corner)
    panel = page.get_by_test_id("fence-panel")
    expect(panel.get_by_test_id("faults")).to_contain_text("beyond the airport's boundary")
    expect(panel.locator("button[type=submit]")).to_be_disabled()
    answer = platform.post(
        "/api/spatiotemporal/layers/ZSSS/restriction/features",
        json={
            "id": "ZSSS.restriction.far",
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
            "properties": {"kind": "works", "reason": "test"},
            "reason": "test",
        },
    )
    assert answer.status_code == 422
    assert "boundary" in answer.text


def test_a_speed_limit_asks_its_limit_and_is_seen_in_both_languages(
    page: Page, platform: Platform
) -> None:
    open_map(page, GRASS)
    page.keyboard.press("d")
    for corner in ((-250, 150), (-150, 150), (-150, 230)):
        click(page, *corner)
    page.keyboard.press("Enter")
    panel = page.get_by_test_id("fence-panel")
    panel.locator("[name=purpose]").select_option("speed_limit")
    fill_form(panel, zh="西区限速", en="West limit", reason="除雪作业")
    expect(panel.get_by_test_id("faults")).to_contain_text("限速")
    fill_form(panel, limit="15")
    panel.locator("button[type=submit]").click()
    card = page.get_by_test_id("fence-card")
    expect(card).to_contain_text("15 km/h")
    address = page.url.partition("#")[2]
    open_map(page, address, language="en")
    expect(card).to_contain_text("West limit")
    expect(card).to_contain_text("Speed limit")
    [kept] = [one for one in layer(platform, "restriction") if "limit_mps" in one["properties"]]
    assert kept["properties"]["limit_mps"] == pytest.approx(15 / 3.6, abs=0.001)


def test_who_may_not_edit_sees_why_in_both_languages(looker: Page) -> None:
    open_map(looker, GRASS)
    looker.get_by_test_id("tool-fence").click()
    told = looker.get_by_test_id("may-not")
    expect(told).to_contain_text("没有编辑图层的权限")
    expect(told).to_contain_text("spatiotemporal.layers.edit")
    expect(looker.get_by_test_id("fence-panel").locator("form")).to_have_count(0)
    looker.get_by_role("button", name="Switch to English").click()
    expect(told).to_contain_text("may not edit layers")
    click(looker, 0, 0)
    expect(looker.get_by_test_id("sketch")).to_have_attribute("data-corners", "0")


# Finding, following, filtering


def test_places_are_found_with_what_is_known_of_them(page: Page) -> None:
    open_map(page, "airport=ZSSS")
    for text, kind, card, content in (
        ("机位 221", "机位", "stand-card", "221"),
        ("登机口 222", "登机口", "stand-card", "222"),
        ("滑行道 B", "滑行道", "element-card", "B"),
        ("跑道 18L", "跑道", "element-card", "18L"),
    ):
        page.get_by_role("combobox").first.fill(text)
        first = page.get_by_role("option").first
        expect(first).to_contain_text(kind)
        first.click()
        shown = page.get_by_test_id(card)
        expect(shown).to_contain_text(content)
        expect(shown.get_by_test_id("history")).to_contain_text("由 platform")
        expect(page).to_have_url(re.compile(r"(stand|thing)="))


def test_a_flight_is_found_at_its_stand(page: Page, platform: Platform) -> None:
    send_in_block(platform, "223", "B5938", flight="MU5104", aircraft_type="333")
    platform.wait_until(
        lambda: bool(
            platform.get("/api/operations/flights", params={"q": "MU5104"}).json()["items"]
        ),
        "the flight is on the board",
    )
    open_map(page, "airport=ZSSS", language="en")
    field = page.get_by_role("combobox").first
    field.fill("MU5104")
    option = page.get_by_role("option").filter(has_text="Flight")
    expect(option).to_contain_text("PEK")
    option.first.click()
    card = page.get_by_test_id("stand-card")
    expect(card).to_contain_text("Stand 223")
    expect(card).to_contain_text("MU5104")


async def drive(
    platform: Platform, phone: str, plate: str, places: list[tuple[float, float]]
) -> None:
    """A vehicle reports from one place after the other; the reports lie four seconds apart."""
    terminal = Terminal(f"127.0.0.1:{platform.jt808_port}", phone)
    await terminal.connect()
    await terminal.register(plate=plate)
    assert await terminal.authenticate() == 0
    now = datetime.now(UTC).replace(microsecond=0)
    for number, (latitude, longitude) in enumerate(places):
        location = jt808.Location(
            alarm=0,
            status=0b11,
            latitude=latitude,
            longitude=longitude,
            altitude_m=3,
            speed_mps=8.0,
            heading_deg=90,
            time=now - timedelta(seconds=4 * (len(places) - 1 - number)),
        )
        await terminal.send(terminal.frame(jt808.LOCATION, location))
        assert await terminal.result() == 0
        await asyncio.sleep(1.2)  # a frame of the socket has one report of each
    terminal.writer.close()


def driving(act: Callable[[], Any]) -> None:
    """Run a coroutine apart: the browser's own event loop runs in this thread."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(act())).result()


def test_a_vehicle_is_followed_and_leaves_a_track(page: Page, platform: Platform) -> None:
    places = [(31.1945, 121.3292), (31.1945, 121.3296)]
    driving(lambda: drive(platform, "013900100077", "民航A0077", places))
    open_map(page, GRASS)
    expect(page.get_by_test_id("feed")).to_have_attribute("data-state", "open")
    choose(page, "A0077")
    card = page.get_by_test_id("mover-card")
    expect(card).to_contain_text("民航A0077")
    expect(page).to_have_url(re.compile("follow=vehicle"))
    wait_until_drawn(page)
    start = view_of(page).longitude
    farther = [(31.1945, 121.3296 + 0.0012 * step) for step in range(1, 5)]
    driving(lambda: drive(platform, "013900100077", "民航A0077", farther))
    expect(card.get_by_test_id("trail")).to_contain_text("km/h")
    page.wait_for_function(
        f"() => Number(/view=[^/]+\\/[^/]+\\/([\\d.]+)/.exec(location.hash)[1]) > {start + 0.0008}"
    )
    page.keyboard.press("f")
    expect(page).to_have_url(re.compile("mover=vehicle"))
    page.keyboard.press("f")
    expect(page).to_have_url(re.compile("follow=vehicle"))
    page.mouse.move(*point(page, 0, 200))
    page.mouse.down()
    page.mouse.move(*point(page, 80, 220), steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile("mover=vehicle"))


def test_filters_and_layers_are_in_the_link(page: Page) -> None:
    open_map(page, GRASS)
    page.get_by_role("radio", name="行驶中").click()
    page.get_by_role("checkbox", name="摆渡车").uncheck()
    page.get_by_role("checkbox", name="限制与围栏").uncheck()
    page.locator("summary").filter(has_text="飞行区").click()
    page.get_by_role("checkbox", name="跑道", exact=False).first.uncheck()
    expect(page).to_have_url(re.compile("only=moving"))
    expect(page).to_have_url(re.compile("without=bus"))
    expect(page).to_have_url(re.compile("hide=fences,"))
    expect(page.get_by_text("部分目标已被筛选隐藏")).to_be_visible()
    link = page.url.partition("#")[2]
    open_map(page, link)
    expect(page.get_by_role("radio", name="行驶中")).to_have_attribute("aria-checked", "true")
    expect(page.get_by_role("checkbox", name="摆渡车")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="限制与围栏")).not_to_be_checked()
    # A link to the other airport, pasted into the open page.
    page.evaluate("location.hash = '#airport=ZSPD&view=15.00/31.14600/121.80500'")
    expect(page.get_by_role("radio", name="浦东")).to_have_attribute("aria-checked", "true")
    expect(page).to_have_url(re.compile("airport=ZSPD&view=15.00/31.14600/121.80500"))


# Looks, keys, printing


def test_day_and_night_and_both_languages(page: Page) -> None:
    open_map(page, GRASS)
    expect(page.get_by_role("heading", name="图层")).to_be_visible()
    day = picture(page).mean()
    page.get_by_role("button", name="切换为深色").click()
    page.get_by_role("button", name="Switch to English").click()
    expect(page.get_by_role("heading", name="Layers")).to_be_visible()
    # Colours fade.
    wait_for_picture(lambda: picture(page), lambda night: bool(day > night.mean() + 60))


def test_the_help_knows_the_keys_and_the_keys_work(page: Page) -> None:
    open_map(page, GRASS)
    for text, other in (("绘制围栏", "Switch to English"), ("Draw a fence", "切换为中文")):
        page.locator(".maplibregl-canvas").focus()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_contain_text(text)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.get_by_role("button", name=other).click()
    page.get_by_role("button", name="放大").first.press("+")
    expect(page).to_have_url(re.compile("view=17.50/"))
    page.keyboard.press("r")
    expect(page).to_have_url(re.compile(r"view=17.50/[\d.]+/[\d.]+/(-2.7|357.3)"))
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(r"view=17.50/[\d.]+/[\d.]+(&|$)"))
    page.keyboard.press("g")
    page.keyboard.press("m")
    expect(page.get_by_test_id("measure")).to_be_hidden()


def test_a_clean_page_is_printed_light_by_day_and_by_night(page: Page) -> None:
    page.add_init_script("window.asked = 0; window.print = () => { window.asked += 1; };")
    open_map(page, GRASS)
    for turn, key in enumerate(("Control+p", "p"), start=1):
        page.keyboard.press(key)
        page.wait_for_function(f"() => window.asked === {turn}")
        page.emulate_media(media="print")
        sheet = page.get_by_test_id("print-sheet")
        expect(sheet).to_be_visible()
        expect(page.get_by_role("combobox")).to_be_hidden()
        for text in ("上海虹桥国际机场", "图例", "跑道", "1 : ", "UTC", "数据来源", "链接"):
            expect(sheet).to_contain_text(text)
        paper = decoded(sheet.locator("canvas").first.screenshot())
        # Light, and a picture: neither one colour nor night.
        assert paper.mean() > 140
        assert paper.std() > 8
        assert len(page.pdf(prefer_css_page_size=True, print_background=True)) > 30_000
        page.emulate_media(media="screen")
        if turn == 1:
            page.get_by_role("button", name="切换为深色").click()


# What is shown instead


def test_what_cannot_be_read_is_told_and_asked_for_again(manager: BrowserContext) -> None:
    page = manager.new_page()
    refuse = "**/api/spatiotemporal/layers/ZSSS"
    page.route(refuse, lambda route: route.fulfill(status=503, body="{}"))
    open_map(page, GRASS, language="en")
    fences = page.get_by_test_id("fences")
    expect(fences).to_contain_text("Restrictions could not be read")
    page.unroute(refuse)
    fences.get_by_role("button", name="↻").click()
    expect(fences).not_to_contain_text("could not be read")
    page.close()


def test_an_airport_that_cannot_be_read_is_told(manager: BrowserContext) -> None:
    page = manager.new_page()
    held: list[Route] = []
    page.route("**/api/spatiotemporal/airports", lambda route: held.append(route))
    page.goto(f"/map?lang=en#{GRASS}")
    expect(page.get_by_role("status").filter(has_text="Loading")).to_be_visible()
    while not held:  # the test's own limit ends this
        page.wait_for_timeout(100)
    held.pop().abort()
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute("**/api/spatiotemporal/airports")
    page.get_by_role("button", name="Try again").click()
    wait_until_drawn(page)
    page.close()


def test_an_airport_without_fences_says_so_and_an_old_picture_is_told(
    manager: BrowserContext,
) -> None:
    page = manager.new_page()
    lines: list[WebSocketRoute] = []

    def take(line: WebSocketRoute) -> None:
        lines.append(line)
        if len(lines) == 1:
            line.connect_to_server()
        else:
            line.close()

    page.route_web_socket("**/api/spatiotemporal/live", take)
    open_map(page, "airport=ZSPD", language="en")
    expect(page.get_by_test_id("fences")).to_contain_text("No restriction or fence")
    expect(page.get_by_test_id("feed")).to_have_attribute("data-state", "open")
    lines[0].close()
    expect(page.get_by_test_id("feed")).to_have_attribute("data-state", "lost")
    expect(page.get_by_role("alert").first).to_contain_text("No update")
    page.close()
