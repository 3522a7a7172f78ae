"""The parts between the dots of a flight line: MVT and LDM divide theirs so."""

from __future__ import annotations

from airport_brain.operations.formats.text_reading import Line, TextReading


def trimmed(word: Line, reading: TextReading) -> Line:
    """One of the parts between dots; some systems fill a registration up with blanks."""
    words = word.words()
    if len(words) > 1 or word.text == (words[0].text if words else ""):
        return word
    reading.notice(word, "blank", "flight line", "blanks beside a dot; left out")
    return words[0] if words else word.cut(0, 0)
