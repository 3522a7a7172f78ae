"""Writing boarding passes, byte for byte as they were read where nothing was changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from passenger_id.formats.bcbp.items import HEADER, LEG, REPEATED, UNIQUE, Item
from passenger_id.formats.bcbp.passes import FORMAT, BoardingPass, Leg, UniqueItems
from service_bus import Malformed

LONGEST_FIELD: Final = 0xFF
"""What a size of two hexadecimal digits can say."""


def encode(message: BoardingPass) -> bytes:
    """The text of a pass, sizes computed; legs that were read odd are written as they were.

    Raises:
        Malformed: the pass does not fit the layout; names the item.
    """
    if not 1 <= len(message.legs) <= 4:
        raise _misfit("number_of_legs", "passes have 1 to 4 legs")
    parts = [message.prefix, f"M{len(message.legs)}"]
    parts += [_padded(message, item, "") for item in HEADER]
    for number, leg in enumerate(message.legs, 1):
        where = f"leg {number} "
        items = "".join(_padded(leg, item, where) for item in LEG)
        parts.append(
            items[: -leg.written.missing] if leg.written and leg.written.missing else items
        )
        parts.append(_variable_field(leg, message.unique if number == 1 else None, where))
    if security := message.security:
        size = _size(security.security_data, "security_data")
        if security.size.upper() == size:
            size = security.size
        parts.append(f"^{security.type_of_security_data}{size}{security.security_data}")
    parts.append(message.trailing)
    return _with_separators("".join(parts), message.separators)


def _variable_field(leg: Leg, unique: UniqueItems | None, where: str) -> str:
    """Size and content of a leg's variable field."""
    if leg.written is not None:
        return _as_read(leg, unique, where)
    if leg.repeated is None:
        if unique or leg.airline_individual_use:
            raise _misfit(f"{where}repeated", "repeated items must be there, be they all left out")
        return "00"
    content = ""
    if unique:
        items = "".join(_section(unique, UNIQUE, unique.extra, ""))
        size = _size(items, "size of the unique items")
        content = f">{_version(unique)}{size}{items}"
    items = "".join(_section(leg.repeated, REPEATED, leg.repeated.extra, where))
    content += _size(items, f"{where}size of the repeated items") + items
    content += leg.airline_individual_use
    return _size(content, f"{where}size of the variable field") + content


def _as_read(leg: Leg, unique: UniqueItems | None, where: str) -> str:
    written = leg.written
    assert written is not None
    content = ""
    if written.unique is not None and unique:
        items = "".join(_section(unique, UNIQUE, unique.extra, ""))
        content = f">{_version(unique)}{written.unique}{items[: written.unique_length]}"
    if written.repeated is not None and leg.repeated:
        short = written.short_carrier
        items = "".join(
            _section(leg.repeated, REPEATED, leg.repeated.extra, where, short_carrier=short)
        )
        content += written.repeated + items[: written.repeated_length]
    return written.variable + content + leg.airline_individual_use


def _version(unique: UniqueItems) -> str:
    if unique.version_number not in tuple("12345678"):
        raise _misfit("version_number", "versions are 1 to 8")
    return unique.version_number


def _section(
    holder: object, items: tuple[Item, ...], extra: str, where: str, *, short_carrier: bool = False
) -> Iterator[str]:
    """Items up to the first that is left out."""
    ended = ""
    for item in items:
        if getattr(holder, item.name) is None:
            ended = ended or item.name
        elif ended:
            raise _misfit(where + ended, f"left out, although {item.name} after it is there")
        else:
            text = _padded(holder, item, where)
            short = short_carrier and item.name == "frequent_flyer_airline_designator"
            yield text[:-1] if short else text
    if extra:
        if ended:
            raise _misfit(where + ended, "left out, although text after the items is there")
        yield extra


def _padded(holder: object, item: Item, where: str) -> str:
    value = getattr(holder, item.name)
    text = str(value).ljust(item.width)
    if text.rstrip(" ") != value or not any(known.fullmatch(text) for known, _ in item.alphabets):
        raise _misfit(where + item.name, f"value does not fit: expected {item.expected}")
    return text


def _size(text: str, field: str) -> str:
    if len(text) > LONGEST_FIELD:
        raise _misfit(field, f"longer than {LONGEST_FIELD} characters")
    return f"{len(text):02X}"


def _with_separators(text: str, separators: tuple[tuple[int, str], ...]) -> bytes:
    for at, separator in separators:
        text = text[:at] + separator + text[at:]
    try:
        return text.encode("ascii")
    except UnicodeEncodeError as error:
        raise Malformed(
            FORMAT,
            "not ASCII",
            field="text",
            position=f"byte {error.start}",
            expected="ASCII",
            code="not-ascii",
        ) from None


def _misfit(field: str, reason: str) -> Malformed:
    return Malformed(FORMAT, reason, field=field, position="message", code="misfit")
