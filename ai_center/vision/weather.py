"""What the light and the air are like before a stand camera, drawn from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final, Literal

Light = Literal["day", "dusk", "night"]
Air = Literal["clear", "rain", "fog"]

FOG_LENGTH_M: Final = (45.0, 160.0)
"""Metres over which fog keeps 1/e of the light; the tail of a parked aircraft is 65 m from the lens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """One film's conditions.

    Attributes:
        light: of the sky, or of floodlights.
        air: clear, rain or fog.
        glare: the sun, or a lamp, shines into the lens.
        occluded: a mast and standing lorries before the lens.
        fog_m: metres over which the air keeps 1/e of the light.
        sun: direction of the light, unit vector pointing to its source.
        noise: standard deviation of a pixel, grey levels.
        exposure: factor on brightness.
        warmth: share by which red exceeds blue.
    """

    light: Light
    air: Air
    glare: bool
    occluded: bool
    fog_m: float
    sun: tuple[float, float, float]
    noise: float
    exposure: float
    warmth: float


def drawn(draw: random.Random) -> Weather:
    """Conditions by chance: half by day, a third at night; rain or fog in four films of ten."""
    light: Light = draw.choices(("day", "dusk", "night"), (0.5, 0.2, 0.3))[0]
    air: Air = draw.choices(("clear", "rain", "fog"), (0.6, 0.22, 0.18))[0]
    high = draw.uniform(0.35, 0.95) if light == "day" else draw.uniform(0.1, 0.3)
    around = draw.uniform(-1.0, 1.0)
    level = (1 - high * high) ** 0.5
    side = level * around
    noise = {"day": (1.0, 4.0), "dusk": (3.0, 7.0), "night": (4.0, 10.0)}[light]
    return Weather(
        light=light,
        air=air,
        glare=draw.random() < 0.2,
        occluded=draw.random() < 0.25,
        fog_m=draw.uniform(*FOG_LENGTH_M) if air == "fog" else draw.uniform(600.0, 2000.0),
        sun=(draw.choice((-1.0, 1.0)) * (level * level - side * side) ** 0.5, side, high),
        noise=draw.uniform(*noise),
        exposure=draw.uniform(0.85, 1.15),
        warmth=draw.uniform(-0.06, 0.08) + (0.12 if light == "dusk" else 0.0),
    )
