"""Which module may know which other: read from the import graph, so hidden imports count too."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import grimp
import pytest

PACKAGES = (
    "airport_brain.operations",
    "ai_center",
    "cargo_platform",
    "passenger_id",
    "service_bus",
    "spatiotemporal",
)
ROOTS = (
    "airport_brain",
    "ai_center",
    "cargo_platform",
    "passenger_id",
    "service_bus",
    "spatiotemporal",
)

FRONT_DOORS = ("", ".events")
"""A package is entered from outside by its root or its events ..."""

MORE_DOORS = {
    # ... the bus also by the kits for tables, transports and XML from outside (decisions/0003),
    "service_bus": (".sql", ".connectors", ".guarded_xml"),
    # ... and the airport model, which the shell's scenario drives on, and the scene made of it,
    # by their own roots; the model's exchange, routes and report stand apart from its root because
    # they bring GIS libraries and pictures in.
    "spatiotemporal": (
        ".airport_model",
        ".airport_model.check_report",
        ".airport_model.exchange",
        ".airport_model.routing",
        ".scene",
    ),
}
SHELL_DOORS = (".app", ".settings")
"""The shell alone may also build a package and read its settings."""

TECHNOLOGIES = {
    "ray": {"ai_center.adapters.ray_serve", "ai_center.adapters.ray_jobs"},
    "kafka": {"service_bus.adapters.kafka"},
}
"""Exactly these modules may import these libraries."""

EDGE_PARTS = {
    "adapters",
    "airport_model",
    "connectors",
    "conversion",
    "formats",
    "guarded_xml",
    "sources",
    "sql",
}
EDGE_TECHNOLOGIES = (
    "alembic",
    "cv2",
    "geopandas",
    "httpx",
    "insightface",
    "lxml",
    "onnx",
    "onnxruntime",
    "sqlalchemy",
)


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*ROOTS, include_external_packages=True, cache_dir=None)


def package_of(module: str) -> str | None:
    """The package a module belongs to; the shell is none of them."""
    owners = [p for p in PACKAGES if module == p or module.startswith(f"{p}.")]
    return max(owners, key=len) if owners else None


def edges(graph: grimp.ImportGraph) -> Iterable[tuple[str, str]]:
    for importer in sorted(graph.modules):
        if importer.split(".")[0] in ROOTS:
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                yield importer, imported


def doors(package: str, importer: str) -> set[str]:
    allowed = {package + door for door in FRONT_DOORS + MORE_DOORS.get(package, ())}
    if package_of(importer) is None:
        allowed |= {package + door for door in SHELL_DOORS}
    return allowed


def test_packages_are_entered_by_their_front_doors(graph: grimp.ImportGraph) -> None:
    wrong = [
        f"{importer} enters {imported}"
        for importer, imported in edges(graph)
        if (package := package_of(imported))
        and package_of(importer) != package
        and imported not in doors(package, importer)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_module_imports_its_own_package_root(graph: grimp.ImportGraph) -> None:
    wrong = [
        f"{importer} imports {imported}"
        for importer, imported in edges(graph)
        if imported in PACKAGES and package_of(importer) == imported and importer != imported
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("library", sorted(TECHNOLOGIES))
def test_one_file_imports_a_large_technology(graph: grimp.ImportGraph, library: str) -> None:
    importers = {
        importer for importer, imported in edges(graph) if imported.split(".")[0] == library
    }
    assert importers == TECHNOLOGIES[library]


def test_technology_stays_at_the_edges(graph: grimp.ImportGraph) -> None:
    wrong = [
        f"{importer} imports {imported}"
        for importer, imported in edges(graph)
        if imported.split(".")[0] in EDGE_TECHNOLOGIES
        and (package := package_of(importer))
        and not EDGE_PARTS & set(importer.removeprefix(package).split("."))
    ]
    assert not wrong, "\n".join(wrong)


def test_domains_are_pure(graph: grimp.ImportGraph) -> None:
    wrong = [
        f"{importer} imports {imported}"
        for importer, imported in edges(graph)
        if importer.endswith(".domain")
        and (imported.split(".")[0] in ("fastapi", "pydantic", *EDGE_TECHNOLOGIES))
    ]
    assert not wrong, "\n".join(wrong)


def test_import_contracts_hold(repository: Path) -> None:
    answer = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
