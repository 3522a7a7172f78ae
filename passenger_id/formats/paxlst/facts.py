"""Facts of one message from its segments: flights, people, their documents."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from passenger_id.formats.edifact import Segment, Segments
from passenger_id.formats.paxlst.message import (
    CREW,
    PASSENGERS,
    Document,
    Flight,
    Moment,
    PaxList,
    Person,
    Place,
    Reference,
)
from passenger_id.formats.paxlst.moments import moment

Odd = Callable[[str, str, int], None]
"""Takes a notice's code, the field and the offset."""

MOST_CONTACTS: Final = 99
"""Contacts, and references of the message itself, kept as facts; all stand in its segments."""

_SEX: Final = "2"
_BIRTH: Final = "329"
_DAYS: Final = {"36": "expiry", "182": "issued"}
"""Days of documents by the qualifier of DTM."""
_ISSUER: Final = "91"
_STATED: Final = {"42": PASSENGERS, "41": CREW}


class _Person:
    """A person whose segments are still coming."""

    __slots__ = ("documents", "facts", "others", "places", "references")

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        self.places: list[Place] = []
        self.references: list[Reference] = []
        self.documents: list[Document] = []
        self.others = array("I")

    def made(self, segments: Sequence[Segment]) -> Person:
        return Person(
            **self.facts,
            places=tuple(self.places),
            references=tuple(self.references),
            documents=tuple(self.documents),
            others=_chosen(segments, self.others),
        )


def _chosen(segments: Sequence[Segment], numbers: Sequence[int]) -> Sequence[Segment]:
    if not numbers:
        return ()
    if isinstance(segments, Segments):
        return segments.chosen(iter(numbers))
    return tuple(segments[number] for number in numbers)


def _related(segment: Segment) -> tuple[str, ...]:
    """Further places of LOC, by code or in words."""
    return tuple(filter(None, (segment.get(at, 0) or segment.get(at, 3) for at in (2, 3))))


class _Flight:
    """A flight whose segments are still coming."""

    __slots__ = ("facts", "moments", "places")

    def __init__(self, **facts: str) -> None:
        self.facts = facts
        self.places: list[Place] = []
        self.moments: list[Moment] = []

    def made(self) -> Flight:
        return Flight(**self.facts, places=tuple(self.places), moments=tuple(self.moments))


class Facts:
    """Reads the segments between UNH and UNT in their order."""

    def __init__(self, today: date, odd: Odd) -> None:
        self._today = today
        self._odd = odd
        self._document = ("", "", "")
        self._flights: list[Flight] = []
        self._people: list[Person] = []
        self._reporters: list[str] = []
        self._contacts: list[tuple[str, str]] = []
        self._references: list[Reference] = []
        self._others = array("I")
        self._totals: dict[str, int] = {}
        # The segments that follow belong to this one; at most one of the two is open.
        self._flight: _Flight | None = None
        self._segments: Sequence[Segment] = ()
        self._at = 0
        self._person: _Person | None = None

    def read(self, segments: Sequence[Segment]) -> PaxList:
        """The message with all facts."""
        self._segments = segments
        for self._at in range(1, len(segments) - 1):
            segment = segments[self._at]
            handler = _HANDLERS.get(segment.tag)
            if handler is not None:
                handler(self, segment)
            else:
                self._other(segment)
        self._close()
        made = self._made(segments)
        self._compare_totals(made, segments[-1].offset)
        return made

    def _made(self, segments: Sequence[Segment]) -> PaxList:
        header = segments[0]
        return PaxList(
            reference=header.get(0),
            type=header.get(1, 0),
            version=header.get(1, 1),
            release=header.get(1, 2),
            agency=header.get(1, 3),
            association=header.get(1, 4),
            common_reference=header.get(2),
            transfer=header.get(3, 0),
            transfer_mark=header.get(3, 1),
            document=self._document[0],
            document_number=self._document[1],
            function=self._document[2],
            reporters=tuple(self._reporters),
            contacts=tuple(self._contacts),
            references=tuple(self._references),
            flights=tuple(self._flights),
            people=tuple(self._people),
            totals=dict(self._totals),
            others=_chosen(segments, self._others),
            segments=segments,
        )

    def _close(self) -> None:
        """Make what is open: nothing more comes for it."""
        if self._person is not None:
            self._people.append(self._person.made(self._segments))
        if self._flight is not None:
            self._flights.append(self._flight.made())
        self._person = self._flight = None

    def _bgm(self, segment: Segment) -> None:
        self._document = (segment.get(0), segment.get(1), segment.get(2))

    def _nad(self, segment: Segment) -> None:
        qualifier = segment.get(0)
        self._close()
        if qualifier not in PASSENGERS | CREW:
            self._party(segment)
            return
        names = segment.elements[3] if len(segment.elements) > 3 else ()
        if not any(names):
            self._odd("paxlst-no-name", "NAD C080", segment.offset)
        address = tuple(":".join(filter(None, element)) for element in segment.elements[4:])
        self._person = _Person(
            qualifier=qualifier,
            surname=names[0] if names else "",
            given_names=tuple(name for name in names[1:] if name),
            address=address if any(address) else (),
        )

    def _party(self, segment: Segment) -> None:
        if segment.get(0) == "MS":
            names = segment.elements[3] if len(segment.elements) > 3 else ()
            self._reporters.append(" ".join(filter(None, names)) or segment.get(1))
        else:
            self._other(segment)

    def _com(self, segment: Segment) -> None:
        if self._person is not None:
            self._other(segment)
            return
        for element in filter(any, segment.elements[: MOST_CONTACTS - len(self._contacts)]):
            self._contacts.append((element[0], element[1] if len(element) > 1 else ""))

    def _tdt(self, segment: Segment) -> None:
        self._close()
        self._flight = _Flight(stage=segment.get(0), number=segment.get(1), carrier=segment.get(4))

    def _loc(self, segment: Segment) -> None:
        place = Place(
            qualifier=segment.get(0),
            code=segment.get(1),
            name=segment.get(1, 3),
            related=_related(segment) if len(segment.elements) > 2 else (),
        )
        person = self._person
        if self._flight is not None:
            self._flight.places.append(place)
        elif person is None:
            self._odd("paxlst-order", "LOC", segment.offset)
            self._other(segment)
        elif person.documents and place.qualifier == _ISSUER:
            person.documents[-1] = replace(
                person.documents[-1], issuing_state=place.code, issue_place=place.name
            )
        else:
            person.places.append(place)

    def _dtm(self, segment: Segment) -> None:
        qualifier, text, format = segment.get(0, 0), segment.get(0, 1), segment.get(0, 2)
        digits = text.strip(" ")
        found = moment(digits, format, self._today, past=qualifier == _BIRTH)
        person = self._person
        if found is None or digits != text:
            self._odd("paxlst-date", "DTM C507", segment.offset)
        if self._flight is not None:
            self._flight.moments.append(
                Moment(qualifier=qualifier, text=text, format=format, local=found)
            )
        elif person is not None and qualifier == _BIRTH:
            person.facts["birth_date"] = found and found.date()
        elif person is not None and person.documents and qualifier in _DAYS:
            days: dict[str, Any] = {_DAYS[qualifier]: found and found.date()}
            person.documents[-1] = replace(person.documents[-1], **days)
        else:
            self._other(segment)

    def _att(self, segment: Segment) -> None:
        if self._person is not None and segment.get(0) == _SEX:
            self._person.facts["sex"] = segment.get(2) or segment.get(1)
        else:
            self._other(segment)

    def _nat(self, segment: Segment) -> None:
        if self._person is not None and "nationality" not in self._person.facts:
            self._person.facts["nationality"] = segment.get(1)
        else:
            self._other(segment)

    def _rff(self, segment: Segment) -> None:
        person = self._person
        references = self._references if person is None else person.references
        if person is None and len(references) >= MOST_CONTACTS:
            self._other(segment)
            return
        references.append(
            Reference(
                qualifier=segment.get(0, 0), value=segment.get(0, 1), revision=segment.get(0, 4)
            )
        )

    def _doc(self, segment: Segment) -> None:
        if self._person is not None:
            self._person.documents.append(Document(type=segment.get(0), number=segment.get(1)))
        else:
            self._other(segment)

    def _cnt(self, segment: Segment) -> None:
        number = segment.get(0, 1)
        if number.isascii() and number.isdecimal() and len(number) <= 9:
            self._totals[segment.get(0, 0)] = int(number)
        else:
            self._odd("paxlst-total", "CNT C270", segment.offset)

    def _other(self, segment: Segment) -> None:
        person = self._person
        (self._others if person is None else person.others).append(self._at)

    def _compare_totals(self, made: PaxList, offset: int) -> None:
        for qualifier, kinds in _STATED.items():
            stated = made.totals.get(qualifier)
            listed = sum(person.qualifier in kinds for person in made.people)
            if stated is not None and (stated < listed or (stated > listed and not made.is_part)):
                self._odd("paxlst-total", "CNT C270", offset)


_HANDLERS: Final[dict[str, Callable[[Facts, Segment], None]]] = {
    "BGM": Facts._bgm,
    "NAD": Facts._nad,
    "COM": Facts._com,
    "TDT": Facts._tdt,
    "LOC": Facts._loc,
    "DTM": Facts._dtm,
    "ATT": Facts._att,
    "NAT": Facts._nat,
    "RFF": Facts._rff,
    "DOC": Facts._doc,
    "CNT": Facts._cnt,
}
