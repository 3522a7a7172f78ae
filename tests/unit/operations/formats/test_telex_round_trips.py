"""What telexes and ATS messages say is what they say after writing and reading: ``parse(encode(m)) == m``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from airport_brain.operations.formats.aftn import ats, envelope, fields
from airport_brain.operations.formats.type_b import ldm, mvt, psm, ptm, telex
from airport_brain.operations.formats.type_b.envelope import Envelope
from airport_brain.operations.formats.type_b.flight_line import TelexFlight

REFERENCE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SENT = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STATIONS = st.text(LETTERS, min_size=3, max_size=3).filter(lambda text: text not in ("NIL", "END"))
ADDRESSES = st.text(LETTERS + "0123456789", min_size=7, max_size=7)
WORDS = st.text(LETTERS, min_size=1, max_size=9)
COUNTS = st.integers(0, 9_999)
ENVELOPES = st.just(Envelope()) | st.builds(
    Envelope,
    form=st.just("wire"),
    priority=st.sampled_from(["QU", "QD"]),
    addresses=st.lists(ADDRESSES, min_size=1, max_size=8, unique=True).map(tuple),
    originator=ADDRESSES,
    filed=st.just("240812"),
    sent=st.just(SENT),
).map(lambda made: _laid_out(made))
FLIGHTS = st.builds(
    TelexFlight,
    airline=st.sampled_from(["MU", "9C", "CES"]),
    flight_number=st.text("0123456789", min_size=1, max_size=4),
    operational_suffix=st.sampled_from(["", "A"]),
    day=st.just(date(2026, 11, 24)),
    day_as_sent=st.sampled_from(["24", "24NOV", "24NOV26"]),
)


def _laid_out(made: Envelope) -> Envelope:
    values = {name: getattr(made, name) for name in Envelope.__dataclass_fields__}
    return Envelope(**values | {"address_lines": (len(made.addresses),)})


def read(module: Any, data: bytes) -> Any:
    (only,) = module.parse(data, reference=REFERENCE)
    return only


# Loads.

_SPECIALS = st.lists(
    st.sampled_from(["AVI/4/14", "HEA/1/106", "ELI", "JMP/0", "B/900"]), max_size=3, unique=True
)


@st.composite
def loads(draw: st.DrawFn) -> ldm.Load:
    passengers = draw(st.lists(COUNTS, min_size=3, max_size=4).map(tuple))
    cabin = draw(st.none() | COUNTS)
    holds = draw(
        st.lists(
            st.sampled_from(["1", "2", "41", "11P", "001", "AB", "MD"]), max_size=4, unique=True
        )
    )
    compartments = tuple((hold, draw(COUNTS)) for hold in holds)
    total = sum(weight for _, weight in compartments)
    pax = draw(st.lists(COUNTS, min_size=1, max_size=4).map(tuple))
    pad = draw(st.just(()) | st.lists(COUNTS, min_size=1, max_size=4).map(tuple))
    weights = [f"{h}{w}" if h == "MD" else f"{h}/{w}" for h, w in compartments]
    parts = [
        "/".join(map(str, passengers)),
        *([] if cabin is None else [str(cabin)]),
        f"T{total}",
        *weights,
        "PAX/" + "/".join(map(str, pax)),
        *(["PAD/" + "/".join(map(str, pad))] if pad else []),
        *draw(_SPECIALS),
    ]
    return ldm.Load(
        destination=draw(STATIONS),
        passengers=passengers,
        cabin_baggage=cabin,
        total=total,
        compartments=compartments,
        pax=pax,
        pad=pad,
        parts=tuple(parts),
        continued=tuple(draw(st.sets(st.integers(1, len(parts) - 1), max_size=2).map(sorted))),
    )


@settings(max_examples=80, deadline=None)
@given(
    st.builds(
        ldm.LoadMessage,
        envelope=ENVELOPES,
        correction=st.booleans(),
        flight=FLIGHTS,
        aircraft_registration=st.sampled_from(["B1234", "DAIBC", "VN-A544"]),
        version=st.sampled_from(["C8Y150", "50/24/202", "B772"]),
        crew=st.sampled_from(["2/6", "3/5/2"]),
        entries=st.lists(loads(), min_size=1, max_size=3).map(tuple),
        supplementary=st.sampled_from([(), ("SI PEK BAG 900",), ("SI", "41/1320.42/20")]),
    )
)
def test_a_load_that_is_written_is_read_back(message: ldm.LoadMessage) -> None:
    assert read(ldm, ldm.encode(message)) == message


# Delays by sub-codes.


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["", "81A", "02B", "93"]), min_size=1, max_size=4).filter(any))
def test_sub_codes_that_are_written_are_read_back(reasons: list[str]) -> None:
    message = mvt.Movement(
        flight=TelexFlight(
            airline="MU", flight_number="5101", day=date(2026, 11, 24), day_as_sent="24"
        ),
        aircraft_registration="B1234",
        station="SHA",
        lines=((mvt.Delay(code="DLA", reasons=tuple(reasons)),),),
    )
    assert read(mvt, mvt.encode(message)) == message


# Passengers.

NAMES = st.builds(lambda last, first: f"{last}/{first}", WORDS, WORDS)
ONWARD = st.builds(
    ptm.Onward,
    flight=FLIGHTS,
    destination=STATIONS,
    passengers=st.integers(0, 999),
    cabin=st.sampled_from("FCY"),
    bags=st.integers(0, 999),
    bag_weight=st.none(),
    names=st.just(()) | st.lists(NAMES, min_size=1, max_size=3).map(tuple),
) | st.builds(
    ptm.Onward,
    flight=FLIGHTS,
    destination=STATIONS,
    passengers=st.integers(0, 999),
    cabin=st.sampled_from("FCY"),
    apart=st.booleans(),
    names_apart=st.just(value=True),
    bags=st.integers(0, 999),
    bag_weight=st.integers(0, 99_999),
    bag_weight_unit=st.sampled_from("KL"),
    names=st.lists(NAMES, min_size=1, max_size=3).map(tuple),
)


@settings(max_examples=80, deadline=None)
@given(
    st.builds(
        ptm.TransferMessage,
        envelope=ENVELOPES,
        flight=FLIGHTS,
        station=st.sampled_from(["SHA", "SHAPEK"]),
        part=st.none() | st.integers(1, 99),
        onward=st.lists(ONWARD, max_size=4).map(tuple),
        totals=st.none() | st.tuples(COUNTS, st.none() | COUNTS),
        end=st.sampled_from(["ENDPTM", "ENDPART1"]),
    )
)
def test_transfers_that_are_written_are_read_back(message: ptm.TransferMessage) -> None:
    assert read(ptm, ptm.encode(message)) == message


@st.composite
def destinations(draw: st.DrawFn) -> psm.Destination:
    assisted = []
    lines: list[str] = []
    totals = draw(st.just(()) | st.just((("WCHR", ("001C", "002Y")),)))
    lines += [f"{code} {' '.join(counts)}" for code, counts in totals]
    for _ in range(draw(st.integers(0, 3))):
        name, seat = draw(NAMES), draw(st.sampled_from(["", "12A", "003C"]))
        services = tuple(
            draw(st.lists(st.sampled_from(["WCHR", "BLND SVAN", "MAAS 2"]), max_size=2))
        )
        as_sent = f"1{name} {seat}".rstrip()
        assisted.append(
            psm.Assisted(count=1, name=name, seat=seat, services=services, as_sent=as_sent)
        )
        lines += [as_sent, *services]
    station, ssr = draw(STATIONS), draw(st.integers(0, 999))
    return psm.Destination(
        station=station,
        as_sent=f"-{station} {len(assisted)}PAX / {ssr}SSR",
        pax=len(assisted),
        ssr=ssr,
        totals=totals,
        passengers=tuple(assisted),
        lines=tuple(lines),
    )


@settings(max_examples=80, deadline=None)
@given(
    st.builds(
        psm.ServiceMessage,
        envelope=ENVELOPES,
        flight=FLIGHTS,
        station=STATIONS,
        part=st.none() | st.integers(1, 99),
        destinations=st.lists(destinations(), min_size=1, max_size=3).map(tuple),
        end=st.sampled_from(["ENDPSM", "ENDPART2"]),
    )
)
def test_services_that_are_written_are_read_back(message: psm.ServiceMessage) -> None:
    assert read(psm, psm.encode(message)) == message


# Any telex, any AFTN message.

LINES = st.lists(
    st.lists(st.text(LETTERS + "0123456789/-().,", min_size=1, max_size=9), min_size=1, max_size=5)
    .map(" ".join)
    # What begins as a heading does, would be one.
    .map(lambda text: f"X{text}"),
    min_size=1,
    max_size=6,
).map(tuple)


@settings(max_examples=80, deadline=None)
@given(ENVELOPES, LINES)
def test_a_telex_that_is_written_is_read_back(made: Envelope, text: tuple[str, ...]) -> None:
    message = telex.Telex(envelope=made, text=text, identifier="")
    found = read(telex, telex.encode(message))
    assert (found.envelope, found.text) == (made, text)
    assert telex.encode(found) == telex.encode(message)


AFTN_ADDRESSES = st.text(LETTERS, min_size=8, max_size=8)


@settings(max_examples=80, deadline=None)
@given(
    st.builds(
        envelope.AftnMessage,
        envelope=st.builds(
            lambda addresses, originator, start: envelope.AftnEnvelope(
                start=start,
                priority="FF",
                addresses=tuple(addresses),
                address_lines=tuple(
                    min(7, len(addresses) - first) for first in range(0, len(addresses), 7)
                ),
                filed="240812",
                originator=originator,
                sent=SENT,
                ends=start is not None,
            ),
            st.lists(AFTN_ADDRESSES, min_size=1, max_size=21),
            AFTN_ADDRESSES,
            st.none() | st.just("TMA0123 240812"),
        ),
        text=LINES,
    )
)
def test_an_aftn_message_that_is_written_is_read_back(message: envelope.AftnMessage) -> None:
    assert read(envelope, envelope.encode(message)) == message


# Departures, arrivals, delays, cancellations, changes.

AERODROMES = st.text("ZSPDBAEGLH", min_size=4, max_size=4)
CLOCKS = st.integers(0, 1439).map(lambda minutes: f"{minutes // 60:02d}{minutes % 60:02d}")
SHORT = {
    "identification": st.builds(
        fields.Identification,
        aircraft_identification=st.sampled_from(["CES5101", "B1234"]),
        ssr=st.sampled_from(["", "A1234"]),
    ),
    "departure": st.builds(fields.Place, aerodrome=AERODROMES, time=CLOCKS),
    "number": st.sampled_from(["", "SHA/PVG123"]),
}
DESTINATIONS = st.builds(fields.Destination, aerodrome=AERODROMES, elapsed=st.none())
OTHERS = st.builds(
    fields.Other,
    entries=st.just((("DOF", "261124"),)) | st.just((("DOF", "261124"), ("RMK", "TCAS ON"))),
)


@settings(max_examples=100, deadline=None)
@given(
    st.builds(
        ats.AtsMessage,
        message_type=st.sampled_from(["DEP", "DLA", "CNL"]),
        destination=DESTINATIONS,
        other=st.none() | OTHERS,
        **SHORT,
    )
    | st.builds(
        ats.AtsMessage,
        message_type=st.just("ARR"),
        destination=st.none() | DESTINATIONS,
        arrival=st.builds(
            fields.Place,
            aerodrome=AERODROMES,
            time=CLOCKS,
            name=st.sampled_from(["", "DEN HELDER"]),
        ),
        other=st.none() | OTHERS,
        **SHORT,
    )
    | st.builds(
        ats.AtsMessage,
        message_type=st.just("CHG"),
        destination=DESTINATIONS,
        other=OTHERS,
        amendments=st.lists(
            st.builds(
                fields.Amendment,
                item=st.integers(8, 19),
                value=st.sampled_from(["ZSSS0900", "DOF/261124 REG/B1234", "IS"]),
            ),
            min_size=1,
            max_size=3,
        ).map(tuple),
        **SHORT,
    )
)
def test_short_ats_messages_that_are_written_are_read_back(message: ats.AtsMessage) -> None:
    data = ats.encode(message)
    found = read(ats, data)
    assert ats.encode(found) == data
    for name in ats.AtsMessage.__dataclass_fields__:
        if name not in ("departure_at", "breaks", "original", "notices"):
            assert getattr(found, name) == getattr(message, name), name
