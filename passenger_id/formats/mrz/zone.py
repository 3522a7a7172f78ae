"""A machine-readable zone as data: the standard's fields by the standard's names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from service_bus import Notice

FORMAT: Final = "mrz"
"""Name of the format, as in ``airport-brain decode mrz``."""

NOTICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mrz-check-digit": "A check digit does not fit what it covers.",
        "mrz-date": "A date does not exist in the calendar.",
        "mrz-unusual-value": "A value is outside what the standard lists for its field.",
        "mrz-lower-case": "Lower-case letters were read as capitals.",
        "mrz-blanks": "Blanks around or inside a line were left out.",
        "mrz-one-line": "The lines were not divided; they were divided by their length.",
        "mrz-line-short": "Fillers are missing at the end of the names; they were added.",
    }
)
"""Each notice with its sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDigits:
    """Check digits as they stood, kept only where one of them is not what would be written."""

    document_number: str
    date_of_birth: str
    date_of_expiry: str | None = None
    optional_data: str | None = None
    composite: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One machine-readable zone, fields without the fillers after them.

    Attributes:
        format: ``TD1``, ``TD2``, ``TD3``, ``MRV-A``, ``MRV-B`` or ``FRA-ID``.
        document_number: whole, also where it goes on in the optional data.
        date_of_birth: YYMMDD; unknown parts as ``<<``.
        sex: ``M``, ``F``, ``X`` or ``""`` (unspecified).
        nationality: as it stands; of ``FRA-ID``, which has no such field, that of the issuer.
        date_of_expiry: YYMMDD; ``""`` of ``FRA-ID``, which does not say it.
        names: the field as it stands: ``ERIKSSON<<ANNA<MARIA``.
        optional_data: without the rest of a long document number.
        optional_data_2: of TD1's second line.
        checks: which check digits fit, by the name of what they cover.
        birth_date: with its century; ``None`` where a part is unknown or does not exist.
        expiry_date: likewise.
        original: the bytes read.
        notices: what was odd.
    """

    format: str
    document_code: str
    issuing_state: str
    document_number: str
    nationality: str
    date_of_birth: str
    sex: str
    date_of_expiry: str
    names: str
    optional_data: str = ""
    optional_data_2: str = ""
    checks: Mapping[str, bool] = field(default_factory=dict, compare=False)
    birth_date: date | None = field(default=None, compare=False)
    expiry_date: date | None = field(default=None, compare=False)
    written: WrittenDigits | None = field(default=None, compare=False, repr=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def surname(self) -> str:
        """The primary identifier, parts divided by blanks."""
        return _words(self.names.partition("<<")[0])

    @property
    def given_names(self) -> str:
        """The secondary identifier; ``""`` where the document has none."""
        return _words(self.names.partition("<<")[2])

    @property
    def checks_fit(self) -> bool:
        """Every check digit fits."""
        return all(self.checks.values())


def _words(text: str) -> str:
    return " ".join(part for part in text.split("<") if part)
