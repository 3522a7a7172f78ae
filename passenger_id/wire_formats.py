"""The wire formats whose facts are travellers, as the workbench lists them."""

from __future__ import annotations

from typing import Final

from passenger_id.decoders import DECODERS, RECOGNISERS
from passenger_id.formats.bcbp.places import places as bcbp_places
from passenger_id.formats.gb11643_places import places as gb11643_places
from passenger_id.formats.mrz.places import places as mrz_places
from passenger_id.wire_examples import EXAMPLES
from passenger_id.wire_words import WORDS
from service_bus import Locator, Look, WireFormat

__all__ = ["FORMATS", "WORDS"]

_FOLDER: Final = "passenger_id.formats"


def _format(
    name: str,
    zh: str,
    en: str,
    standard: str,
    module: str,
    *more: str,
    look: Look = "text",
    places: Locator | None = None,
    reader: str = "",
) -> WireFormat:
    return WireFormat(
        name=name,
        zh=zh,
        en=en,
        standard=standard,
        module=f"{_FOLDER}.{module}",
        more=more,
        decode=DECODERS[name],
        recognise=RECOGNISERS[name],
        example=EXAMPLES[name],
        look=look,
        places=places,
        reader=reader,
    )


FORMATS: Final[tuple[WireFormat, ...]] = (
    _format(
        "bcbp", "BCBP 登机牌条码", "BCBP boarding pass", "IATA Resolution 792", "bcbp",
        places=bcbp_places,
    ),
    _format(
        "mrz", "MRZ 机读区", "MRZ machine-readable zone", "ICAO Doc 9303", "mrz", places=mrz_places
    ),
    _format(
        "gb11643", "居民身份号码", "Resident identity number", "GB 11643", "gb11643",
        places=gb11643_places,
    ),
    _format("pnl", "PNL 旅客名单", "PNL passenger name list", "IATA RP 1708", "name_list"),
    _format(
        "adl", "ADL 名单增删改", "ADL changes of a name list", "IATA RP 1708", "name_list",
        reader="pnl",
    ),
    _format("prl", "PRL 核对名单", "PRL reconciled list", "IATA RP 1719b", "name_list", reader="pnl"),
    _format("paxlst", "PAXLST 旅客申报", "PAXLST passenger report", "UN/EDIFACT PAXLST", "paxlst"),
    _format(
        "dcs-json", "离港行程 JSON", "DCS journey JSON", "自有 · own", "dcs_json", look="json"
    ),
)  # fmt: skip
"""In the order they are listed."""
