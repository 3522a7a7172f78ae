"""Text into its envelope: the writing side of ``envelope.py``."""

from __future__ import annotations

from collections.abc import Sequence

from airport_brain.operations.formats.type_b.envelope import Envelope


def seal(envelope: Envelope, text: Sequence[str]) -> bytes:
    """Put lines of text into an envelope.

    Raises:
        ValueError: characters outside Latin-1.
    """
    end = envelope.line_end
    text = [*envelope.preamble, *text]
    if envelope.form == "keywords":
        lines = [*_keyword_lines(envelope), *text]
    elif envelope.form == "none":
        lines = list(text)
    else:
        lines = [*_heading(envelope), *text]
    framed = envelope.form == "framed"
    if framed:
        heading = len(lines) - len(text)
        lines[0] = "\x01" + lines[0]
        lines[heading] = "\x02" + lines[heading]
    if envelope.start is not None:
        lines.insert(0, f"ZCZC {envelope.start}".rstrip())
    if envelope.ends:
        lines.append("NNNN")
    whole = end.join(lines) + (end if envelope.ends_with_line_end else "")
    return (whole + ("\x03" if framed else "")).encode("latin-1")


def _heading(envelope: Envelope) -> list[str]:
    lines = []
    left = list(envelope.addresses)
    for count in envelope.address_lines or _eights(len(left)):
        lines.append(" ".join(left[:count]))
        del left[:count]
    if envelope.priority and lines:
        lines[0] = f"{envelope.priority} {lines[0]}".rstrip()
    signature = f"{envelope.double_signature}/" if envelope.double_signature else ""
    identity = f"{signature}{envelope.filed}"
    if envelope.more.startswith("/"):
        parts = [f".{envelope.originator}", identity + envelope.more]
    else:
        parts = [f".{envelope.originator}", identity, envelope.more]
    return [*lines, " ".join(part for part in parts if part)]


def _eights(count: int) -> list[int]:
    """Eight addresses to a line."""
    return [min(8, count - start) for start in range(0, max(count, 1), 8)]


def _keyword_lines(envelope: Envelope) -> list[str]:
    blocks = (
        ("HEADER", [envelope.received]),
        ("PRIORITY", [envelope.priority]),
        ("DESTINATION TYPE B", [f"STX,{address}" for address in envelope.addresses]),
        ("ORIGIN", [envelope.originator]),
        ("DBLSIG", [envelope.double_signature]),
        ("MSGID", [envelope.filed]),
        ("SMI", [envelope.identifier]),
    )
    lines = []
    for name, content in blocks:
        if any(content):
            lines += [f"={name}", *content]
    return [*lines, "=TEXT"]
