"""Puts apron conflicts together in the process that runs them; imported there only."""

from __future__ import annotations

from ai_center.adapters.ground_files import GroundFiles
from ai_center.algorithms.apron import ApronConflicts
from ai_center.hosting import HostContext


def apron_conflicts(context: HostContext) -> ApronConflicts:
    """Factory for the host."""
    return ApronConflicts(GroundFiles(context.models))
