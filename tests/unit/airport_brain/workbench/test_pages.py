"""One page per format: every field explained, every notice listed that its reader can give."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import re
from collections.abc import Iterator

import grimp
import pytest

from airport_brain import wiring
from airport_brain.workbench.notice_lists import listed, referred
from airport_brain.workbench.pages import WORKED_OUT, Page, page
from airport_brain.workbench.schema import json_schema
from service_bus import WireFormat

REGISTRY = wiring.formats()
FORMATS = [REGISTRY.named(name) for name in REGISTRY.names]

GIVERS = {"notice", "note", "odd", "add", "_odd"}
"""Names of what gives a notice in the readers; its code is the first text among the arguments."""
ELSEWHERE: dict[str, set[str]] = {
    "ssim": {"not-ascii"},  # decoding of telexes; schedule files have a reader of their own
    "mvt": {"line"},  # the field of a notice whose code is a variable
    "mht0071": {"not-ascii", "as:aidx"},
    "imf": {"not-ascii", "as:aidx"},
    "fhl": {"flight-month", "flight-day", "accounting-code", "issue-form"},
    "fsr": {
        "flight-month",
        "flight-day",
        "accounting-code",
        "issue-form",
        "charge-code",
        "insurance-missing",
    },
}
"""Codes in modules that a reader shares, given only for other formats; ``as:`` all that one lists."""
CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
FOLDERS = ("formats", "sources")


def page_of(form: WireFormat) -> Page:
    return page(form, REGISTRY.wording(form))


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        "airport_brain", "cargo_platform", "passenger_id", "spatiotemporal", cache_dir=None
    )


def readers_of(form: WireFormat, graph: grimp.ImportGraph) -> set[str]:
    """The format's module and what it imports of the package's formats, however deep."""
    found: set[str] = set()
    waiting = [form.module, *graph.find_descendants(form.module)]
    while waiting:
        module = waiting.pop()
        if module in found or not set(FOLDERS) & set(module.split(".")):
            continue
        found.add(module)
        waiting += graph.find_modules_directly_imported_by(module)
    return found


def codes_given(module: str, form: WireFormat) -> Iterator[str]:
    """Codes of notices in a module's source, without the format's name."""
    prefix = f"{form.reader or form.name}-"
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in GIVERS:
            yield from (code.removeprefix(prefix) for code in _first_texts(node.args))


def _first_texts(arguments: list[ast.expr]) -> list[str]:
    for argument in arguments:
        choices = (
            [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
        )
        texts = [
            one.value
            for one in choices
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if texts:
            return [text for text in texts if CODE.fullmatch(text)]
    return []


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_field_has_a_meaning_in_both_languages(form: WireFormat) -> None:
    silent = [
        f"{shape.name}.{field.name}"
        for shape in page_of(form).shapes
        for field in shape.fields
        if not (field.en and field.zh and field.type)
    ]
    assert silent == []


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_notice_that_can_be_given_is_listed(
    form: WireFormat, graph: grimp.ImportGraph
) -> None:
    prefix = f"{form.reader or form.name}-"
    told = {one.code.removeprefix(prefix) for one in page_of(form).notices}
    given = {code for module in readers_of(form, graph) for code in codes_given(module, form)}
    others = set(ELSEWHERE.get(form.name, ()))
    if "as:aidx" in others:
        others |= {
            one.code.removeprefix("aidx-") for one in page_of(REGISTRY.named("aidx")).notices
        }
    assert sorted(given - told - others) == []


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_notice_has_a_sentence_in_both_languages(form: WireFormat) -> None:
    silent = [one.code for one in page_of(form).notices if not (one.zh and one.en)]
    assert silent == []


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_page_says_what_a_reader_of_it_needs(form: WireFormat) -> None:
    told = page_of(form)
    assert told.zh
    assert told.en
    assert told.standard
    assert len("".join(section.text for section in told.sections)) > 200
    assert told.max_bytes >= 1 << 16
    assert json.dumps(told.facts())


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_types_have_a_json_schema(form: WireFormat) -> None:
    schema = json_schema(form)
    assert schema["type"] == "object"
    assert json.dumps(schema)
    first = next((shape for shape in page_of(form).shapes if shape.name != WORKED_OUT), None)
    names = {field.name for field in first.fields} if first else set()
    assert names <= set(schema.get("properties", {}))


def test_lists_of_notices_are_read_in_every_form_they_are_written_in() -> None:
    table = (
        "Notices (faults in strict mode):\n\n=====  ====\n``x-a``  One,\n       and more.\n"
        "``b``  Two.\n=====  ====\n\n=====  ====\nc      of another table\n=====  ====\n"
    )
    assert listed(table) == {"x-a": "One, and more.", "b": "Two."}
    sentences = "Notices (``x-`` in front): ``a``, ``b`` both; ``c`` it;\nand see ``mvt``."
    assert listed(sentences) == {"a": "both", "b": "both", "c": "it"}
    assert referred(sentences) == ["mvt"]
