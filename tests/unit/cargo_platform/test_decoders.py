"""Formats as the command line reads them, and what every format module owes to the others."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from pathlib import Path
from types import ModuleType

import pytest

from cargo_platform import formats
from cargo_platform.decoders import DECODERS, RECOGNISERS
from service_bus import Malformed

SAMPLES = {
    "fsu": "cimp/fsu_rcf_split.txt",
    "fwb": "cimp/onerecord_FWB17_fragment.txt",
    "fhl": "cimp/fhl4.txt",
    "ffm": "cimp/ffm8.txt",
    "xfwb": "cargoxml/xfwbExample.xml",
    "xfzb": "cargoxml/SEL22222222_XFZB.xml",
    "xfsu": "onerecord/shipment_tracking_goodpractice/xFSU-12-DEP.xml",
    "one-record": "onerecord/examples_api/Shipment_with_Piece.json",
}


def modules() -> dict[str, ModuleType]:
    """Every module of the formats package that is a format."""
    found = {}
    for info in pkgutil.iter_modules(formats.__path__):
        module = importlib.import_module(f"{formats.__name__}.{info.name}")
        if hasattr(module, "parse"):
            found[module.FORMAT] = module
    return found


MODULES = modules()


def test_every_format_has_a_decoder_and_a_recogniser() -> None:
    assert set(DECODERS) == set(RECOGNISERS) == set(MODULES)


def test_what_an_answer_holds_is_shown_as_text() -> None:
    (message,) = DECODERS["fna"](b"FMA\r\nACK/OK\r\nFSU/12\r\n112-12345675PVGFRA/T1\r\n")
    assert message["inner"] == "FSU/12\r\n112-12345675PVGFRA/T1\r\n"


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_format_keeps_the_contract(name: str) -> None:
    module = MODULES[name]
    for needed in ("FORMAT", "parse", "recognise", "encode", "Message"):
        assert hasattr(module, needed), f"{name} has no {needed}"
    assert len(module.__doc__ or "") > 200, "the docstring is the layout"
    assert module.recognise(b"") == 0
    assert module.recognise(b"\xff\xfe\x00" * 99) == 0


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_real_message_becomes_plain_objects(reference_data: Path, name: str) -> None:
    data = (reference_data / "cargo" / SAMPLES[name]).read_bytes()
    (message,) = DECODERS[name](data)
    assert "original" not in message
    assert json.dumps(message, default=str)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_message_is_recognised_as_its_own_format_first(reference_data: Path, name: str) -> None:
    data = (reference_data / "cargo" / SAMPLES[name]).read_bytes()
    sure = {other: recognise(data) for other, recognise in RECOGNISERS.items()}
    best = max(sure.values())
    assert sure[name] == best > 0.5
    assert [other for other, value in sure.items() if value == best] == [name]


@pytest.mark.parametrize("name", sorted(DECODERS))
def test_nonsense_is_refused_with_a_place(name: str) -> None:
    with pytest.raises(Malformed) as caught:
        DECODERS[name](b"nonsense")
    assert caught.value.position
    assert caught.value.field
    assert caught.value.format == name


CODES = re.compile(
    r"(?:reading|walk|self)\.odd\(\s*(?:[\w.\[\]0-9()\s:\"',]+?,\s*)??\"([a-z-]+)\"", re.DOTALL
)
DOCUMENTED = re.compile(r"^``(?:[a-z]+(?:-record)?-)?([a-z-]+)``", re.MULTILINE)


def test_every_notice_is_explained_in_a_docstring() -> None:
    folder = Path(next(iter(formats.__path__)))
    texts = [path.read_text("utf-8") for path in folder.glob("*.py")]
    raised = {code for text in texts for code in CODES.findall(text)}
    explained: set[str] = set()
    for text in texts:
        for line in text.splitlines():
            explained |= set(re.findall(r"``([a-z-]+)``", line))
    names = {name.partition("-")[2] for name in explained} | explained
    names |= {name.removeprefix("one-record-") for name in explained}
    assert len(raised) > 30
    assert sorted(raised - names) == []
