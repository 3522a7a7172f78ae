"""Airports that an operator has imported, on the map of a running platform: found, chosen, searched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from spatiotemporal.airport_model import exchange, forget, install
from tests.browser import Watched, chromium
from tests.e2e.map_pages import SLOW_MS, view_of, wait_until_drawn
from tests.platform_process import Platform
from tests.unit.spatiotemporal.airport_model.assembled import airfields

pytestmark = pytest.mark.browser

CODE = "ZZNE"
MORE = ("ZZNF", "ZZNG", "ZZNH", "ZZNI", "ZZNJ", "ZZNK", "ZZNL")
"""With these, both of the platform's own and the imported one there are ten."""

STAND_3 = airfields.STANDS[2]


@pytest.fixture(scope="module")
def imported(
    platform: Platform, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, object]]:
    """An apt.dat of an airport that nobody described, imported by the command line; what it said."""
    file = tmp_path_factory.mktemp("operator") / "apt.dat"
    file.write_text(airfields.network_1200())
    told = ("--name-zh", "新机场", "--iata", "NEW", "--time-zone", "Australia/Sydney")
    answer = platform.command(
        "airport", "import", str(file), "--icao", CODE, "--alone", *told, "--json"
    )
    assert answer.returncode == 0, answer.stderr
    yield json.loads(answer.stdout)
    gone = platform.command("airport", "forget", CODE)
    assert gone.returncode == 0, gone.stderr


@pytest.fixture
def ten(platform: Platform, imported: dict[str, object], tmp_path: Path) -> Iterator[None]:
    """Seven more of the same kind beside it."""
    home = platform.data / "airports"
    assert (home / CODE).is_dir()
    for code in MORE:
        file = tmp_path / f"{code}.dat"
        file.write_text(airfields.network_1200().replace(CODE, code))
        layers, manifest = exchange.read(file, icao=code, valid_from=date(2026, 5, 1))
        names = {"name_zh": f"测试{code[-1]}机场", "name_en": f"Field {code[-1]}", "iata": ""}
        install(home, code, layers, {**manifest, **names}, alone=True)
    yield
    for code in MORE:
        forget(home, code)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture(scope="module")
def access_key(platform: Platform) -> str:
    """The duty manager's, made once: the command takes seconds."""
    return platform.make_key("aoc")


@pytest.fixture
def page(browser: Browser, platform: Platform, access_key: str) -> Iterator[Page]:
    """A duty manager's page on which nothing may go wrong."""
    context = browser.new_context(
        base_url=platform.url, viewport={"width": 1100, "height": 700}, locale="zh-CN"
    )
    context.set_default_timeout(SLOW_MS)
    answer = context.request.post(
        "/api/session",
        data={"access_key": access_key},
        headers={"origin": platform.url},
    )
    assert answer.ok, answer.text()
    opened = context.new_page()
    watched = Watched(opened, platform.url)
    yield opened
    context.close()
    assert watched.faults == []


def test_a_stand_of_an_imported_airport_is_found(
    page: Page, platform: Platform, imported: dict[str, object]
) -> None:
    counts = imported["layers"]
    assert isinstance(counts, dict)
    assert counts["stand"] == len(airfields.STANDS)
    page.goto(f"/map?lang=zh#airport={CODE}")
    wait_until_drawn(page)
    chosen = page.get_by_role("radio", checked=True).filter(has_text="新机场")
    expect(chosen).to_contain_text("NEW")
    page.locator("[data-screen-search]").fill("机位 3")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("机位")
    option.click()
    card = page.get_by_test_id("stand-card")
    expect(card).to_contain_text("3")
    expect(page).to_have_url(re.compile(r"stand=3(&|$)"))
    # The map goes there.
    expect(page).to_have_url(re.compile(r"view=16\.\d+/"))
    latitude, longitude = (float(part) for part in airfields.at(STAND_3)[0].split())
    there = view_of(page)
    assert there.latitude == pytest.approx(latitude, abs=0.0005)
    assert there.longitude == pytest.approx(longitude, abs=0.0005)


def test_one_of_ten_airports_is_chosen_by_name_and_keyboard(page: Page, ten: None) -> None:
    page.goto("/map?lang=en#airport=ZSSS")
    wait_until_drawn(page)
    field = page.get_by_test_id("airport-list").get_by_role("combobox")
    expect(field).to_have_value("Hongqiao SHA")
    field.click()
    options = page.get_by_test_id("airport-list").get_by_role("option")
    expect(options).to_have_count(10)
    field.fill("zznf")
    expect(options).to_have_count(1)
    field.fill("Field")
    expect(options).to_have_count(len(MORE) + 1)
    field.press("ArrowDown")
    field.press("ArrowUp")
    second = options.nth(1)
    field.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    code = second.locator("small").inner_text()
    field.press("Enter")
    expect(page).to_have_url(re.compile(f"airport={code.split(' ')[0]}"))
    expect(field).to_have_value(re.compile("Field"))
    field.click()
    field.press("Escape")
    expect(options).to_have_count(0)
