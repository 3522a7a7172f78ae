"""Puts apron conflicts together in the process that runs them; imported there only."""

from __future__ import annotations

import logging

from ai_center.adapters.ground_files import GroundFiles
from ai_center.algorithms.apron import ApronConflicts
from ai_center.errors import AiError
from ai_center.hosting import HostContext

log = logging.getLogger(__name__)


def apron_conflicts(context: HostContext) -> ApronConflicts:
    """Factory for the host: opens every ground that is there, so that the first call need not."""
    files = GroundFiles(context.models)
    algorithm = ApronConflicts(files)
    for name in files.names():
        try:
            algorithm.open(name)
        except AiError as fault:
            log.error("event=ground.refused name=%s reason=%s", name, fault)
    return algorithm
