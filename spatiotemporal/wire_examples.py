"""One made-up message of each airfield format, for its page and for trying out the workbench."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

EXAMPLES: Final[Mapping[str, bytes]] = MappingProxyType(
    {
        # A location of a 2013 terminal near Hongqiao, with mileage and fuel.
        "jt808": bytes.fromhex(
            "7E0200002611223344556622B8000000010000000201DC0B0A073B61800003003C00B4261124120000"
            "01040000006402020037177E"
        ),
        "adsb": b"8D40621D58C386435CC412692AD6\n8D40621D58C382D690C8AC2863A7\n",
        "asterix": bytes.fromhex(
            "0B0027DF290180000101546040162F6C2E56488B72FFF40154FFFE0000000C54F5C70C60002A00"
        ),
        "nmea": (
            b"$GBRMC,035959.50,A,3111.8892,N,12119.9480,E,010.00,177.3,241126,005.2,W,A,V*79\r\n"
            b"$BDGGA,035959.00,3111.8892,N,12119.9480,E,4,18,0.7,2.4,M,10.1,M,1.0,0042*5C\r\n"
        ),
        "position-json": (
            '{"id": "vehicle:tug-17", "time": "2026-11-24T12:00:00+08:00", "latitude": 31.198,\n'
            ' "longitude": 121.336, "speed_mps": 4.5, "heading_deg": 90, "label": "拖车17"}\n'
        ).encode(),
    }
)
"""By the name of the format."""
