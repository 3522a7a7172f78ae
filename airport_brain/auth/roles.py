"""Which right belongs to which kind of person or machine.

Packages name the scopes their routes need; this table, and nothing else, says who holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

SIGNED_IN = "signed-in"
"""Held by everybody who proved who they are."""

READ_ONLY = frozenset(
    {
        "operations.flights.read",
        "spatiotemporal.live.read",
        "spatiotemporal.layers.read",
        "cargo.shipments.read",
        "ai.read",
        "bus.read",
        "metrics.read",
        "formats.read",
    }
)

ROLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # Everything, including accounts and keys.
        "admin": READ_ONLY
        | {
            "operations.intake",
            "spatiotemporal.layers.edit",
            "cargo.intake",
            "passenger.gate.use",
            "passenger.enrol",
            "passenger.journeys.read",
            "passenger.journeys.write",
            "bus.redrive",
            "ai.plan",
            "accounts.manage",
        },
        # Duty manager at the operations centre.
        "aoc": frozenset(
            {
                "operations.flights.read",
                "spatiotemporal.live.read",
                "spatiotemporal.layers.read",
                "spatiotemporal.layers.edit",
                "cargo.shipments.read",
                "ai.read",
                "ai.plan",
                "bus.read",
                "formats.read",
            }
        ),
        # A face gate: it lets faces be compared, and no more. Whoever stands before it holds this.
        "gate": frozenset({"passenger.gate.use"}),
        # Staff at a gate or counter: they also enrol faces, and withdraw consents.
        "gate-staff": frozenset({"passenger.gate.use", "passenger.enrol"}),
        # Cargo agent with an account (strangers use the public port).
        "cargo-agent": frozenset({"cargo.shipments.read"}),
        # A connected system that sends messages.
        "connector": frozenset(
            {
                "operations.intake",
                "cargo.intake",
                "passenger.journeys.write",
                "passenger.journeys.read",
                "formats.read",
            }
        ),
        # Engineer who watches and repairs the flow of messages.
        "engineer": READ_ONLY | {"bus.redrive"},
    }
)


def scopes_of(roles: Iterable[str]) -> frozenset[str]:
    """All scopes of these roles; an unknown role gives nothing.

    >>> "passenger.gate.use" in scopes_of(["gate"])
    True
    >>> sorted(scopes_of(["no-such-role"]))
    ['signed-in']
    """
    held = {SIGNED_IN}
    for role in roles:
        held |= ROLES.get(role, frozenset())
    return frozenset(held)
