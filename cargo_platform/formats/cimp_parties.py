"""Names and addresses in Cargo-IMP: shipper, consignee, who else to notify.

Three ways of writing occur, and each is kept when the message is written again:

===========  ===========================================================================
``labelled`` ``SHP[/account]``, ``NAM/name``, ``ADR/street``, ``LOC/place[/state]``,
             ``/country[/post code][/TE/number ...]``; a second name or street on a ``/`` line
``plain``    ``SHP[/account]``, then the same on ``/`` lines (FWB/16)
``named``    ``SHP/name``, then street, place and country on ``/`` lines (FHL, and NFY of FWB/16)
===========  ===========================================================================

Notices: ``party-lines`` (a line of an address that has no place in it was kept as a street),
``party-country`` (the country line is missing), ``country-line`` (its post code is long, or its numbers
do not follow their kinds one by one), ``party-contacts`` (telephone numbers stand on a line of their own).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cargo_platform.formats.cimp import Reading
from cargo_platform.formats.cimp_lines import Line
from cargo_platform.formats.cimp_rows import Row, text_cell
from cargo_platform.formats.cimp_segments import Segment

LABELS: Final = ("NAM", "ADR", "LOC")
_COUNTRY: Final = re.compile(
    r"/(?!TE/|FX/)([A-Z]{2})(?:/([^/]{0,9}))?((?:/[A-Z]{1,3}/[^/]*)*)", re.ASCII
)
_ODD_COUNTRY: Final = re.compile(r"/(?!TE/|FX/|TL/)([A-Z]{2})(?:/([^/]*))?((?:/.*)?)", re.ASCII)
_CONTACTS: Final = re.compile(r"((?:/(?:TE|FX|TL)/[^/]+)+)", re.ASCII)
_PAIRS: Final = re.compile(r"(?:/[A-Z]{1,3}/[^/]*)*+", re.ASCII)
_KINDS: Final = ("TE", "FX", "TL")
_LINE: Final = Row(text_cell("name or address", 35))
_LONGEST_PLACE: Final = 17
_WITH_CONTACTS: Final = 2
_PLACE: Final = Row(text_cell("place", _LONGEST_PLACE), text_cell("state", 9, optional=True))
_ACCOUNT: Final = Row(text_cell("account", 14))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A number with its kind: TE telephone, FX telefax, TL telex; empty when it is not said."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A name and address.

    Attributes:
        form: ``labelled``, ``plain`` or ``named``, see the module.
        country: two letters, empty when the message does not say it.
        post_code: ``None`` when its field is not there.
    """

    form: str = "labelled"
    account: str = ""
    name: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    place: str = ""
    state: str = ""
    country: str = ""
    post_code: str | None = None
    contacts: tuple[Contact, ...] = ()

    def lines(self, identifier: str) -> list[str]:
        """As it is written."""
        place = f"/{self.place}/{self.state}" if self.state else f"/{self.place}"
        if self.form == "labelled":
            head = [identifier + (f"/{self.account}" if self.account else "")]
            rows = [
                *_labelled("NAM", self.name),
                *_labelled("ADR", self.address),
                *([f"LOC{place}"] if self.place or self.state else []),
            ]
        else:
            rows = [f"/{text}" for text in (*self.name, *self.address)]
            if self.place or self.state:
                rows.append(place)
            if self.form == "named":
                head = [identifier + rows[0]] if rows else [identifier]
                rows = rows[1:]
            else:
                head = [identifier + (f"/{self.account}" if self.account else "")]
        return [*head, *rows, *self._country_line()]

    def _country_line(self) -> list[str]:
        if not self.country:
            return []
        fields = [self.country]
        if self.post_code is not None:
            fields.append(self.post_code)
        for contact in self.contacts:
            fields += [contact.kind, contact.number] if contact.kind else [contact.number]
        return ["/" + "/".join(fields)]


def _labelled(label: str, texts: Sequence[str]) -> list[str]:
    return [f"{'' if number else label}/{text}" for number, text in enumerate(texts)]


def party(
    reading: Reading, head: Segment, labelled: Sequence[Segment], *, named: bool = False
) -> Party:
    """Read a party.

    Args:
        reading: where odd things are noted.
        head: its segment (``SHP``, ``CNE``, ``NFY``).
        labelled: the ``NAM``, ``ADR`` and ``LOC`` segments behind it.
        named: text behind the identifier is the name, not an account number.

    Raises:
        Malformed: a line without its slant.
    """
    if labelled:
        return _labelled_party(reading, head, labelled)
    first = head.lines[0]
    named = named and len(first.text) > 3
    rows = Segment(head.identifier, head.lines) if named else Segment("", head.lines[1:])
    account = "" if named or len(first.text) == 3 else _ACCOUNT.read(reading, first, 3)[1]
    return _plain_party(reading, rows, first, "named" if named else "plain", account)


def _plain_party(reading: Reading, rows: Segment, head: Line, form: str, account: str) -> Party:
    rows, apart = _contacts_apart(reading, rows)
    lines = rows.lines
    country = _country_line(reading, lines[-1]) if len(lines) > 1 else None
    if country is None:
        reading.odd(head, "party-country", "the country line is missing", field=head.text[:3])
    else:
        lines = lines[:-1]
    place, state = "", ""
    # Without a country the last line may be anything; one too long for a place is a street.
    if len(lines) > 1 and (country is not None or _is_place(lines[-1])):
        place, state = _place(reading, lines[-1], 0)
        lines = lines[:-1]
    there = Segment(rows.identifier, lines).rows() if lines else ()
    texts = [_text(reading, line, start) for line, start in there]
    code, post, contacts = _country(country)
    return Party(
        form=form,
        account=account,
        name=tuple(texts[:1]),
        address=tuple(texts[1:]),
        place=place,
        state=state,
        country=code,
        post_code=post,
        contacts=(*contacts, *apart),
    )


def _contacts_apart(reading: Reading, rows: Segment) -> tuple[Segment, tuple[Contact, ...]]:
    """Take a last line of telephone numbers away, where the one above is that of the country."""
    lines = rows.lines
    if len(lines) <= _WITH_CONTACTS:
        return rows, ()
    found = _CONTACTS.fullmatch(lines[-1].text)
    if found is None or _COUNTRY.fullmatch(lines[-2].text) is None:
        return rows, ()
    return Segment(rows.identifier, lines[:-1]), _told_apart(reading, lines[-1], found)


def _told_apart(reading: Reading, line: Line, found: re.Match[str]) -> tuple[Contact, ...]:
    reading.odd(line, "party-contacts", "numbers on a line of their own", field="contact")
    return _contacts(found[1])


def _is_place(line: Line) -> bool:
    texts = line.text.split("/")[1:]
    return bool(texts) and len(texts[0]) <= _LONGEST_PLACE and len(texts) <= 2


def _labelled_party(reading: Reading, head: Segment, labelled: Sequence[Segment]) -> Party:
    account = ""
    if len(head.lines[0].text) > 3:
        account = _ACCOUNT.read(reading, head.lines[0], 3)[1]
    name: list[str] = []
    address: list[str] = []
    place, state = "", ""
    country: re.Match[str] | None = None
    apart: tuple[Contact, ...] = ()
    for line in head.lines[1:]:
        _stray(reading, line, address)
    for segment in labelled:
        if segment.identifier == "LOC":
            if place:
                _stray(reading, segment.lines[0], address)
            else:
                place, state = _place(reading, segment.lines[0], len(segment.identifier))
            for line in segment.lines[1:]:
                found = _country_line(reading, line) if country is None else None
                numbers = _CONTACTS.fullmatch(line.text)
                if found is not None:
                    country = found
                elif country is not None and numbers is not None:
                    apart += _told_apart(reading, line, numbers)
                else:
                    _stray(reading, line, address)
        else:
            texts = name if segment.identifier == "NAM" else address
            texts += [_text(reading, line, start) for line, start in segment.rows()]
    if country is None:
        reading.odd(
            head.lines[0], "party-country", "the country line is missing", field=head.identifier
        )
    code, post, contacts = _country(country)
    return Party(
        account=account,
        name=tuple(name),
        address=tuple(address),
        place=place,
        state=state,
        country=code,
        post_code=post,
        contacts=(*contacts, *apart),
    )


def _stray(reading: Reading, line: Line, address: list[str]) -> None:
    reading.odd(line, "party-lines", "a line with no place in an address", field="address")
    address.append(line.text.removeprefix("/"))


def _text(reading: Reading, line: Line, start: int) -> str:
    text = line.text[start:]
    if "/" in text[1:]:  # names and streets do hold slants
        return text.removeprefix("/")
    return _LINE.read(reading, line, start)[1]


def _place(reading: Reading, line: Line, start: int) -> tuple[str, str]:
    if not _PLACE.fits(line, start):
        reading.odd(line, "party-lines", "a line with too many fields", field="place")
        return line.text[start:].removeprefix("/"), ""
    found = _PLACE.read(reading, line, start)
    return found[1], found[2] or ""


def _country_line(reading: Reading, line: Line) -> re.Match[str] | None:
    """Match the line of a country; ``None`` when it is none."""
    found = _COUNTRY.fullmatch(line.text)
    if found is None:
        found = _ODD_COUNTRY.fullmatch(line.text)
        if found is not None:
            reading.odd(line, "country-line", "fields in another form", field="country", column=2)
    return found


def _country(found: re.Match[str] | None) -> tuple[str, str | None, tuple[Contact, ...]]:
    if found is None:
        return "", None, ()
    if found[2] in _KINDS:
        return found[1], None, _contacts(f"/{found[2]}{found[3]}")
    return found[1], found[2], _contacts(found[3])


def _contacts(text: str) -> tuple[Contact, ...]:
    fields = text.split("/")[1:]
    if _PAIRS.fullmatch(text):
        return tuple(
            Contact(kind=kind, number=number)
            for kind, number in zip(fields[::2], fields[1::2], strict=True)
        )
    found: list[Contact] = []
    for one in fields:
        if one in _KINDS:
            found.append(Contact(kind=one, number=""))
        elif not found:
            found.append(Contact(kind="", number=one))
        else:
            last = found[-1]
            number = f"{last.number}/{one}" if last.number else one
            found[-1] = Contact(kind=last.kind, number=number)
    return tuple(found)
