"""A short run of the fuzzer over every wire format, the hostile inputs, and every finding of before.

The long run is ``python -m tests.fuzz all``; it is guided by the branches that inputs reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service_bus import WireFormat
from tests.fuzz.campaign import Campaign
from tests.fuzz.cases import cases
from tests.fuzz.checks import Examiner, Finding
from tests.fuzz.forms import FORMS
from tests.fuzz.hostile import DOCTYPES, entities, floods
from tests.fuzz.memory import Weigh, scale, too_heavy
from tests.fuzz.seeds import PERSONAL, seeds

INPUTS = 1_500
SEED = 2026
WEIGHED_EVERY = 3

CASES = list(cases())
XML = [name for name, form in FORMS.items() if form.look == "xml"]


def told(findings: list[Finding]) -> str:
    return "\n".join(
        f"{one.key} ({one.mode}): {one.told}\n  {one.data[:300]!r}" for one in findings
    )


@pytest.fixture(scope="module")
def weigh() -> Iterator[Weigh]:
    """A scale that weighs without regard to the threads of other tests."""
    with scale() as weigh:
        yield weigh


@pytest.mark.parametrize("name", FORMS)
def test_damaged_inputs_are_read_or_refused_with_field_and_place(name: str, weigh: Weigh) -> None:
    campaign = Campaign(FORMS[name], SEED, seeds(FORMS[name], real=False), weigh=weigh)
    report = campaign.run(INPUTS)
    assert report.inputs == INPUTS
    assert not report.findings, told(report.findings)


@pytest.mark.parametrize("name", FORMS)
def test_floods_cost_no_more_than_their_size_allows(name: str, weigh: Weigh) -> None:
    form = FORMS[name]
    examiner = Examiner(form)
    form.decode(form.example)
    for number, (flood, data) in enumerate(floods(form)):
        outcome = examiner.read(data, "tolerant")
        assert outcome.finding is None, f"{flood}: {told([outcome.finding])}"
        if number % WEIGHED_EVERY:
            continue
        told_of = too_heavy(name, data, weigh(form, data))
        assert not told_of, f"{flood}: {told_of}"


@pytest.mark.parametrize("name", XML)
def test_no_document_type_or_entity_is_read(name: str, weigh: Weigh) -> None:
    form = FORMS[name]
    examiner = Examiner(form)
    for bomb, data in entities(form.example):
        outcome = examiner.read(data, "tolerant")
        assert outcome.refusal is not None, bomb
        assert outcome.finding is None, f"{bomb}: {told([outcome.finding])}"
        assert not too_heavy(name, data, weigh(form, data)), bomb
        assert "lollol" not in str(outcome.refusal)
    assert len(DOCTYPES) > 4


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=st.binary(max_size=400)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_anything_at_all_is_read_or_refused(name: str, data: bytes) -> None:
    findings = list(Examiner(FORMS[name]).findings(data))
    assert not findings, told(findings)


@pytest.mark.parametrize(
    ("name", "file"), CASES, ids=[f"{name}-{file.stem}" for name, file in CASES]
)
def test_what_was_found_once_stays_repaired(name: str, file: Path) -> None:
    form: WireFormat = FORMS[name]
    findings = list(Examiner(form, PERSONAL.get(name, ())).findings(file.read_bytes()))
    assert not findings, told(findings)
