"""Named materials: what a surface is, with its colour by day.

The name travels with the triangles, so that a screen can choose other colours at night (windows
shine, paint is dim) without another file. Colours are sRGB, 0 to 255.
"""

from __future__ import annotations

from types import MappingProxyType

Rgb = tuple[int, int, int]

MATERIALS = MappingProxyType(
    {
        # Ground
        "land": (222, 226, 218),
        "grass": (183, 205, 160),
        "apron": (205, 208, 210),
        "taxiway": (168, 174, 180),
        "shoulder": (150, 154, 150),
        "runway": (96, 102, 108),
        "road": (186, 190, 193),
        "paint_white": (250, 250, 250),
        "paint_yellow": (240, 190, 30),
        "paint_red": (205, 40, 45),
        # Buildings
        "wall": (226, 228, 228),
        "wall_dark": (150, 156, 162),
        "plinth": (176, 178, 178),
        "glass": (118, 160, 190),
        "roof": (206, 216, 228),
        "roof_light": (222, 227, 231),
        "roof_dark": (140, 148, 156),
        "skylight": (150, 185, 208),
        "metal": (188, 194, 199),
        "hangar": (202, 208, 212),
        "hangar_door": (110, 130, 152),
        "cargo": (214, 206, 190),
        "dock": (92, 98, 104),
        "brick": (196, 178, 160),
        "tank": (240, 240, 236),
        "bridge": (214, 219, 224),
        "bridge_glass": (130, 165, 190),
        "mast": (132, 138, 144),
        "lamp": (255, 246, 214),
        "sign_yellow": (247, 200, 40),
        "sign_black": (24, 26, 30),
        "sign_red": (200, 30, 38),
        # Aircraft
        "fuselage": (254, 254, 255),
        "belly": (190, 196, 202),
        "wing": (228, 231, 235),
        "wing_above": (132, 144, 158),
        "engine": (196, 202, 208),
        "engine_dark": (52, 56, 62),
        "window": (44, 58, 74),
        "tail": (255, 255, 255),
        # Vehicles
        "rubber": (34, 36, 40),
        "body_white": (240, 242, 244),
        "body_yellow": (240, 200, 40),
        "body_blue": (40, 110, 180),
        "body_sky": (86, 180, 233),
        "body_green": (20, 158, 115),
        "body_orange": (230, 159, 0),
        "body_red": (204, 60, 30),
        "body_purple": (204, 121, 167),
        "body_grey": (154, 165, 177),
    }
)
"""Colour by day of each material."""
