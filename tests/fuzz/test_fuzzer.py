"""The fuzzer finds what it is for: a reader with one fault of every kind behind a few nested tests."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service_bus import Malformed, Mode, Place, WireFormat
from tests.fuzz import guidance, repairs
from tests.fuzz.campaign import Campaign
from tests.fuzz.cases import keep
from tests.fuzz.checks import Examiner, Finding
from tests.fuzz.forms import FORMS
from tests.fuzz.memory import HELD, ONE_MESSAGE_BYTES, Weight, scale, too_heavy
from tests.fuzz.minimising import minimised

EXAMPLE = b"TOY/1 name=ZHANGWEI seat=12A"

NESTED = '''
def read(data):
    """Read."""
    if len(data) >= 3:
        if data[0:1] in b"QZW":
            if data[1:2] in b"JVY":
                if data[2:3] in b"XKU":
                    raise KeyError("three letters deep")
    return [{}]
'''


def form(read: Callable[[bytes, Mode], list[dict[str, object]]], **more: object) -> WireFormat:
    def decode(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
        return read(data, mode)

    return WireFormat(
        name="toy",
        zh="玩具",
        en="Toy",
        standard="none",
        module=__name__,
        decode=decode,
        recognise=lambda data: float(data.startswith(b"TOY/")),
        example=EXAMPLE,
        **more,  # type: ignore[arg-type]
    )


def refusal(**facts: str) -> Malformed:
    whole = {"field": "seat", "position": "byte 4", "code": "toy-seat", **facts}
    return Malformed("toy", "seat does not fit", **whole)


def crash(data: bytes, mode: Mode) -> list[dict[str, object]]:
    return [{"seat": data.split(b"seat=")[1].decode()}]


def endless(data: bytes, mode: Mode) -> list[dict[str, object]]:
    while not data.startswith(b"TOY/1"):
        pass
    return [{}]


def unplaced(data: bytes, mode: Mode) -> list[dict[str, object]]:
    if b"seat=12A" not in data:
        raise refusal(position="")
    return [{}]


def talkative(data: bytes, mode: Mode) -> list[dict[str, object]]:
    if b"seat=12A" not in data:
        raise refusal(found=data.decode("latin-1")[:30])
    return [{}]


def two_minded(data: bytes, mode: Mode) -> list[dict[str, object]]:
    if b"seat=12A" not in data and mode == "strict":
        raise refusal()
    return [{}]


def hungry(data: bytes, mode: Mode) -> list[dict[str, object]]:
    return [{"takes": 20_000_000}]


def as_told(form: WireFormat, data: bytes) -> Weight:
    """A scale for the toy, which says itself what it takes."""
    try:
        (message,) = form.decode(data)
    except Exception:
        return Weight(0)
    takes = message.get("takes", 0)
    assert isinstance(takes, int)
    return Weight(takes)


@pytest.mark.parametrize(
    ("read", "kind"),
    [
        (crash, "crash"),
        (unplaced, "unplaced"),
        (talkative, "personal"),
        (two_minded, "modes"),
        (hungry, "memory"),
    ],
)
def test_a_fault_is_found_and_its_kind_told(
    read: Callable[[bytes, Mode], list[dict[str, object]]],
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.fuzz.campaign.PERSONAL", {"toy": ("ZHANGWEI",)})
    report = Campaign(form(read), 1, [EXAMPLE], weigh=as_told).run(150)
    assert {finding.kind for finding in report.findings} >= {kind}


@pytest.mark.skipif(not hasattr(__import__("signal"), "setitimer"), reason="needs timers of POSIX")
def test_an_endless_reading_is_broken_off_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.checks.GIVE_UP_S", 0.2)
    (finding,) = Examiner(form(endless)).findings(b"TAY/1")
    assert finding.kind == "hang"


def test_places_outside_the_input_are_told() -> None:
    def places(data: bytes, messages: object) -> list[Place]:
        return [Place(path=(0, "seat"), start=0, end=len(data) + 1)]

    found = list(Examiner(form(lambda data, mode: [{}], places=places)).findings(EXAMPLE))
    assert [one.kind for one in found] == ["places"]


def test_a_reader_without_faults_gives_no_findings() -> None:
    def read(data: bytes, mode: Mode) -> list[dict[str, object]]:
        if b"seat=" not in data:
            raise refusal(field="seat", position="byte 0")
        return [{"length": len(data)}]

    report = Campaign(form(read), 1, [EXAMPLE], weigh=as_told).run(500)
    assert report.findings == []
    assert 0 < report.read < report.inputs


def test_the_same_seed_gives_the_same_inputs() -> None:
    def inputs(seed: int) -> list[bytes]:
        seen: list[bytes] = []

        def read(data: bytes, mode: Mode) -> list[dict[str, object]]:
            seen.append(data)
            return [{}]

        Campaign(form(read), seed, [EXAMPLE], weigh=as_told).run(100)
        return list(dict.fromkeys(seen))  # A reading that seemed slow is timed once more.

    assert inputs(7) == inputs(7) != inputs(8)


@pytest.fixture
def toy_module(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "toy_of_the_fuzzer.py").write_text(NESTED)
    sys.path.insert(0, str(tmp_path))
    yield "toy_of_the_fuzzer"
    sys.path.remove(str(tmp_path))
    sys.modules.pop("toy_of_the_fuzzer", None)
    sys.meta_path[:] = [one for one in sys.meta_path if type(one).__name__ != "_Finder"]


def test_guidance_leads_to_what_chance_alone_does_not_reach(
    toy_module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    branches = guidance.Branches()
    guidance.watch([toy_module], branches)
    read = importlib.import_module(toy_module).read
    toy = form(lambda data, mode: read(data))

    def crashes(watched: guidance.Branches) -> bool:
        monkeypatch.setattr("tests.fuzz.campaign.BRANCHES", watched)
        report = Campaign(toy, 5, [b"000"], weigh=as_told).run(12_000)
        return any(one.kind == "crash" for one in report.findings)

    assert not crashes(guidance.Branches())
    branches.forget()
    assert crashes(branches)
    reached, all_there_are = branches.reached()
    assert 4 <= reached <= all_there_are


def test_a_finding_is_cut_to_what_shows_it() -> None:
    def shows(data: bytes) -> bool:
        return b"X" in data and b"Y" in data

    assert minimised(b"abcXdefghYij" * 20, shows) in (b"XY", b"YX")


def test_a_finding_is_kept_under_its_format_and_kind(tmp_path: Path) -> None:
    finding = Finding(format="toy", kind="crash", key="x", mode="strict", data=b"ab", told="")
    file = keep(finding, tmp_path)
    assert file is not None
    assert file.parent.name == "toy"
    assert file.name.startswith("crash-")
    assert file.read_bytes() == b"ab"


@pytest.mark.parametrize("name", repairs.REPAIRS)
def test_repair_leaves_right_inputs_and_mends_wrong_ones(name: str) -> None:
    toy, repair = FORMS[name], repairs.REPAIRS[name]
    assert repair(toy.example) == toy.example
    toy.decode(repair(toy.example), mode="strict")


def test_the_scale_tells_a_heavy_reading_from_a_light_one() -> None:
    many = FORMS["nmea"].example * 100
    with scale() as weigh:
        light = weigh(FORMS["nmea"], FORMS["nmea"].example)
        heavy = weigh(FORMS["nmea"], many)
    assert 0 < light.held < heavy.held
    assert light.held <= light.peak


def test_what_is_worked_with_and_what_is_held_have_limits_of_their_own() -> None:
    data = bytes(1_000_000)
    most = 11 << 20
    assert not too_heavy("toy", data, Weight(9 << 20))
    assert "worked with" in too_heavy("toy", data, Weight(most + 1))
    assert "held" in too_heavy("toy", data, Weight(1 << 20, 1 << 20))
    held = HELD["nmea"] * len(data) + ONE_MESSAGE_BYTES
    assert not too_heavy("nmea", data, Weight(held, held))
    # The messages before a fault were there until it was found.
    assert not too_heavy("nmea", data, Weight(held))
    assert "worked with" in too_heavy("nmea", data, Weight(held + most, held))


def test_every_format_has_its_factor() -> None:
    assert HELD.keys() == FORMS.keys()
