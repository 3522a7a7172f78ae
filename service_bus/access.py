"""Who calls, as far as packages need to know; how callers sign in is the gateway's business."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """An authenticated (or public) caller.

    Attributes:
        name: account or key name; ``"public"`` for a stranger.
        scopes: rights held, e.g. ``operations.flights.read``.
        kind: ``user``, ``key`` or ``public``.
    """

    name: str
    scopes: frozenset[str]
    kind: str


PUBLIC = Principal(name="public", scopes=frozenset({"public"}), kind="public")
