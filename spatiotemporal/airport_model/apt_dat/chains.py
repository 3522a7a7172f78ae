"""Rows 110, 120 and 130 with the node rows under them."""

from __future__ import annotations

from spatiotemporal.airport_model.apt_dat.columns import (
    CLOSING_ROWS,
    CURVED_ROWS,
    ENDING_ROWS,
)
from spatiotemporal.airport_model.apt_dat.message import Chain, Drawn, Node
from spatiotemporal.airport_model.apt_dat.rows import Oddities, Row

LEAST = {110: 3, 120: 2, 130: 3}
"""Nodes below which a chain draws nothing; two curved nodes already enclose an area."""

FIRST_LIGHT = 100
"""Paint numbers end below this, light numbers begin above it."""


class Chains:
    """Takes node rows until another row says that the drawn thing is complete."""

    def __init__(self, odd: Oddities) -> None:
        self._odd = odd
        self._head: Row | None = None
        self._nodes: list[Node] = []
        self._chains: list[Chain] = []
        self._began = 0
        self.drawn: list[Drawn] = []

    def begin(self, head: Row) -> None:
        """A row 110, 120 or 130."""
        self.finish()
        self._head = head

    def node(self, row: Row) -> None:
        """A row 111-116."""
        if self._head is None:
            message = "a node outside pavement, line or boundary; left out"
            self._odd.add("apt-stray-node", f"row {row.code}", row.line, message)
            return
        if not self._nodes:
            self._began = row.line
        self._nodes.append(_node(row))
        if row.code in CLOSING_ROWS:
            self._end(closed=True)
        elif row.code in ENDING_ROWS:
            if self._head.code != 120:
                message = "an area ends like a line; taken as closed"
                self._odd.add("apt-open-ring", f"row {row.code}", row.line, message)
            self._end(closed=self._head.code != 120)

    def lose(self, row: Row) -> None:
        """A node that could not be read; it ends what a readable one would have ended."""
        if self._head is not None and self._nodes and row.code in CLOSING_ROWS | ENDING_ROWS:
            self._end(closed=row.code in CLOSING_ROWS or self._head.code != 120)

    def finish(self) -> None:
        """Another row follows, or the airport ends."""
        head = self._head
        if head is None:
            return
        if self._nodes:
            message = "the nodes end without a row 113 to 116"
            self._odd.add("apt-unended-chain", f"row {head.code}", head.line, message)
            self._end(closed=head.code != 120)
        if not self._chains:
            message = f"row {head.code} without nodes that draw anything"
            self._odd.add("apt-empty-shape", f"row {head.code}", head.line, message)
        self.drawn.append(
            Drawn(
                code=head.code,
                name=head.word("name"),
                surface=head.whole("surface"),
                chains=tuple(self._chains),
                line=head.line,
            )
        )
        self._head, self._chains = None, []

    def _end(self, *, closed: bool) -> None:
        assert self._head is not None
        least = LEAST[self._head.code] - any(node.control for node in self._nodes)
        if len(self._nodes) >= max(least, 2):
            self._chains.append(Chain(nodes=tuple(self._nodes), closed=closed, line=self._began))
        else:
            message = f"{len(self._nodes)} nodes draw nothing; {least} are needed"
            self._odd.add("apt-short-chain", f"row {self._head.code}", self._began, message)
        self._nodes = []


def _node(row: Row) -> Node:
    control = row.place("control_") if row.code in CURVED_ROWS else None
    numbers = [row.whole("paint"), row.whole("light")]
    return Node(
        place=row.place(),
        control=control,
        paint=next((n for n in numbers if 0 < n < FIRST_LIGHT), 0),
        light=next((n for n in numbers if n > FIRST_LIGHT), 0),
    )
