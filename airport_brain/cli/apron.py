"""Leaves the graphs of an airport model where an algorithm that is measured looks for them."""

from __future__ import annotations

from pathlib import Path

import ai_center.app
from airport_brain.grounds import grounds

ALGORITHM = "apron_conflicts"


def leave_grounds(name: str, data_dir: Path) -> None:
    """Leave the grounds that an algorithm needs in the model store; most need none."""
    if name.partition("@")[0] == ALGORITHM:
        for ground in grounds():
            ai_center.app.keep_ground(ground, data_dir=data_dir)
