"""Every wire format of the platform, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import airport_brain.operations.wire_formats as flights
import cargo_platform.wire_formats as freight
import passenger_id.wire_formats as travellers
import spatiotemporal.wire_formats as positions
from service_bus import WireFormat

FORMS: Final[Mapping[str, WireFormat]] = {
    form.name: form
    for package in (flights, positions, travellers, freight)
    for form in package.FORMATS
}
"""In the order they are listed."""
