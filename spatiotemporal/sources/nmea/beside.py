"""Sentences beside the position: date, heading, errors, words; and the position by several systems."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from spatiotemporal.sources.nmea.fields import Sentence

_ESCAPED: Final = re.compile(r"\^([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gns:
    """Fix data of several systems; ``mode`` has one letter for each: GPS, GLONASS, Galileo, BeiDou, QZSS."""

    time: datetime | None
    latitude: float | None
    longitude: float | None
    mode: str
    satellites: int | None
    hdop: float | None
    altitude_m: float | None
    separation_m: float | None
    age_s: float | None
    station: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Zda:
    """Time and date in full; ``zone_min`` is added to local time to get UTC, negative in the east."""

    time: datetime | None
    zone_min: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hdt:
    """Heading from true north."""

    heading_deg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gst:
    """Errors of the position: one standard deviation each, and the ellipse that they make."""

    time: datetime | None
    rms: float | None
    major_m: float | None
    minor_m: float | None
    orientation_deg: float | None
    latitude_error_m: float | None
    longitude_error_m: float | None
    altitude_error_m: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Txt:
    """Words of the receiver; ``number`` of ``total`` sentences."""

    total: int | None
    number: int | None
    identifier: int | None
    text: str


Beside = Gns | Zda | Hdt | Gst | Txt


def _gns(sentence: Sentence) -> Gns:
    sentence.enough(12)
    return Gns(
        time=sentence.moment(1),
        latitude=sentence.angle(2, "latitude", 2, "NS"),
        longitude=sentence.angle(4, "longitude", 3, "EW"),
        mode=sentence.text(6),
        satellites=sentence.whole(7, "satellites"),
        hdop=sentence.number(8, "HDOP"),
        altitude_m=sentence.number(9, "altitude"),
        separation_m=sentence.number(10, "geoid separation"),
        age_s=sentence.number(11, "age of correction"),
        station=sentence.text(12),
        status=sentence.text(13),
    )


def _zda(sentence: Sentence) -> Zda:
    sentence.enough(4)
    clock = sentence.clock(1)
    day, month, year = (sentence.whole(index, "date") for index in (2, 3, 4))
    time = None
    if clock is not None and day is not None and month is not None and year is not None:
        try:
            time = datetime(year, month, day, tzinfo=UTC) + clock
        except (ValueError, OverflowError) as error:
            raise sentence.wrong(2, "date", "a day, a month and a year") from error
    return Zda(time=time, zone_min=_zone(sentence))


def _zone(sentence: Sentence) -> int | None:
    hours, minutes = sentence.number(5, "zone hours"), sentence.number(6, "zone minutes")
    if hours is None:
        return None
    behind = sentence.text(5).startswith("-")
    # Some receivers give the minutes the sign of the hours, some do not.
    minutes = abs(minutes or 0.0)
    return int(hours * 60 - minutes if behind else hours * 60 + minutes)


def _hdt(sentence: Sentence) -> Hdt:
    sentence.enough(1)
    sentence.one_of(2, "kind of heading", "T")
    return Hdt(heading_deg=sentence.number(1, "heading"))


def _gst(sentence: Sentence) -> Gst:
    sentence.enough(8)
    return Gst(
        time=sentence.moment(1),
        rms=sentence.number(2, "RMS"),
        major_m=sentence.number(3, "semi-major error"),
        minor_m=sentence.number(4, "semi-minor error"),
        orientation_deg=sentence.number(5, "orientation"),
        latitude_error_m=sentence.number(6, "latitude error"),
        longitude_error_m=sentence.number(7, "longitude error"),
        altitude_error_m=sentence.number(8, "altitude error"),
    )


def _txt(sentence: Sentence) -> Txt:
    sentence.enough(4)
    words = ",".join(sentence.fields[4:])
    return Txt(
        total=sentence.whole(1, "number of sentences"),
        number=sentence.whole(2, "number of the sentence"),
        identifier=sentence.whole(3, "text identifier"),
        text=_ESCAPED.sub(lambda code: chr(int(code[1], 16)), words),
    )


READERS: Final[Mapping[str, Callable[[Sentence], Beside]]] = {
    "GNS": _gns,
    "ZDA": _zda,
    "HDT": _hdt,
    "GST": _gst,
    "TXT": _txt,
}
"""Readers by type of sentence."""
