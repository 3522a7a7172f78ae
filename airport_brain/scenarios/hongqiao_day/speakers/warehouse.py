"""The cargo terminal's system: FSU messages, every other one over HTTP, the rest as files.

A file counts as acknowledged when the platform has moved it on from ``taking``, as it does once the
content is on the bus; refused files lie in a folder beside with the reason.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from airport_brain.scenarios.clock import DayClock
from airport_brain.scenarios.hongqiao_day.freight import Status, Waybill
from airport_brain.scenarios.hongqiao_day.journal import Journal
from airport_brain.scenarios.hongqiao_day.speakers.http_sender import HttpSender
from airport_brain.scenarios.hongqiao_day.telling import Telling, tell
from cargo_platform import Consignment, Quantity, TimeInformation, fsu, parse_awb, to_local

log = logging.getLogger(__name__)

PATH = "/api/cargo/intake/cimp"
BY_HTTP, BY_FILE = "fsu", "fsu-file"

LOOK_EVERY_S = 0.5
"""How often the folder is looked at for files that were taken."""

ON_A_FLIGHT = frozenset({"BKD", "MAN", "DEP", "ARR", "RCF", "DIS"})
MOVEMENTS = frozenset({"BKD", "MAN", "DEP"})


def freight_messages(waybills: Sequence[Waybill]) -> list[Telling]:
    """Every message of the day, in the order of sending."""
    tellings = [telling for waybill in waybills for telling in _tellings(waybill)]
    return sorted(tellings, key=lambda telling: (telling.at, telling.subject))


def _tellings(waybill: Waybill) -> Iterator[Telling]:
    for number, status in enumerate(waybill.statuses):
        # The last digit of an AWB is its check digit, so waybills begin with either way.
        by_file = (int(waybill.awb[-1]) + number) % 2 == 1
        yield Telling(
            at=status.at,
            subject=waybill.awb,
            body=fsu.encode(_message(waybill, status)),
            facts={"awb": waybill.awb, "status": status.code, "by_file": by_file},
        )


def _message(waybill: Waybill, status: Status) -> fsu.Message:
    return fsu.Message(
        type="FSU",
        version=12,
        consignment=Consignment(
            awb=parse_awb(waybill.awb),
            origin=waybill.origin,
            destination=waybill.destination,
            quantity=_quantity("T", waybill.pieces, waybill.weight_kg),
        ),
        statuses=(_status(waybill, status),),
    )


def _status(waybill: Waybill, status: Status) -> fsu.Status:
    part = status.pieces < waybill.pieces
    amount = _quantity(
        "P" if part else "T", status.pieces, status.weight_kg, waybill.pieces if part else None
    )
    local = to_local(status.station, status.happened).replace(second=0, microsecond=0)
    movement = status.code in MOVEMENTS
    leg = status.leg
    departure = None
    if status.code == "DEP" and leg is not None:
        departure = TimeInformation(kind="A", time=f"{local:%H%M}")
    return fsu.Status(
        code=status.code,
        local=local.replace(hour=0, minute=0) if movement else local,
        has_time=not movement,
        station=status.station,
        to=leg.arrival_airport if movement and leg is not None else "",
        flight=leg.display if status.code in ON_A_FLIGHT and leg is not None else "",
        quantity=amount,
        discrepancy=status.discrepancy,
        name=status.name,
        departure_time=departure,
    )


def _quantity(code: str, pieces: int, weight: Decimal, total: int | None = None) -> Quantity:
    return Quantity(code=code, pieces=pieces, weight=weight, weight_unit="K", total=total)


async def tell_freight(
    tellings: Sequence[Telling],
    clock: DayClock,
    end: datetime,
    sender: HttpSender,
    drop: Path,
    journal: Journal,
) -> None:
    """Send the day's messages as they fall due; returns when each was acknowledged."""
    folder = _Folder(drop, journal)
    looking = asyncio.create_task(folder.watch())

    async def deliver(telling: Telling) -> None:
        if telling.facts["by_file"]:
            await folder.put(telling)
            return
        answer = await sender.send(
            PATH, content=telling.body, headers={"Content-Type": "text/plain"}
        )
        if answer is not None:
            facts = {"awb": telling.facts["awb"], "status": telling.facts["status"]}
            journal.acknowledged(BY_HTTP, id=answer.json()["message_id"], **facts)

    try:
        await tell(tellings, clock, end, deliver)
        await folder.emptied()
    finally:
        looking.cancel()
    sender.refused += folder.refused


class _Folder:
    """Puts files into the platform's drop folder and sees them taken."""

    def __init__(self, folder: Path, journal: Journal) -> None:
        self._folder = folder
        self._journal = journal
        self._waiting: dict[str, Telling] = {}
        self._empty = asyncio.Event()
        self._empty.set()
        self.refused = 0

    async def put(self, telling: Telling) -> None:
        """Write one file; its name appears only when it is whole."""
        digest = hashlib.sha256(telling.body).hexdigest()
        name = f"{telling.facts['awb']}-{telling.facts['status']}-{digest[:12]}.fsu"
        await asyncio.to_thread(self._write, name, telling.body)
        self._waiting[name] = telling
        self._empty.clear()

    def _write(self, name: str, body: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = self._folder / f".{name}.tmp"
        temporary.write_bytes(body)
        temporary.rename(self._folder / name)

    async def watch(self) -> None:
        """Note files that were taken, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if self._waiting:
                for name in await asyncio.to_thread(self._gone, tuple(self._waiting)):
                    self._settle(name, self._waiting.pop(name))
                if not self._waiting:
                    self._empty.set()

    def _gone(self, written: Sequence[str]) -> list[str]:
        """Those of the files written before this look that were handled.

        The folders are looked at in the order in which the platform moves a file.
        """
        present: set[str] = set()
        for folder in (self._folder, self._folder / "taking"):
            if folder.exists():
                present.update(path.name for path in folder.iterdir())
        return [name for name in written if name not in present]

    def _settle(self, name: str, telling: Telling) -> None:
        if (self._folder / "refused" / name).exists():
            self.refused += 1
            log.warning("file refused name=%s", name)
            return
        content = f"sha256:{hashlib.sha256(telling.body).hexdigest()}"
        facts = {"awb": telling.facts["awb"], "status": telling.facts["status"]}
        self._journal.acknowledged(BY_FILE, id=content, **facts)

    async def emptied(self) -> None:
        """Wait until every file was taken."""
        await self._empty.wait()
