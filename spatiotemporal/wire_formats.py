"""The wire formats whose facts are positions, as the workbench lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from service_bus import Place, WireFormat
from spatiotemporal.decoders import DECODERS, RECOGNISERS
from spatiotemporal.sources import asterix_blocks, jt808
from spatiotemporal.sources.adsb import places as adsb_places
from spatiotemporal.sources.jt808 import places as jt808_places
from spatiotemporal.sources.nmea import places as nmea_places
from spatiotemporal.wire_examples import EXAMPLES
from spatiotemporal.wire_words import WORDS

__all__ = ["FORMATS", "WORDS"]

_FOLDER: Final = "spatiotemporal.sources"


def _asterix_places(data: bytes, messages: Sequence[Mapping[str, Any]]) -> list[Place]:
    # Its layouts cost a second and 75 MB, which only those pay who read ASTERIX.
    from spatiotemporal.sources.asterix.places import places

    return places(data, messages)


FORMATS: Final[tuple[WireFormat, ...]] = (
    WireFormat(
        name="jt808",
        zh="JT/T 808 车载终端",
        en="JT/T 808 vehicle terminal",
        standard="JT/T 808-2011, -2013, -2019",
        module=f"{_FOLDER}.jt808",
        more=tuple(
            f"{_FOLDER}.jt808.{part}"
            for part in ("frame", "location", "items", "bodies", "commands", "parameters", "faults")
        ),
        decode=DECODERS["jt808"],
        recognise=RECOGNISERS["jt808"],
        example=EXAMPLES["jt808"],
        look="binary",
        octets=jt808.from_hex,
        places=jt808_places.places,
    ),
    WireFormat(
        name="adsb",
        zh="ADS-B 广播",
        en="ADS-B squitter",
        standard="ICAO Annex 10 vol. IV; Doc 9871",
        module=f"{_FOLDER}.adsb",
        more=tuple(
            f"{_FOLDER}.adsb.{part}"
            for part in ("message", "dresses", "bodies", "status", "cpr", "faults")
        ),
        decode=DECODERS["adsb"],
        recognise=RECOGNISERS["adsb"],
        example=EXAMPLES["adsb"],
        look="binary",
        places=adsb_places.places,
    ),
    WireFormat(
        name="asterix",
        zh="ASTERIX 监视数据",
        en="ASTERIX surveillance data",
        standard="EUROCONTROL ASTERIX 010, 011, 019, 020, 021, 062",
        module=f"{_FOLDER}.asterix",
        more=(f"{_FOLDER}.asterix_blocks", f"{_FOLDER}.asterix.targets"),
        decode=DECODERS["asterix"],
        recognise=RECOGNISERS["asterix"],
        example=EXAMPLES["asterix"],
        look="binary",
        octets=asterix_blocks.from_hex,
        places=_asterix_places,
    ),
    WireFormat(
        name="nmea",
        zh="NMEA 0183 卫星定位",
        en="NMEA 0183 receiver sentences",
        standard="NMEA 0183, 4.11",
        module=f"{_FOLDER}.nmea",
        decode=DECODERS["nmea"],
        recognise=RECOGNISERS["nmea"],
        example=EXAMPLES["nmea"],
        places=nmea_places.places,
    ),
    WireFormat(
        name="position-json",
        zh="位置 JSON",
        en="Positions as JSON",
        standard="自有 · own",
        module=f"{_FOLDER}.position_json",
        decode=DECODERS["position-json"],
        recognise=RECOGNISERS["position-json"],
        example=EXAMPLES["position-json"],
        look="json",
    ),
)
"""In the order they are listed."""
