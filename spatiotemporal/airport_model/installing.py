"""Puts imported layers in the data folder, after they have shown that an airport can be made of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from spatiotemporal.airport_model import assembled, description, own_layers
from spatiotemporal.airport_model.errors import UnreadableLayers
from spatiotemporal.airport_model.generator import FeatureCollection

LONG = frozenset({"notices", "unknown_rows", "flows", "frequencies", "metadata"})
"""What a report of an import tells and an airport's identity does not need."""


def install(
    folder: Path,
    icao: str,
    collections: Mapping[str, FeatureCollection],
    manifest: Mapping[str, object],
    *,
    alone: bool = False,
) -> list[Path]:
    """Serve layers in place of ours, or as an airport of their own.

    Args:
        folder: of all operators' own layers.
        manifest: who the airport is; joins what an earlier import told.
        alone: take away what an earlier import put, and leave a description aside.

    Raises:
        UnreadableLayers: no airport can be made of the layers; nothing is written then.
        OSError: the folder cannot be written.
    """
    code = icao.upper()
    before = {} if alone else own_layers.manifest(folder, code)
    kept = {} if alone else own_layers.read(folder, code)
    told = {key: value for key, value in manifest.items() if value != "" and key not in LONG}
    whole = {**_described(code), **before, **told, "icao": code}
    home = own_layers.folder_of(folder, code)
    sound = {
        name: own_layers.checked(home / f"{name}.geojson", one) for name, one in collections.items()
    }
    if alone:
        whole["alone"] = True
    if whole.get("alone") is True or code not in description.known_airports():
        layers = {**kept, **sound}
        _check(assembled.Identity.read(code, whole), layers)
    return own_layers.write(folder, code, sound, manifest=whole, whole=alone)


def _described(code: str) -> dict[str, object]:
    """What a description of ours says of an airport's identity; others' files rarely say as much."""
    if code not in description.known_airports():
        return {}
    airport = description.load_airport(code)
    return {
        "iata": airport.iata,
        "name_zh": airport.label.zh,
        "name_en": airport.label.en,
        "time_zone": airport.time_zone,
        "elevation_m": airport.elevation_m,
        "geoid_m": airport.geoid_m,
    }


def _check(identity: assembled.Identity, layers: Mapping[str, FeatureCollection]) -> None:
    airport = assembled.assemble(identity, assembled.told_apart(layers))
    if not (airport.runways or airport.stands or airport.taxiways or "helipad" in layers):
        reason = "there is no runway, stand, taxi line or helipad in it, so it is no airport"
        raise UnreadableLayers(identity.icao, reason)


def forget(folder: Path, icao: str) -> int:
    """Take imported layers away, so that a description is served again; how many files there were.

    Raises:
        OSError: the folder cannot be written.
    """
    return own_layers.forget(folder, icao)
