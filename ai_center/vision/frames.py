"""Pictures with what is in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ai_center.vision.happenings import Kind

Picture = npt.NDArray[np.uint8]
"""Blue, green, red, shape (height, width, 3)."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledBox:
    """Something in a picture.

    Attributes:
        kind: what it is.
        box: round all of it that lies inside the picture, also where something stands before it.
        visible: share of it that is seen, 0..1; being cut by the border counts as hidden.
    """

    kind: Kind
    box: Box
    visible: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A picture of a film.

    Attributes:
        at_s: seconds after the film's start.
        picture: what the camera sees.
        boxes: what is in it, nearest last.
    """

    at_s: float
    picture: Picture
    boxes: tuple[LabelledBox, ...]
