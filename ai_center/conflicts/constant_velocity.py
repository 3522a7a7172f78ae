"""The forecast to beat: everybody goes straight on as now.

Its futures differ by what is not known of speed and course, and by an acceleration that grows on.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.special import ndtri

from ai_center.conflicts.clouds import EVERY_S, ROWS, Cloud, drawn
from ai_center.conflicts.memory import Motion
from ai_center.conflicts.movers import Picture, unit

PLACE_ERROR_M: Final = 1.3
SPEED_ERROR_MPS: Final = 0.25
COURSE_ERROR_DEG: Final = 2.0
GAIN_ERROR_MPS2: Final = 0.05
STANDS_MPS: Final = 0.4


class ConstantVelocity:
    """Forecasts from place and velocity alone."""

    def cloud(self, picture: Picture, motion: Motion) -> Cloud:
        """Possible futures of everybody in a picture."""
        noise = ndtri(drawn(picture.movers))
        moves = (motion.speed_mps > STANDS_MPS)[:, None]
        seconds = EVERY_S * np.arange(ROWS)
        speed = motion.speed_mps[:, None] + SPEED_ERROR_MPS * noise[..., 0]
        gain = GAIN_ERROR_MPS2 * noise[..., 1]
        gone = speed[..., None] * seconds + 0.5 * gain[..., None] * np.square(seconds)
        gone = np.maximum(gone, 0.0) * moves[..., None]
        turn = COURSE_ERROR_DEG * noise[..., 2] * moves
        course = unit(picture.course_deg[:, None] + turn)
        heading = unit(picture.heading_deg[:, None] + turn)
        behind = np.array([mover.middle_m for mover in picture.movers])
        start = picture.points[:, None] + PLACE_ERROR_M * noise[..., 3:5] * moves[..., None]
        start = start - behind[:, None, None] * heading
        middle = start[:, :, None] + gone[..., None] * course[:, :, None]
        return Cloud(
            middle=middle.astype(np.float32),
            ahead=np.broadcast_to(heading[:, :, None], middle.shape).astype(np.float32),
            gone_m=gone.astype(np.float32),
        )
