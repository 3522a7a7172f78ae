"""Sub-packages: a body of more than 1,023 bytes in several frames, and what to do about lost ones.

Frames of one set have consecutive serial numbers, so (phone, message id, serial - index + 1) names
the set. A set that waits too long is asked for again; one that stays incomplete is given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spatiotemporal.sources.jt808.faults import fault
from spatiotemporal.sources.jt808.frame import (
    LONGEST_BODY,
    Frame,
    Header,
    read_frame,
    write_frame,
)

Key = tuple[str, int, int]


@dataclass(slots=True)
class PartSet:
    """Frames of a set that have come so far.

    Attributes:
        first_serial: serial number of package 1.
        parts: bytes of the frames, by index; they are lighter than what they say.
        asked: how often the missing ones were asked for.
    """

    header: Header
    total: int
    first_serial: int
    since_s: float
    heard_s: float
    parts: dict[int, bytes] = field(default_factory=dict)
    asked: int = 0

    @property
    def missing(self) -> tuple[int, ...]:
        """Indices that have not come, from 1."""
        return tuple(index for index in range(1, self.total + 1) if index not in self.parts)

    def join(self) -> Frame:
        """The frames that are there, as one; the header is of package 1 without its package."""
        ordered = [self.parts[index] for index in sorted(self.parts)]
        header = read_frame(ordered[0]).header
        return Frame(
            header=replace(header, serial=self.first_serial, package=None),
            body=b"".join(read_frame(part).body for part in ordered),
            original=b"".join(ordered),
        )


class Assembler:
    """Joins sub-packages; bounded, so that lost parts cannot fill the memory."""

    def __init__(
        self,
        *,
        ask_after_s: float = 5.0,
        most_asked: int = 2,
        longest_wait_s: float = 60.0,
        most: int = 16,
        most_packages: int = 1_024,
    ) -> None:
        """Keep the bounds.

        Args:
            ask_after_s: silence of a set before its missing packages are asked for.
            most_asked: how often they are asked for.
            longest_wait_s: age at which an incomplete set is given up.
            most: incomplete sets kept.
            most_packages: packages of a set: 1,024 carry a megabyte.
        """
        self._ask_after_s = ask_after_s
        self._most_asked = most_asked
        self._longest_wait_s = longest_wait_s
        self._most = most
        self._most_packages = most_packages
        self._sets: dict[Key, PartSet] = {}
        self._given_up: list[PartSet] = []

    @property
    def given_up(self) -> int:
        """Incomplete sets that later ones pushed out and nobody has asked for yet."""
        return len(self._given_up)

    def add(self, frame: Frame, now_s: float) -> Frame | None:
        """Take a frame; give it back if it stands alone, or the whole when its set is complete.

        Raises:
            Malformed: the package numbers are impossible.
        """
        package = frame.header.package
        if package is None:
            return frame
        total, index = package
        if not 1 <= index <= total or total > self._most_packages:
            wide = frame.header.version is not None
            raise fault(
                "sub-package index outside its total",
                field="package index",
                position=f"byte {20 if wide else 15}",
                found=f"{index} of {total}",
                expected=f"1 to {min(total, self._most_packages)}",
                code="wrong-package",
            )
        first = (frame.header.serial - index + 1) & 0xFFFF
        key = (frame.header.phone, frame.header.message_id, first)
        known = self._sets.get(key)
        if known is None or known.total != total:
            if known is not None:
                self._given_up.append(known)
            known = PartSet(
                header=frame.header, total=total, first_serial=first, since_s=now_s, heard_s=now_s
            )
            self._sets[key] = known
        known.parts[index] = frame.original
        known.heard_s = now_s
        if len(known.parts) == total:
            del self._sets[key]
            return known.join()
        if len(self._sets) > self._most:
            oldest = min(self._sets, key=lambda one: self._sets[one].heard_s)
            self._given_up.append(self._sets.pop(oldest))
        return None

    def due(self, now_s: float) -> list[PartSet]:
        """Sets whose missing packages should be asked for now; each counts as asked."""
        found = [
            one
            for one in self._sets.values()
            if one.asked < self._most_asked
            and (
                now_s - one.heard_s >= self._ask_after_s
                or (one.total in one.parts and not one.asked)
            )
        ]
        for one in found:
            one.asked += 1
            one.heard_s = now_s
        return found

    def lost(self, now_s: float) -> list[PartSet]:
        """Incomplete sets that are given up; they are forgotten."""
        late = [
            key for key, one in self._sets.items() if now_s - one.since_s > self._longest_wait_s
        ]
        gone = self._given_up + [self._sets.pop(key) for key in late]
        self._given_up = []
        return gone

    def rest(self) -> list[PartSet]:
        """All incomplete sets, at the end of the data."""
        gone = self._given_up + list(self._sets.values())
        self._sets.clear()
        self._given_up = []
        return gone


def write_frames(header: Header, body: bytes) -> list[bytes]:
    """Frames of a body: one, or as many sub-packages as it takes.

    The serial number of the header is that of the first frame.
    """
    if len(body) <= LONGEST_BODY:
        return [write_frame(header, body)]
    parts: Sequence[bytes] = [
        body[start : start + LONGEST_BODY] for start in range(0, len(body), LONGEST_BODY)
    ]
    return [
        write_frame(
            replace(
                header,
                serial=(header.serial + number) & 0xFFFF,
                package=(len(parts), number + 1),
            ),
            part,
        )
        for number, part in enumerate(parts)
    ]
