"""Every wire format of the platform by name, and which of them some bytes are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from airport_brain.workbench.errors import UnknownFormat
from airport_brain.workbench.wording import Wording
from service_bus import WireFormat, WireWords

PLAIN: Final = 0.3
"""Below it a format is not worth naming."""
CLEAR: Final = 0.05
"""How far the best must be before the next one to be the answer alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A format that bytes may be of, and how sure it is, 0 to 1."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Formats of one package, with what its fields and notices mean."""

    owner: str
    formats: tuple[WireFormat, ...]
    words: WireWords


class Registry:
    """All formats."""

    def __init__(self, families: Iterable[Family]) -> None:
        self.families: Final = tuple(families)
        self._by_name: Final[Mapping[str, WireFormat]] = MappingProxyType(
            {one.name: one for family in self.families for one in family.formats}
        )
        self._family: Final[Mapping[str, Family]] = MappingProxyType(
            {one.name: family for family in self.families for one in family.formats}
        )

    @property
    def names(self) -> list[str]:
        """Names in the order they are listed."""
        return list(self._by_name)

    def named(self, name: str) -> WireFormat:
        """One format.

        Raises:
            UnknownFormat: nobody reads a format of that name.
        """
        found = self._by_name.get(name)
        if found is None:
            raise UnknownFormat(name, self.names)
        return found

    def family(self, name: str) -> Family:
        """The package's formats among which one is."""
        return self._family[self.named(name).name]

    def wording(self, form: WireFormat) -> Wording:
        """What fields and notices of a format mean."""
        return Wording(self._family[form.name].words, form.reader or form.name)

    def candidates(self, data: bytes) -> list[Candidate]:
        """Formats that bytes may be of, the surest first."""
        sure = [
            Candidate(name=one.name, confidence=round(one.recognise(data), 3))
            for one in self._by_name.values()
        ]
        return sorted(
            (one for one in sure if one.confidence >= PLAIN), key=lambda one: -one.confidence
        )


def certain(candidates: list[Candidate]) -> bool:
    """Whether the first candidate stands clearly before the second."""
    if not candidates:
        return False
    return len(candidates) == 1 or (
        candidates[0].confidence - candidates[1].confidence >= CLEAR - 1e-9
    )
