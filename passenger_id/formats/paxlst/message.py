"""A PAXLST interchange as data: facts read from the segments, and the segments themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from passenger_id.formats.edifact import STANDARD, Segment, ServiceCharacters
from service_bus import Notice

FORMAT: Final = "paxlst"
"""Name of the format, as in ``airport-brain decode paxlst``."""

NOTICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "paxlst-count": "A trailer states another number of segments, messages or groups.",
        "paxlst-reference": "A trailer repeats another reference than its header's.",
        "paxlst-total": "CNT states another number of people than are listed.",
        "paxlst-no-interchange": "The message stands without UNB and UNZ around it.",
        "paxlst-no-end": "The interchange or group has no trailer.",
        "paxlst-envelope": "Text around the interchange was kept unread.",
        "paxlst-line-breaks": "Line ends inside segments were left out.",
        "paxlst-terminator": "Segments end with a quotation mark, and no advice says so.",
        "paxlst-charset": "Characters outside the character set that UNB names.",
        "paxlst-date": "A date or time does not fit its format or the calendar.",
        "paxlst-no-name": "A person is listed without a name.",
        "paxlst-order": "A segment stands where nobody and no flight is open to it.",
    }
)
"""Each notice with its sentence."""

PASSENGERS: Final = frozenset({"FL", "DDU"})
"""NAD qualifiers of passengers: on the flight, in transit."""
CREW: Final = frozenset({"FM", "DDT"})
"""NAD qualifiers of crew: on the flight, in transit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """LOC: a place and what it is there for.

    Attributes:
        qualifier: 125 departure, 87 arrival, 178 boarding, 180 birth ...
        code: airport (IATA) or state (ISO 3166 alpha-3).
        name: the place in words, as of a birth.
        related: further places that say where it is, by code or in words: of a birth the city and
            subdivision, as far as they are no ``name``.
    """

    qualifier: str
    code: str
    name: str = ""
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """DTM: a day, or a day and a time local to the airport meant (naive).

    Attributes:
        qualifier: 189 departure, 232 arrival ...
        text: as written.
        local: midnight where only a day is given; ``None`` where it cannot be read.
    """

    qualifier: str
    text: str
    format: str = ""
    local: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """RFF: a reference and what it is.

    Attributes:
        qualifier: AVF booking, SEA seat, ABO passenger, AEA government; TN transaction ...
        value: the reference.
        revision: of what the reference names, as of a transaction.
    """

    qualifier: str
    value: str
    revision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """TDT and what belongs to it.

    Attributes:
        stage: 20 main carriage, 34 overflight.
        number: as written, usually with the carrier: ``MU5101``.
        carrier: designator, where stated by itself.
        places: LOC in their order.
        moments: DTM in their order.
    """

    stage: str
    number: str
    carrier: str = ""
    places: tuple[Place, ...] = ()
    moments: tuple[Moment, ...] = ()

    def place(self, qualifier: str) -> str:
        """Code of the first such place: 125 departure, 87 arrival."""
        return next((p.code for p in self.places if p.qualifier == qualifier), "")

    def local(self, qualifier: str) -> datetime | None:
        """The first such moment: 189 departure, 232 arrival."""
        return next((m.local for m in self.moments if m.qualifier == qualifier), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """DOC and what belongs to it.

    Attributes:
        type: ``P`` passport, ``V`` visa, ``A`` alien resident card ...
        expiry: day; ``None`` where it is not stated or cannot be read.
        issuing_state: of ``LOC+91``; ``issue_place`` beside it in words.
        issued: day of issue; ``None`` where it is not stated or cannot be read.
    """

    type: str
    number: str = field(repr=False)
    expiry: date | None = None
    issuing_state: str = ""
    issue_place: str = ""
    issued: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A passenger or crew member.

    Attributes:
        qualifier: ``FL`` passenger, ``FM`` crew, ``DDU`` and ``DDT`` the same in transit.
        surname: family name.
        given_names: first and further ones.
        address: street, city, subdivision, postal code and country where they are stated; the parts of
            one divided by colons.
        sex: M, F, U, X or ``""``.
        birth_date: day; ``None`` where it is not stated or cannot be read.
        nationality: ISO 3166 alpha-3.
        places, references, documents: in their order.
        others: segments about this person with no field of their own.
    """

    qualifier: str
    surname: str
    given_names: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    sex: str = ""
    birth_date: date | None = None
    nationality: str = ""
    places: tuple[Place, ...] = ()
    references: tuple[Reference, ...] = ()
    documents: tuple[Document, ...] = ()
    others: Sequence[Segment] = ()

    def place(self, qualifier: str) -> str:
        """Code of the first such place: 178 boarding, 179 disembarkation, 22 clearance, 174 residence."""
        return next((p.code for p in self.places if p.qualifier == qualifier), "")

    def reference(self, qualifier: str) -> str:
        """The first such reference: AVF booking, SEA seat, ABO passenger, AEA government."""
        return next((r.value for r in self.references if r.qualifier == qualifier), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaxList:
    """One message.

    Attributes:
        reference: of UNH.
        type, version, release, agency, association: of UNH: ``PAXLST``, ``D``, ``02B``, ``UN``, ``IATA``.
        common_reference: of UNH, the same in all messages of one list.
        transfer, transfer_mark: of UNH: number of the message among them, ``C`` the first, ``F`` the last.
        document: code of BGM: 745 passengers, 250 crew; ``document_number`` and ``function`` beside it.
        reporters: names of ``NAD+MS``, their parts divided by blanks.
        contacts: of COM, number and kind (TE, FX, EM).
        references: those of the message itself: TN transaction.
        flights, people: in their order.
        totals: by the qualifier of CNT.
        others: segments about no person with no field of their own.
        segments: all of them, UNH and UNT included.
    """

    reference: str
    type: str
    version: str = ""
    release: str = ""
    agency: str = ""
    association: str = ""
    common_reference: str = ""
    transfer: str = ""
    transfer_mark: str = ""
    document: str = ""
    document_number: str = ""
    function: str = ""
    reporters: tuple[str, ...] = ()
    contacts: tuple[tuple[str, str], ...] = ()
    references: tuple[Reference, ...] = ()
    flights: tuple[Flight, ...] = ()
    people: tuple[Person, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    others: Sequence[Segment] = ()
    segments: Sequence[Segment] = ()

    @property
    def is_part(self) -> bool:
        """Other messages belong to the same list: totals are of all of them."""
        return bool(self.transfer) and (self.transfer.lstrip("0"), self.transfer_mark) not in {
            ("1", "F"),
            ("1", ""),
        }

    @property
    def passengers(self) -> tuple[Person, ...]:
        """People who are passengers, in transit too."""
        return tuple(person for person in self.people if person.qualifier in PASSENGERS)

    @property
    def crew(self) -> tuple[Person, ...]:
        """People who are crew, in transit too."""
        return tuple(person for person in self.people if person.qualifier in CREW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Messages of a functional group; header and trailer are ``None`` where there is no group."""

    messages: tuple[PaxList, ...]
    header: Segment | None = None
    trailer: Segment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interchange:
    """What one sender sends at once.

    Attributes:
        characters: service characters.
        advice: UNA was there; ``advice_after`` stands behind it.
        header, trailer: UNB and UNZ; ``None`` where they are missing.
        sender, recipient, control: of UNB.
        before, trailing: what stands before the first segment and behind the last.
        charset: Python's name of the character set.
        original: the bytes read.
        notices: what was odd.
    """

    groups: tuple[Group, ...]
    header: Segment | None = None
    trailer: Segment | None = None
    characters: ServiceCharacters = STANDARD
    advice: bool = False
    charset: str = "ascii"
    advice_after: str = field(default="", compare=False, repr=False)
    before: str = field(default="", compare=False, repr=False)
    trailing: str = field(default="", compare=False, repr=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def sender(self) -> str:
        """Identification of the sender."""
        return self.header.get(1) if self.header else ""

    @property
    def recipient(self) -> str:
        """Identification of the recipient."""
        return self.header.get(2) if self.header else ""

    @property
    def control(self) -> str:
        """Interchange control reference."""
        return self.header.get(4) if self.header else ""

    @property
    def messages(self) -> tuple[PaxList, ...]:
        """All messages, of all groups."""
        return tuple(message for group in self.groups for message in group.messages)
