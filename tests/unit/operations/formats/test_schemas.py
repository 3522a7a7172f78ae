"""Every message type gives a JSON Schema."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from airport_brain.operations.formats import aidx_message, imf, mht0071, ssim
from airport_brain.operations.formats.aftn import adexp, ats, envelope
from airport_brain.operations.formats.type_b import ldm, mvt, psm, ptm, ssm, telex

TYPES = (
    aidx_message.Message,
    ssim.Schedule,
    telex.Telex,
    mvt.Movement,
    ldm.LoadMessage,
    ssm.ScheduleMessage,
    ptm.TransferMessage,
    psm.ServiceMessage,
    envelope.AftnMessage,
    ats.AtsMessage,
    adexp.AdexpMessage,
    mht0071.Message,
    mht0071.FlightData,
    imf.Message,
    imf.Change,
    imf.Operation,
)


@pytest.mark.parametrize("message", TYPES, ids=lambda t: f"{t.__module__}.{t.__name__}")
def test_a_message_type_gives_its_schema(message: type) -> None:
    schema = TypeAdapter(message).json_schema()
    assert schema["type"] == "object" or "$ref" in schema
