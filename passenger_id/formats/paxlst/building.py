"""Building an interchange from facts: one message, counts and references set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from passenger_id.formats.edifact import CHARSETS, Segment
from passenger_id.formats.paxlst.facts import Facts
from passenger_id.formats.paxlst.message import (
    CREW,
    PASSENGERS,
    Document,
    Flight,
    Group,
    Interchange,
    Person,
    Place,
)

VERSION = ("PAXLST", "D", "02B", "UN", "IATA")
"""Message type, directory and association code."""


def interchange(
    flights: Sequence[Flight],
    people: Sequence[Person],
    *,
    sender: str,
    recipient: str,
    control: str,
    prepared: datetime,
    reporter: str = "",
    syntax: str = "UNOA",
) -> Interchange:
    """An interchange of one list: crew if all people are crew, passengers otherwise.

    Args:
        flights: with their places and moments (as text).
        people: in the order they are listed; ``others`` are written after the rest of a person.
        sender: identification of the sender.
        recipient: identification of the recipient.
        control: reference of the interchange, up to 14 letters or digits.
        prepared: moment of preparation.
        reporter: name of who reports.
        syntax: ``UNOA`` (ASCII) to ``UNOY`` (UTF-8).

    Raises:
        KeyError: an unknown syntax identifier.
    """
    crew = bool(people) and all(person.qualifier in CREW for person in people)
    body = [_segment("UNH", "1", VERSION), _segment("BGM", "250" if crew else "745")]
    if reporter:
        body.append(_segment("NAD", "MS", "", "", reporter))
    for flight in flights:
        body += _flight(flight)
    for person in people:
        body += _person(person)
    for qualifier, kinds in (("42", PASSENGERS), ("41", CREW)):
        if count := sum(person.qualifier in kinds for person in people):
            body.append(_segment("CNT", (qualifier, str(count))))
    body.append(_segment("UNT", str(len(body) + 1), "1"))
    header = _segment(
        "UNB", (syntax, "4"), sender, recipient, (f"{prepared:%y%m%d}", f"{prepared:%H%M}"), control
    )
    made = Facts(prepared.date(), lambda code, field, offset: None).read(tuple(body))
    return Interchange(
        header=header,
        groups=(Group(messages=(made,)),),
        trailer=_segment("UNZ", "1", control),
        charset=CHARSETS[syntax],
    )


def _flight(flight: Flight) -> Iterator[Segment]:
    carrier = ("", "", flight.carrier) if flight.carrier else ()
    yield _segment("TDT", flight.stage, flight.number, *carrier)
    yield from map(_place, flight.places)
    for moment in flight.moments:
        text = (moment.qualifier, moment.text)
        yield _segment("DTM", (*text, moment.format) if moment.format else text)


def _person(person: Person) -> Iterator[Segment]:
    yield _segment(
        "NAD", person.qualifier, "", "", (person.surname, *person.given_names), *person.address
    )
    if person.sex:
        yield _segment("ATT", "2", "", person.sex)
    if person.birth_date:
        yield _segment("DTM", ("329", _day(person.birth_date), "102"))
    yield from map(_place, person.places)
    if person.nationality:
        yield _segment("NAT", "2", person.nationality)
    for reference in person.references:
        more = ("", "", reference.revision) if reference.revision else ()
        yield _segment("RFF", (reference.qualifier, reference.value, *more))
    for document in person.documents:
        yield from _document(document)
    yield from person.others


def _place(place: Place) -> Segment:
    name = (place.code, "", "", place.name) if place.name else (place.code,)
    related = (("", "", "", words) for words in place.related)
    return _segment("LOC", place.qualifier, name, *related)


def _document(document: Document) -> Iterator[Segment]:
    yield _segment("DOC", (document.type, "110", "111"), document.number)
    if document.expiry:
        yield _segment("DTM", ("36", _day(document.expiry), "102"))
    if document.issued:
        yield _segment("DTM", ("182", _day(document.issued), "102"))
    if document.issuing_state or document.issue_place:
        place = Place(qualifier="91", code=document.issuing_state, name=document.issue_place)
        yield _place(place)


def _day(day: date) -> str:
    return f"{day.year:04}{day:%m%d}"


def _segment(tag: str, *elements: str | tuple[str, ...]) -> Segment:
    made = tuple(element if isinstance(element, tuple) else (element,) for element in elements)
    return Segment(tag=tag, elements=made)
