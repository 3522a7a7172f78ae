from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from cargo_platform.adapters.memory import MemoryStore
from cargo_platform.awb import Awb
from cargo_platform.domain import DISCREPANCY, STATUS
from cargo_platform.formats.cimp_values import Consignment, Quantity
from cargo_platform.formats.fsu import Message, Status, encode
from cargo_platform.formats.fsu_message import DISCREPANCIES, STATUSES
from cargo_platform.public_view import public_view
from cargo_platform.service import Shipments
from tests.unit.cargo_platform.test_tracking import record

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
AWB = Awb("11212345675")
SECRET = "ZQXJKW"

secrets = st.text("QXZJ", min_size=6, max_size=10).map(lambda t: SECRET + t)


def shown(message: Message) -> str:
    shipments = Shipments(MemoryStore())
    lines = encode(message).decode().split("\r\n")[2:-1]
    shipments.apply([record(*lines)])
    return public_view(*shipments.find(AWB), NOW).model_dump_json()


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_name_or_free_text_is_ever_shown(data: st.DataObject) -> None:
    def secret() -> str:
        return data.draw(secrets)

    code = data.draw(st.sampled_from(sorted(STATUSES - {"BKD", "PRE", "MAN", "DEP"})))
    transfer = code in ("TFD", "TRM", "RCT")
    status = Status(
        code=code,
        local=datetime.fromisoformat("2026-11-23T10:15"),
        has_time=True,
        station="PVG",
        flight="" if transfer else "CK261",
        quantity=Quantity(code="P", pieces=5),
        discrepancy="OFLD" if code == "DIS" else "",
        carrier="CK" if transfer else "",
        other_carrier="LH" if transfer else "",
        manifest=secret() if transfer else "",
        name=secret(),
        volume="MC6.20",
        ulds=(f"PMC12345CK-U{secret()}",),
        other_service=(secret(), secret()),
        customs=(f"CN/SHP/T/{secret()}",),
    )
    message = Message(
        type="FSU",
        version=12,
        consignment=Consignment(awb=AWB, origin="PVG", destination="FRA"),
        statuses=(status,),
    )
    page = shown(message)
    for forbidden in (SECRET, "PMC12345CK", "MC6.20", "/cargo/test", "sha256", "SHP"):
        assert forbidden not in page


def test_every_status_and_discrepancy_has_words_in_both_languages() -> None:
    assert set(STATUS) == set(STATUSES)
    assert set(DISCREPANCY) == set(DISCREPANCIES)
    for words in (*STATUS.values(), *DISCREPANCY.values()):
        assert words.zh
        assert words.en


def test_a_discrepancy_of_an_unknown_kind_is_still_shown() -> None:
    shipments = Shipments(MemoryStore())
    shipments.apply([record("DIS/CK261/23NOV2130/PVG/LOST/P5K250")])
    (milestone,) = public_view(*shipments.find(AWB), NOW).milestones
    assert milestone.en == "Discrepancy: of an unknown kind"


def test_times_are_shown_as_the_station_says_them() -> None:
    shipments = Shipments(MemoryStore())
    shipments.apply([record("RCS/23NOV1015/PVG/T25"), record("DEP/CK261/23NOV/PVGFRA/P20K1000.5")])
    page = public_view(*shipments.find(AWB), NOW)
    received, left = page.milestones
    assert (received.time, received.time_kind) == ("2026-11-23 10:15", "local")
    assert received.time_utc == datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
    assert (left.time, left.time_kind, left.time_utc) == ("2026-11-23", "day", None)
    assert (left.from_station, left.to_station) == ("PVG", "FRA")


def test_an_unknown_airline_is_not_guessed() -> None:
    shipments = Shipments(MemoryStore())
    shipments.apply([record("RCS/23NOV1015/PVG/T25", whole="000-12345675PVGFRA/T25")])
    assert public_view(*shipments.find(Awb("00012345675")), NOW).carrier is None
