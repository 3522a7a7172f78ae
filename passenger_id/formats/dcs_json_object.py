"""The JSON object of a journey message: UTF-8, every name once, none that is not known."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from service_bus import Malformed

FORMAT: Final = "dcs-json"
"""Name of the journey format, as in ``airport-brain decode dcs-json``."""

_NEWLINE: Final = b"\n"


def read_object(data: bytes) -> dict[str, Any]:
    """The object of a message.

    Raises:
        Malformed: no JSON, no object, or a name in it twice.
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            counts = Counter(name for name, _ in pairs)
            twice = next(name for name, _ in pairs if counts[name] > 1)
            raise fault(
                "a field is given twice",
                _shown(twice),
                position=_again(data, twice),
                code="double-field",
            )
        return found

    try:
        body = json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except UnicodeDecodeError as error:
        raise fault(
            "not UTF-8", "document", position=f"byte {error.start}", code="not-utf8"
        ) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise fault(error.msg, "document", position=place, code="not-json") from None
    except Malformed:
        raise
    except ValueError:  # Python reads no integers of thousands of digits.
        raise fault(
            "a number is too long", "document", position="byte 0", code="not-json"
        ) from None
    except RecursionError:
        raise fault("nested too deep", "document", position="byte 0", code="not-json") from None
    if not isinstance(body, dict):
        raise fault(
            "not a JSON object", "document", position="line 1 column 1", code="not-an-object"
        )
    return body


def _shown(name: str) -> str:
    """A member's name as a fault tells it."""
    return name[:24] or '""'


def _again(data: bytes, name: str) -> str:
    """Where a member's name stands for the second time."""
    quoted = json.dumps(name, ensure_ascii=False).encode("utf-8", "replace")
    at = max(0, data.find(quoted, data.find(quoted) + 1))
    return f"line {data.count(_NEWLINE, 0, at) + 1} column {at - data.rfind(_NEWLINE, 0, at)}"


def known(body: Mapping[str, Any], names: frozenset[str], prefix: str) -> None:
    """Refuse members of other names.

    Raises:
        Malformed: there is one.
    """
    if unknown := sorted(set(body) - names):
        # The name itself may be personal data in the wrong place, so it is not repeated at length.
        name = _shown(unknown[0])
        raise fault("unknown field", f"{prefix}{name}", code="unknown-field")


def fault(reason: str, field: str, *, position: str = "", code: str = "wrong-value") -> Malformed:
    """The fault for a member; its place is its path where nothing better is known."""
    place = position or (f"$.{field}" if field else "")
    return Malformed(FORMAT, reason, field=field, position=place, code=code)
