"""An apt.dat airport as the project's layers, and what has no place on a map as a manifest."""

from __future__ import annotations

from datetime import date

from spatiotemporal.airport_model.apt_dat import areas, lines
from spatiotemporal.airport_model.apt_dat.drafting import Draft, Feature
from spatiotemporal.airport_model.apt_dat.message import AptAirport

FOOT_M = 0.3048


def layers(
    airport: AptAirport, *, valid_from: date, icao: str = ""
) -> dict[str, dict[str, object]]:
    """GeoJSON feature collections by layer name, lowest first; empty layers are left out.

    Raises:
        ValueError: nothing in the airport has a position.
    """
    draft = Draft(airport, (icao or airport.icao).upper(), valid_from)
    pavements = list(areas.pavements(draft))
    painted = lines.painted(draft)
    made: dict[str, list[Feature]] = {
        "boundary": list(areas.boundaries(draft)),
        "runway_shoulder": list(areas.shoulders(draft)),
        "taxiway": [f for f in pavements if _layer(f) == "taxiway"],
        "apron": [f for f in pavements if _layer(f) == "apron"],
        "road_area": [f for f in pavements if _layer(f) == "road_area"],
        "building": [f for f in pavements if _layer(f) == "building"],
        "runway": list(areas.runways(draft)),
        "helipad": list(areas.helipads(draft)),
        "threshold": list(areas.thresholds(draft)),
        "stand": list(areas.stands(draft)),
        "stand_location": list(areas.stand_locations(draft)),
        **painted,
        "service_road": list(lines.roads(draft)),
        "light_line": list(lines.lights(draft)),
        "taxi_edge": list(lines.taxi_edges(draft)),
        "taxi_node": list(lines.taxi_nodes(draft)),
        "sign": list(lines.signs(draft)),
        "airfield_light": list(lines.beacons(draft)),
        "windsock": list(lines.windsocks(draft)),
        "viewpoint": list(lines.viewpoints(draft)),
        "jet_bridge": list(lines.jet_bridges(draft)),
        "facility": list(lines.facilities(draft)),
    }
    return {
        name: {
            "type": "FeatureCollection",
            "name": f"{draft.icao} {name}",
            "features": features,
        }
        for name, features in made.items()
        if features
    }


def _layer(feature: Feature) -> str:
    return str(feature["id"]).split(".")[1]


def manifest(airport: AptAirport, *, icao: str = "") -> dict[str, object]:
    """Identity, frequencies, flows and what the reader noted: all that is not on the map."""
    return {
        "icao": (icao or airport.icao).upper(),
        "id": airport.id,
        "name": " ".join(airport.name.split()),
        "iata": airport.metadata.get("iata_code", "").strip().upper(),
        "kind": airport.kind,
        "elevation_m": round(airport.elevation_ft * FOOT_M, 1),
        "source": f"X-Plane apt.dat {airport.edition or 'of no edition'}",
        "datum": "WGS84",
        "notice_zh": "由模拟飞行数据导入的示意图，并非测绘成果，不得用于导航。",
        "notice_en": "Imported from simulator data; not a survey, not for navigation.",
        "metadata": dict(airport.metadata),
        "frequencies": [
            {"service": one.service, "khz": one.khz, "name": one.name}
            for one in airport.frequencies
        ],
        "flows": [
            {"name": flow.name, "rules": [" ".join(rule.text.split()) for rule in flow.rules]}
            for flow in airport.flows
        ],
        "unknown_rows": [row.text for row in airport.unknown],
        "notices": [
            {"code": n.code, "field": n.field, "position": n.position, "text": n.text}
            for n in airport.notices
        ],
    }
