"""How the map answers a hand that pans it: Pudong with every layer and 3,000 movers, software graphics.

Each scene is panned with the real pointer for 20 s, at 60 events a second whether the page keeps up or not.
Beside it, in the same run, MapLibre alone draws the same style without movers and without deck.gl.
``busy_apron.py`` is the platform, ``map_probe.js`` says what is measured and when an input counts as
answered.

Run: ``python -m pytest tests/benchmarks/map_panning.py -m benchmark_run -s -p no:cacheprovider``.
Other work on the machine counts: the first line of the table gives its load, and the processor time that the
browser took for each picture of the map, drawn or moved with the hand, compares whatever the load. A map that
shows a part of the airport is sent the movers there twice a second, if they have reported, and the others
every five seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from airport_brain import bootstrap
from spatiotemporal.airport_model.store import ModelStore
from tests.benchmarks.busy_apron import MOVERS
from tests.browser import SOFTWARE_GL
from tests.components import ROOT, missing
from tests.platform_process import Platform

pytestmark = [pytest.mark.benchmark_run, pytest.mark.timeout(900)]

PAN_S = float(os.environ.get("MAP_PAN_SECONDS", "20"))
SETTLE_S = 6.0
EVENTS_PER_S = 60
DRAG_S, REST_S = 1.5, 0.8
SIZE = {"width": 1280, "height": 800}
PROBE = Path(__file__).with_name("map_probe.js").read_text("utf-8")
CONSOLE = Path(os.environ.get("MAP_CONSOLE", ROOT / "airport_brain" / "console"))
"""Its ``dist`` is what is measured: build it first (``make setup``)."""

GOAL_P95_MS = 200.0
GOAL_BYTES = 3_000_000
PARKED = 160
"""Aircraft on stands."""

MIDDLE = "31.15000/121.80500"
"""Between the terminals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A page to pan over."""

    name: str
    address: str
    movers: bool = True


SCENES = (
    Scene(name="map, whole", address="/map?lang=zh#airport=ZSPD"),
    Scene(name="MapLibre alone", address="/alone/#airport=ZSPD", movers=False),
    Scene(name="map, near", address=f"/map?lang=zh#airport=ZSPD&view=16.20/{MIDDLE}"),
    Scene(name="MapLibre alone", address=f"/alone/#airport=ZSPD&view=16.20/{MIDDLE}", movers=False),
    Scene(name="scene, whole", address="/map?lang=zh#airport=ZSPD&mode=3d"),
    Scene(
        name="MapLibre alone",
        address=f"/alone/#airport=ZSPD&mode=3d&view=14.30/{MIDDLE}/342/58",
        movers=False,
    ),
    Scene(
        name="scene, near", address=f"/map?lang=zh#airport=ZSPD&mode=3d&view=16.40/{MIDDLE}/342/58"
    ),
    Scene(
        name="MapLibre alone",
        address=f"/alone/#airport=ZSPD&mode=3d&view=16.40/{MIDDLE}/342/58",
        movers=False,
    ),
)


class Apron(Platform):
    """The busy apron in the place of the whole platform."""

    def start(self) -> None:
        alone = self.data / "alone"
        self.data.mkdir(parents=True, exist_ok=True)
        build_alone(alone)
        self.key = self.make_key("admin")
        with (self.data / "platform.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.benchmarks.busy_apron",
                    self.data,
                    str(self.port),
                    alone,
                    CONSOLE / "dist",
                ],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_until(lambda: self.get("/healthz").status_code == 200, "the gateway answers")
        self.wait_until(
            lambda: len(self.get("/api/spatiotemporal/movers").json()["items"]) == MOVERS,
            "every mover has reported",
        )
        answer = self.post(
            "/api/operations/intake/aidx",
            content=in_block(),
            headers={"content-type": "application/xml"},
        )
        assert answer.status_code == 202, answer.text


def build_alone(folder: Path) -> None:
    """The page of MapLibre alone, from the map's own style."""
    subprocess.run(
        [CONSOLE / "node_modules/.bin/vite", "build", "benchmark", "--base", "/alone/",
         "--outDir", folder, "--emptyOutDir", "--logLevel", "error"],
        cwd=CONSOLE, env=bootstrap.environment(), check=True, timeout=300,
    )  # fmt: skip


def in_block() -> bytes:
    """Arrivals that stand on every second stand of Pudong since twenty minutes ago."""
    stands = ModelStore(own=Path("nowhere")).model("ZSPD").airport.stands[::2][:PARKED]
    now = datetime.now(UTC).replace(microsecond=0)
    at, sent = ((now - timedelta(minutes=ago)).strftime("%FT%TZ") for ago in (20, 0))
    legs = "".join(
        f"""<FlightLeg><LegIdentifier><Airline CodeContext="3">MU</Airline>
<FlightNumber>{5100 + number}</FlightNumber>
<DepartureAirport CodeContext="3">PEK</DepartureAirport>
<ArrivalAirport CodeContext="3">PVG</ArrivalAirport><OriginDate>{now.date()}</OriginDate></LegIdentifier>
<LegData><AirportResources Usage="Actual"><Resource DepartureOrArrival="Arrival"
><AircraftParkingPosition>{stand.number}</AircraftParkingPosition></Resource></AirportResources>
<OperationTime OperationQualifier="ONB" TimeType="SCT" CodeContext="9750">{at}</OperationTime>
<OperationTime OperationQualifier="ONB" TimeType="ACT" CodeContext="9750">{at}</OperationTime>
<AircraftInfo><AircraftType>{"333" if stand.code in "EF" else "320"}</AircraftType>
<Registration>B{6000 + number}</Registration></AircraftInfo></LegData></FlightLeg>"""
        for number, stand in enumerate(stands)
    )
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><IATA_AIDX_FlightLegNotifRQ "
        f'xmlns="http://www.iata.org/IATA/2007/00" Version="13.2" TimeStamp="{sent}">{legs}'
        "</IATA_AIDX_FlightLegNotifRQ>"
    ).encode()


@pytest.fixture(scope="module")
def apron(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apron]:
    if not (CONSOLE / "node_modules").is_dir():
        missing("the console's packages (make setup)")
    running = Apron(tmp_path_factory.mktemp("apron") / "data")
    running.start()
    yield running
    running.stop()


def hand(seconds: float) -> Iterator[tuple[float, str, float, float]]:
    """What a hand does: to and fro along two diagonals, at rest after each; second, event, x, y."""
    x, y = SIZE["width"] * 0.6, SIZE["height"] * 0.5
    at, drag = 0.0, 0
    while at < seconds:
        way, slope = (1 if drag % 2 == 0 else -1), (0.5 if drag % 4 < 2 else -0.5)
        yield at, "mousePressed", x, y
        for _ in range(int(DRAG_S * EVENTS_PER_S)):
            at += 1 / EVENTS_PER_S
            x, y = x + way * 2.5, y + way * slope * 2.5
            yield at, "mouseMoved", x, y
        yield at, "mouseReleased", x, y
        at += REST_S if drag % 2 else 0.1
        drag += 1


async def pan(page: Page, seconds: float) -> None:
    """Drag the map at the hand's own pace, without waiting for the page's answers."""
    session = await page.context.new_cdp_session(page)
    sent: list[asyncio.Task[Any]] = []
    clock = asyncio.get_running_loop().time
    began = clock()
    for at, kind, x, y in hand(seconds):
        await asyncio.sleep(max(0.0, began + at - clock()))
        held = kind != "mouseReleased"
        event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": int(held)}
        asked = session.send("Input.dispatchMouseEvent", {**event, "clickCount": 1})
        sent.append(asyncio.create_task(asked))
    await asyncio.wait(sent, timeout=30)
    await session.detach()


def browser_s() -> float:
    """Processor seconds that the browser has taken since it was started."""
    spent = 0.0
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if "chrom" in process.name():
                times = process.cpu_times()
                spent += times.user + times.system
    return spent


async def measure(context: BrowserContext, scene: Scene, url: str) -> dict[str, Any]:
    """Open a scene, wait until it is whole, pan over it; give what the probe saw."""
    page = await context.new_page()
    strangers: list[str] = []
    allowed = (url, url.replace("http", "ws", 1), "blob:", "data:")
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(allowed) else strangers.append(asked.url),
    )
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    sizes: list[float] = []
    session = await context.new_cdp_session(page)
    await session.send("Network.enable")
    await session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    await page.add_init_script(PROBE)
    await page.goto(url + scene.address)
    await page.wait_for_selector("canvas.maplibregl-canvas", timeout=60_000)
    if scene.movers:
        await page.get_by_test_id("feed").wait_for(timeout=60_000)
    if scene.movers and "mode=3d" in scene.address:
        await page.wait_for_selector('[data-scene="whole"]', timeout=120_000)
    await page.wait_for_load_state("networkidle", timeout=120_000)
    await page.wait_for_timeout(SETTLE_S * 1000)
    first = sum(sizes)
    await page.evaluate("mapProbe.begin()")
    await page.wait_for_timeout(4_000)
    still = await page.evaluate("mapProbe.end()")
    await page.evaluate("mapProbe.begin()")
    before = browser_s()
    await pan(page, PAN_S)
    spent = browser_s() - before
    seen: dict[str, Any] = await page.evaluate("mapProbe.end()")
    folder = os.environ.get("MAP_SHOTS")
    if folder:
        await page.screenshot(
            path=f"{folder}/{scene.name.replace(', ', '-').replace(' ', '-')}.png"
        )
    await page.close()
    assert strangers == []
    assert faults == []
    return {**seen, "bytes": first, "still": still, "spent_s": spent}


def row(scene: Scene, seen: dict[str, Any]) -> str:
    """A line of the table."""
    p50, p95 = np.percentile(seen["answers"], [50, 95])
    seconds, still = seen["seconds"], seen["still"]
    pictures = seen["drawn"]["map"] + seen["carried"]
    line = (
        f"{scene.name:<15}{p50:7.0f}{p95:7.0f}{len(seen['answers']):7d}"
        f"{seen['longest']:8.0f}{pictures / seconds:6.1f}{seen['drawn']['map'] / seconds:6.1f}"
        f"{1000 * seen['spent_s'] / max(1, pictures):7.0f}"
    )
    if not scene.movers:
        return f"{line}{'':<37}{seen['bytes'] / 1e6:7.2f}"
    age = np.mean([shown["fixAge"] for shown in seen["shown"]]) / 1000
    return (
        f"{line}{seen['drawn']['movers'] / seconds:5.1f}{in_sight(seen)}{age:7.2f}"
        f"{still['drawn']['movers'] / still['seconds']:8.1f}{updates(still):5.2f}"
        f"{seen['bytes'] / 1e6:7.2f}"
    )


def slow(seen: dict[str, Any]) -> bool:
    """Whether the goal is missed."""
    return bool(np.percentile(seen["answers"], 95) > GOAL_P95_MS)


def in_sight(seen: dict[str, Any]) -> str:
    """New positions shown per second of a mover in sight: of the middle one, and of the slowest twentieth."""
    if not seen["rates"]:
        return f"{'-':>6}{'-':>6}"
    middle, slowest = np.percentile(seen["rates"], [50, 5])
    return f"{middle:6.2f}{slowest:6.2f}"


def updates(seen: dict[str, Any]) -> float:
    """New positions shown per mover and second, in sight or not."""
    return float(sum(shown["rows"] for shown in seen["shown"]) / MOVERS / seen["seconds"])


HEAD = """\
               input to frame        longest shown drawn cpu ms  movers in sight    fix  still:  new  first
scene           p50 ms p95 ms inputs      ms    /s    /s   each   /s p50/s  p5/s  age s      /s   /s     MB"""


async def browse(context: BrowserContext, url: str) -> dict[Scene, dict[str, Any]]:
    wanted = os.environ.get("MAP_SCENES", "")
    return {
        scene: await measure(context, scene, url)
        for number, scene in enumerate(SCENES)
        if not wanted or str(number) in wanted
    }


async def signed_in(browser: Browser, apron: Apron) -> BrowserContext:
    context = await browser.new_context(viewport=SIZE, locale="zh-CN")  # type: ignore[arg-type]
    answer = await context.request.post(
        f"{apron.url}/api/session",
        data={"access_key": apron.key},
        headers={"origin": apron.url},
    )
    assert answer.ok
    return context


async def test_panning_over_a_busy_pudong(apron: Apron, capsys: pytest.CaptureFixture[str]) -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("Chromium (Debian's package chromium)")
    before = os.getloadavg()[0]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", *SOFTWARE_GL]
        )
        seen = await browse(await signed_in(browser, apron), apron.url)
        await browser.close()
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{MOVERS} movers, {SIZE['width']} x {SIZE['height']}, {os.cpu_count()} cores, "
            f"load before {before:.1f}, after {os.getloadavg()[0]:.1f}\n{HEAD}"
        )
        for scene, facts in seen.items():
            print(row(scene, facts))  # noqa: T201
        late = [scene.name for scene, facts in seen.items() if scene.movers and slow(facts)]
        print(f"goal: 95 of 100 inputs within {GOAL_P95_MS:.0f} ms; missed: {late or 'nowhere'}")  # noqa: T201
    for scene, facts in seen.items():
        if scene.movers:
            assert facts["bytes"] <= GOAL_BYTES
