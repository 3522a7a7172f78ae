"""The four screens in a real browser on a running platform, in both languages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from spatiotemporal.sources import jt808
from tests.browser import PATIENCE_MS, Watched, chromium, portrait
from tests.integration.test_vehicles import Terminal
from tests.platform_process import Platform

pytestmark = pytest.mark.browser

"""Software graphics on two shared cores are slow; what is waited for comes in a second or two elsewhere."""

GATE = "88"
SEAT = "17F"
PASSENGER = "WANG/FANG"
SHIPMENT = "112-12345675"
STATUS = (
    "FSU/12\r\n112-12345675PVGFRA/T25K1250.5\r\nRCS/{day}1015/PVG/T25K1250.5/HUANGPU EXPRESS\r\n",
    "FSU/12\r\n112-12345675PVGFRA/T25K1250.5\r\nDEP/CK261/{day}/PVGFRA/P20K1000.5/A2142\r\n",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture(scope="module")
def signed_in(browser: Browser, platform: Platform) -> Iterator[BrowserContext]:
    """A browser whose user has the administrator's key and may use a gate's camera."""
    context = browser.new_context(
        base_url=platform.url, viewport={"width": 1440, "height": 900}, locale="zh-CN"
    )
    context.set_default_timeout(PATIENCE_MS)
    key = platform.make_key("admin", "gate")
    answer = context.request.post(
        "/api/session", data={"access_key": key}, headers={"origin": platform.url}
    )
    assert answer.ok, answer.text()
    yield context
    context.close()


@pytest.fixture
def page(signed_in: BrowserContext, platform: Platform) -> Iterator[Page]:
    """A page on which nothing may go wrong."""
    opened = signed_in.new_page()
    watched = Watched(opened, platform.url)
    yield opened
    opened.close()
    assert watched.faults == []


def search(page: Page, text: str) -> None:
    """Look for something as people with keyboards do: a slash, then the words."""
    field = page.get_by_role("searchbox")
    expect(field).to_be_visible()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type(text)


def send_flights(platform: Platform, messages: list[bytes]) -> None:
    for message in messages:
        answer = platform.post(
            "/api/operations/intake/aidx",
            content=message,
            headers={"content-type": "application/xml"},
        )
        assert answer.status_code == 202, answer.text


def send_freight(platform: Platform) -> None:
    day = datetime.now(UTC).strftime("%d%b").upper()
    for text in STATUS:
        answer = platform.post("/api/cargo/intake/cimp", content=text.format(day=day).encode())
        assert answer.status_code == 202, answer.text


async def drive(platform: Platform) -> None:
    """A vehicle on the apron reports where it is."""
    terminal = Terminal(f"127.0.0.1:{platform.jt808_port}")
    await terminal.connect()
    await terminal.register()
    assert await terminal.authenticate() == 0
    now = datetime.now(UTC).replace(microsecond=0)
    location = jt808.Location(
        alarm=0,
        status=0b11,
        latitude=31.1945,
        longitude=121.3292,
        altitude_m=3,
        speed_mps=4.0,
        heading_deg=90,
        time=now,
    )
    await terminal.send(terminal.frame(jt808.LOCATION, location))
    assert await terminal.result() == 0
    terminal.writer.close()


def enrolled(platform: Platform) -> str:
    """A passenger who is through security and has given a document photo."""
    off_block = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=40)
    answer = platform.post(
        "/api/passenger/journeys",
        json={
            "booking_reference": "Q4W8ZN",
            "passenger_name": PASSENGER,
            "flight": {
                "carrier": "MU",
                "number": "5137",
                "date": off_block.date().isoformat(),
                "from": "SHA",
                "to": "PEK",
                "std": off_block.isoformat(),
            },
            "seat": SEAT,
            "sequence": 7,
            "gate": GATE,
            "screened_at": (off_block - timedelta(hours=1)).isoformat(),
        },
    )
    assert answer.status_code == 202, answer.text
    journey = str(answer.json()["journey_id"])
    address = f"/api/passenger/journeys/{journey}"
    platform.wait_until(lambda: platform.get(address).status_code == 200, "the journey is there")
    photo = bytes(cv2.imencode(".jpg", portrait())[1])
    taken = platform.post(
        f"{address}/enrolment",
        files={"photo": ("document.jpg", photo, "image/jpeg")},
        data={"consent_version": "2026-1", "consent_channel": "counter"},
    )
    assert taken.status_code == 201, taken.text
    return journey


def test_nobody_sees_flights_before_signing_in(browser: Browser, platform: Platform) -> None:
    context = browser.new_context(base_url=platform.url)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto("/flights")
    expect(page.get_by_role("tab")).to_have_count(2)
    page.get_by_role("tab").nth(1).click()
    page.locator("input[name=access_key]").fill("abk_000000000000_nothing")
    page.locator("button[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("input[name=access_key]").fill(platform.make_key("aoc"))
    page.locator("button[type=submit]").click()
    expect(page).to_have_url(f"{platform.url}/flights")
    expect(page.get_by_role("searchbox")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("language", "landed"), [("zh", "已落地"), ("en", "Landed")])
def test_real_flight_messages_stand_on_the_board(
    page: Page, platform: Platform, aidx_messages: list[bytes], language: str, landed: str
) -> None:
    send_flights(platform, aidx_messages)
    page.goto(f"/flights?lang={language}")
    search(page, "VS808")
    row = page.get_by_role("row").filter(has_text="VS808P")
    expect(row).to_be_visible()
    expect(row).to_contain_text(landed)
    expect(row).to_contain_text("LHR")
    row.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("GVFIZ")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_a_search_keeps_the_keys_while_rows_go_and_come(
    page: Page, platform: Platform, aidx_messages: list[bytes]
) -> None:
    """The list takes the keys when it appears, but not from somebody who is typing."""
    send_flights(platform, aidx_messages)
    page.goto("/flights?lang=zh")
    rows = page.get_by_role("row")
    expect(rows.nth(1)).to_be_visible()
    search(page, "VS808XX")
    expect(rows).to_have_count(0)
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    expect(rows.filter(has_text="VS808P")).to_be_visible()
    page.keyboard.type("P")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    expect(field).to_have_value("VS808P")


def test_the_board_changes_while_one_looks(page: Page, platform: Platform) -> None:
    def message(stand: str, minute: int) -> bytes:
        return f"""<?xml version='1.0' encoding='UTF-8'?>
<IATA_AIDX_FlightLegNotifRQ xmlns="http://www.iata.org/IATA/2007/00" Version="13.2"
  TimeStamp="2026-11-27T01:{minute:02}:00Z">
  <FlightLeg>
    <LegIdentifier>
      <Airline CodeContext="3">FM</Airline><FlightNumber>9117</FlightNumber>
      <DepartureAirport CodeContext="3">SHA</DepartureAirport>
      <ArrivalAirport CodeContext="3">CAN</ArrivalAirport>
      <OriginDate>2026-11-27</OriginDate>
    </LegIdentifier>
    <LegData>
      <AirportResources Usage="Planned"><Resource DepartureOrArrival="Departure"
        ><AircraftParkingPosition>{stand}</AircraftParkingPosition></Resource></AirportResources>
      <OperationTime OperationQualifier="OFB" TimeType="SCT" CodeContext="9750"
        >2026-11-27T02:00:00Z</OperationTime>
    </LegData>
  </FlightLeg>
</IATA_AIDX_FlightLegNotifRQ>""".encode()

    send_flights(platform, [message("258", 1)])
    page.goto("/flights?lang=zh")
    search(page, "FM9117")
    row = page.get_by_role("row").filter(has_text="FM9117")
    expect(row).to_contain_text("258")
    send_flights(platform, [message("231", 2)])
    expect(row).to_contain_text("231")


@pytest.mark.parametrize(("language", "tug"), [("zh", "牵引车"), ("en", "Tug")])
def test_a_vehicle_is_found_on_the_map(
    page: Page, platform: Platform, language: str, tug: str
) -> None:
    with ThreadPoolExecutor(1) as apart:  # the browser's own event loop runs in this thread
        apart.submit(asyncio.run, drive(platform)).result()
    page.goto(f"/map?lang={language}")
    expect(page.get_by_test_id("feed")).to_have_attribute("data-state", "open")
    expect(page.locator("canvas").first).to_be_visible()
    page.get_by_role("combobox").fill("A0001")
    page.get_by_role("option").first.click()
    card = page.get_by_test_id("mover-card")
    expect(card).to_contain_text("民航A0001")
    expect(card).to_contain_text(tug)


def test_a_stand_of_pudong_is_found_on_the_map(page: Page) -> None:
    page.goto("/map?lang=zh")
    page.get_by_role("radio").nth(1).click()
    page.get_by_role("combobox").fill("112")
    page.get_by_role("option").first.click()
    expect(page.get_by_test_id("stand-card")).to_contain_text("112")


def test_a_face_at_the_camera_opens_the_gate(page: Page, platform: Platform) -> None:
    enrolled(platform)
    page.goto(f"/gate?gate={GATE}&lang=zh")
    page.get_by_role("button").filter(has_text=SEAT).click()
    outcome = page.get_by_test_id("outcome")
    # The first match says who it is; with the security mark the same look lets the passenger board.
    expect(outcome).to_be_visible()
    expect(outcome).to_have_attribute("data-tone", "good")
    expect(outcome).to_contain_text("请登机")
    outcome.locator("summary").click()
    expect(outcome).to_contain_text("dlib-resnet-v1")
    assert PASSENGER not in page.content()


@pytest.mark.parametrize(("language", "departed"), [("zh", "已起飞"), ("en", "Departed")])
def test_a_stranger_sees_where_freight_is(
    browser: Browser, platform: Platform, language: str, departed: str
) -> None:
    send_freight(platform)
    context = browser.new_context(base_url=platform.url)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"/cargo?lang={language}")
    page.get_by_role("searchbox").or_(page.locator("[data-screen-search]")).first.fill(
        "１１２－１２３４５６７５"
    )
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(SHIPMENT)
    expect(page.locator("main")).to_contain_text(departed)
    expect(page.locator("main")).to_contain_text("CK261")
    assert "HUANGPU" not in page.content()
    context.close()


def test_a_wrong_check_digit_is_told_before_anything_is_asked(page: Page) -> None:
    page.goto("/cargo?lang=zh")
    page.locator("[data-screen-search]").first.fill("112-12345670")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert").first
    expect(alert).to_contain_text("应为 5")


def test_languages_and_themes_are_kept(page: Page) -> None:
    page.goto("/cargo")
    html = page.locator("html")
    expect(html).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="dark").click()
    page.goto("/cargo")
    expect(html).to_have_attribute("lang", "en")
    expect(html).to_have_attribute("data-theme", "dark")
    page.goto("/cargo?lang=zh&theme=light")
    expect(html).to_have_attribute("lang", "zh-CN")
    expect(html).to_have_attribute("data-theme", "light")


def test_a_page_that_does_not_exist_says_so(page: Page) -> None:
    page.goto("/nowhere?lang=zh")
    expect(page.locator("main")).to_contain_text("没有")


def test_screens_keep_an_old_picture_apart_from_a_new_one(
    signed_in: BrowserContext, tmp_path: Path
) -> None:
    """With the platform out of reach a screen says that what it shows is old."""
    page = signed_in.new_page()
    page.goto("/flights?lang=zh")
    expect(page.get_by_role("searchbox")).to_be_visible()
    signed_in.set_offline(True)
    try:
        page.evaluate("window.dispatchEvent(new Event('offline'))")
        expect(page.get_by_text("断", exact=False).first).to_be_visible(timeout=60_000)
    finally:
        signed_in.set_offline(False)
        page.close()
