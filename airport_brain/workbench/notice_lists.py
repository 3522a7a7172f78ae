"""Notice codes with their sentences, as the docstrings of formats list them.

Three ways of listing are read: a table with a code in its first column, ``code`` and its sentence one
after the other behind the word "Notices", and "see ``mvt``" for what another page lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_ROW: Final = re.compile(r"^(?:``)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:``)?\s{2,}(\S.*)$")
_RULE: Final = re.compile(r"^=+(?:\s+=+)+\s*$")
_CODE: Final = re.compile(r"``([a-z][a-z0-9]*(?:-[a-z0-9]+)*)``")
_SEE: Final = re.compile(r"see ``([a-z_0-9]+)``")
_ELSEWHERE: Final = re.compile(r"(?:see|those of|and) ``([a-z_0-9]+)``")
_HEADS: Final = re.compile(r"^(?:Notices?\b|notice\s{2,})")


def listed(page: str) -> dict[str, str]:
    """Codes as they are listed, with or without the format's name, and their sentences.

    >>> listed("Notices (``x-`` in front): ``odd`` it is odd; ``a``, ``b`` both; see ``mvt``.")
    {'odd': 'it is odd', 'a': 'both', 'b': 'both'}
    """
    return {**_in_tables(page), **_in_sentences(page)}


def referred(page: str) -> list[str]:
    """Modules that a page sends its reader to for more notices."""
    return [name for text in _paragraphs(page) for name in _SEE.findall(text)]


def _paragraphs(page: str) -> Iterable[str]:
    for text in page.split("\n\n"):
        if "Notices" in text and "===" not in text:
            yield " ".join(text.split())


def _in_sentences(page: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in _paragraphs(page):
        waiting: list[str] = []
        elsewhere = set(_ELSEWHERE.findall(text))
        told = text[text.index("Notices") :].partition(":")[2]
        for part in re.split(r"(?=``[a-z])", told):
            match = _CODE.match(part)
            if match is None or match[1] in elsewhere:
                continue
            sentence = part[match.end() :].split(";")[0].strip(" ,.")
            waiting.append(match[1])
            if sentence:
                found |= dict.fromkeys(waiting, sentence)
                waiting = []
        found |= dict.fromkeys(waiting, "")
    return found


def _in_tables(page: str) -> dict[str, str]:
    found: dict[str, str] = {}
    told, inside, last = False, False, ""
    for line in page.splitlines():
        if _RULE.match(line):
            inside, last = told, ""
        elif _HEADS.match(line):
            told = True
        elif not line.strip():
            told, inside = told and not inside, False
        elif inside and (row := _ROW.match(line)):
            last = row[1]
            found[last] = row[2].strip()
        elif inside and last and line.startswith("    "):
            found[last] += " " + line.strip()
    return found
