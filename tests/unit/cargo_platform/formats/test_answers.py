"""Requests for status (FSR) and answers to messages (FMA, FNA)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cargo_platform.decoders import RECOGNISERS
from cargo_platform.formats import fna, fsr, fsu
from cargo_platform.formats.cimp import MOST_LINES
from cargo_platform.formats.fwb_message import Texts
from service_bus import Malformed
from tests.unit.cargo_platform.formats.mutations import assert_read_or_refused, mutants
from tests.unit.cargo_platform.formats.values import NEAR, consignments, free_text

REQUEST = b"FSR/2\r\n112-12345675PVGFRA/T25\r\nOSI/PLEASE\r\nREF/PVGFMCK\r\n"
SHORT_REQUEST = b"FSR/2\r\n112-12345675\r\n"
STATUS = b"FSU/12\r\n112-12345675PVGFRA/T25\r\nRCS/23NOV1015/PVG/T25\r\n"
REJECTED = b"FNA/1\r\nACK/STATUS NOT KNOWN\r\n/SECOND REASON\r\n" + STATUS
ACCEPTED = b"FMA\r\nACK/RECEIVED\r\n" + STATUS


def answer(data: bytes, **more: Any) -> fna.Message:
    (message,) = fna.parse(data, reference=NEAR, **more)
    return message


@pytest.mark.parametrize("data", [REQUEST, SHORT_REQUEST])
def test_a_request_is_read_and_written_back(data: bytes) -> None:
    (message,) = fsr.parse(data, reference=NEAR, mode="strict")
    assert fsr.encode(message) == data
    assert message.consignment.awb == "11212345675"
    assert fsr.recognise(data) > 0.9


def test_a_request_without_a_number_is_refused() -> None:
    for data in (b"FSR/2\r\n", b"FSR/2\r\n112-12345674\r\n"):
        with pytest.raises(Malformed) as caught:
            fsr.parse(data, reference=NEAR)
        assert caught.value.field == "AWB"


@settings(deadline=None)
@given(
    st.builds(
        fsr.Message,
        version=st.just(2),
        consignment=consignments(),
        other_service=st.lists(free_text(65), max_size=2).map(tuple),
        reference=st.none() | st.just(Texts(identifier="REF", lines=(("PVGFMCK", "A1"),))),
    )
)
def test_a_written_request_is_read_back(message: fsr.Message) -> None:
    (again,) = fsr.parse(fsr.encode(message), reference=NEAR)
    assert again == message


@pytest.mark.parametrize("data", [REJECTED, ACCEPTED])
def test_an_answer_is_read_and_written_back(data: bytes) -> None:
    message = answer(data, mode="strict")
    assert fna.encode(message) == data
    assert message.inner == STATUS
    assert (message.about, message.awb) == ("FSU", "11212345675")
    (inner,) = fsu.parse(message.inner, reference=NEAR, mode="strict")
    assert inner.statuses[0].code == "RCS"


def test_reasons_stand_on_lines_of_either_kind() -> None:
    assert answer(REJECTED).reasons == ("STATUS NOT KNOWN", "SECOND REASON")
    several = REJECTED.replace(b"/SECOND", b"ACK/SECOND")
    assert answer(several).reasons == ("STATUS NOT KNOWN", "SECOND REASON")
    assert (answer(REJECTED).type, answer(REJECTED).version) == ("FNA", 1)


def test_an_answer_is_matched_by_the_content_of_the_original() -> None:
    sent = fna.digest_of(STATUS)
    assert answer(REJECTED).digest == sent
    assert answer(REJECTED.replace(b"\r\n", b"\n")).digest == sent
    assert answer(REJECTED.replace(b"T25", b"T24")).digest != sent


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"FNA\r\n" + STATUS, "fna-no-reason"),
        (b"FNA\r\nACK/WHY\r\n", "fna-no-original"),
        (b"FNA\r\nACK/TOO LONG A REASON\r\nGOES ON\r\n" + STATUS, "fna-reason-line"),
        (b"FNA\r\nACK/LOOP\r\n" + ACCEPTED, "fna-answer"),
    ],
)
def test_what_is_odd_is_noted_and_in_strict_mode_refused(data: bytes, code: str) -> None:
    assert [n.code for n in answer(data).notices] == [code]
    with pytest.raises(Malformed) as caught:
        answer(data, mode="strict")
    assert caught.value.code == code


def test_an_answer_to_a_manifest_names_no_waybill() -> None:
    message = answer(b"FMA\r\nACK/OK\r\nFFM/8\r\n1/CK261/23NOV/PVG\r\nLAST\r\n")
    assert (message.about, message.awb) == ("FFM", "")
    assert fna.recognise(REJECTED) > 0.9


@settings(deadline=None)
@given(
    st.sampled_from(fna.TYPES),
    st.none() | st.integers(1, 9),
    st.lists(free_text(65), min_size=1, max_size=3).map(tuple),
)
def test_a_written_answer_is_read_back(
    kind: str, version: int | None, reasons: tuple[str, ...]
) -> None:
    message = fna.Message(
        type=kind, version=version, reasons=reasons, inner=STATUS, about="FSU", awb="11212345675"
    )
    assert answer(fna.encode(message)) == message


def test_mutated_messages_are_read_or_refused_with_a_place() -> None:
    for reader, originals in ((fsr, [REQUEST, SHORT_REQUEST]), (fna, [REJECTED, ACCEPTED])):
        assert_read_or_refused(
            lambda d, reader=reader: reader.parse(d, reference=NEAR),
            mutants(originals, (b"/", b"\r\n", b"ACK/", b"FNA\r\n", b"OSI/"), 2500, reader.FORMAT),
        )


@pytest.mark.parametrize("head", ["FNA", "FMA", "FNA/1", "FMA/1"])
@pytest.mark.parametrize("around", ["", "QU PVGFMCK\r\n.FRAFMLH 231015\r\n", "UNH+1+CIMFNA:1'"])
def test_an_answer_is_not_taken_for_what_it_answers(head: str, around: str) -> None:
    for inner in ("FWB/16", "FHL/4", "FSR", "FSU/12", "FFM/8"):
        data = f"{around}{head}\r\nACK/NO SUCH BOOKING\r\n{inner}\r\n112-12345675\r\n".encode()
        found = {name: RECOGNISERS[name](data) for name in ("fwb", "fhl", "fsr", "fsu", "ffm")}
        assert set(found.values()) == {0.0}
        assert RECOGNISERS["fna"](data) >= 0.8


def test_a_flood_of_lines_is_refused_with_its_place() -> None:
    for line_end in (b"\r\n", b"\n"):
        with pytest.raises(Malformed) as caught:
            fna.parse(line_end.join([b"FNA"] * (MOST_LINES + 2)), reference=NEAR)
        assert (caught.value.code, caught.value.field) == ("fna-too-many-lines", "line")
        assert caught.value.position == f"line {MOST_LINES + 1} column 1"


def test_an_answer_to_an_answer_is_one_message() -> None:
    message = answer(b"FNA\r\nACK/NO\r\nFMA\r\nACK/YES\r\n" + STATUS)
    assert message.reasons == ("NO",)
    assert message.about == "FMA"
    assert message.inner.startswith(b"FMA\r\nACK/YES")
