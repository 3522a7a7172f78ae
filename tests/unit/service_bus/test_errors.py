"""What a fault tells."""

from __future__ import annotations

import json

from service_bus import Malformed


def test_a_fault_with_half_characters_can_still_be_written_anywhere() -> None:
    fault = Malformed(
        "x", "wrong", field="f\udc00", position="/@context/\ud800", found="\ud83d", expected="text"
    )
    told = json.dumps(fault.facts(), ensure_ascii=False).encode("utf-8")
    assert json.loads(told)["found"] == r"\ud83d"
    assert fault.position == r"/@context/\ud800"
    assert str(fault).encode("utf-8")


def test_whole_characters_are_told_as_they_are() -> None:
    fault = Malformed("x", "wrong", field="机位", found="机位 😀")
    assert (fault.field, fault.found) == ("机位", "机位 😀")
