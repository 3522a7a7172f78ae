"""Every notice a reader gives is named in the docstring of its format."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

import airport_brain.operations.formats as formats

FOLDER = Path(formats.__file__).parent

SOURCES = {
    "aidx": ("aidx.py", "aidx_shapes.py", "xml_shapes.py"),
    "ssim": ("ssim/file.py", "ssim/reading.py", "ssim/checks.py"),
    "type_b.mvt": ("type_b/mvt.py", "type_b/envelope.py", "text_reading.py"),
    "type_b.ldm": ("type_b/ldm.py",),
    "type_b.ssm": ("type_b/ssm.py", "type_b/schedule_lines.py"),
    "type_b.ptm": ("type_b/ptm.py", "type_b/parts.py"),
    "type_b.psm": ("type_b/psm.py", "type_b/parts.py"),
    "aftn.ats": ("aftn/ats.py", "aftn/fields.py", "aftn/envelope.py", "text_reading.py"),
    "aftn.adexp": ("aftn/adexp.py", "aftn/envelope.py", "text_reading.py"),
    "mht0071": ("mht0071.py", "xml_tree.py"),
    "imf": ("imf.py", "xml_tree.py"),
}
"""Format modules, and the files whose notices they give."""


def codes_in(source: Path) -> set[str]:
    """Codes that calls of ``notice`` and ``note`` give."""
    calls = (n for n in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(n, ast.Call))
    return {
        code
        for call in calls
        if (at := _code_argument(call.func)) is not None and len(call.args) > at
        for code in _texts(call.args[at])
    }


def _code_argument(function: ast.expr) -> int | None:
    """Which argument of a call is the code of a notice."""
    if isinstance(function, ast.Name):
        return 0 if function.id == "note" else None
    if not isinstance(function, ast.Attribute) or function.attr not in ("notice", "note"):
        return None
    if function.attr == "note":
        return 2
    return 0 if isinstance(function.value, ast.Name) and function.value.id == "item" else 1


def _texts(argument: ast.expr) -> list[str]:
    if isinstance(argument, ast.IfExp):
        return _texts(argument.body) + _texts(argument.orelse)
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [argument.value]
    return []


@pytest.mark.parametrize("module", SOURCES)
def test_every_notice_is_in_the_docstring_of_its_format(module: str) -> None:
    text = importlib.import_module(f"{formats.__name__}.{module}").__doc__ or ""
    codes = {code for name in SOURCES[module] for code in codes_in(FOLDER / name)}
    assert codes
    assert sorted(code for code in codes if f"``{code}``" not in text) == []
