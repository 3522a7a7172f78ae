"""The messages of a log while they are read, and what had to be left out between them.

A recording has broken frames: a cable, a radio, a disk that was full. One of them does not take the rest with
it: it is left out, and the message behind it says so. Only the first ones are told one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, TypeVar

from service_bus import Malformed, Notice
from spatiotemporal.sources.later import VALUES_KEPT, let_go

MOST_LEFT_OUT: Final = 100
"""Frames in a row that cannot be read; after that it is no log of this kind."""
MOST_TOLD: Final = 20
"""Of them, in all, told one by one."""

MessageT = TypeVar("MessageT", bound=Any)


@dataclass(slots=True)
class Log(Generic[MessageT]):
    """Messages of one format, each with ``original`` and ``notices``.

    Attributes:
        code: of the notice that tells what was left out.
        may: whether a frame that cannot be read may be left out.
        told_again: fields that a message of a long log reads anew from its bytes.
        size: bytes of the frames in messages.
        row: frames left out since the last message.
        last_place: of a frame that was left out.
        told: notices for the message that comes next.
    """

    code: str
    may: bool
    told_again: tuple[str, ...]
    messages: list[MessageT] = field(default_factory=list)
    first: Malformed | None = None
    size: int = 0
    row: int = 0
    left_out: int = 0
    last_place: str = ""
    told: list[Notice] = field(default_factory=list)

    def take(self, message: MessageT) -> None:
        """Keep a message."""
        again = self.told_again
        if self.told:
            message = replace(message, notices=(*self.told, *message.notices))
            again = tuple(name for name in again if name != "notices")
            self.told = []
        self.row = 0
        self.size += len(message.original)
        if self.size > VALUES_KEPT:
            let_go(message, *again)
        self.messages.append(message)

    def leave_out(self, wrong: Malformed) -> None:
        """Leave a frame out.

        Raises:
            Malformed: it may not be, or there are too many of them in a row.
        """
        if not self.may:
            raise wrong
        self.first = self.first or wrong
        self.row += 1
        self.left_out += 1
        self.last_place = wrong.position
        if self.row > MOST_LEFT_OUT:
            raise self.first
        if self.left_out <= MOST_TOLD:
            text = f"a frame cannot be read: {wrong.reason}; left out"
            self._tell(wrong.field, wrong.position, text)

    def close(self) -> list[MessageT]:
        """What was read.

        Raises:
            Malformed: nothing.
        """
        if self.first is not None and not self.messages:
            raise self.first
        if self.left_out > MOST_TOLD:
            text = f"{self.left_out} frames in all cannot be read; left out"
            self._tell("frame", self.last_place, text)
        if self.told:
            last = self.messages[-1]
            self.messages[-1] = replace(last, notices=(*last.notices, *self.told))
        return self.messages

    def _tell(self, name: str, place: str, text: str) -> None:
        self.told.append(Notice(code=self.code, field=name, position=place, text=text))
