"""Invented IFC models as STEP text: a terminal of slabs and walls, a hangar as a body, a tank."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = """ISO-10303-21;
HEADER;
FILE_DESCRIPTION(('ViewDefinition [ReferenceView]'),'2;1');
FILE_NAME('field.ifc','2026-05-01T08:00:00',(''),(''),'','','');
FILE_SCHEMA(('IFC4'));
ENDSEC;
DATA;
"""
TAIL = "ENDSEC;\nEND-ISO-10303-21;\n"

TERMINAL = r"\X2\822A7AD9697C\X0\ Terminal 1"


class Writer:
    """Numbers instances."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def add(self, text: str) -> str:
        self.rows.append(f"#{len(self.rows) + 1}={text};")
        return f"#{len(self.rows)}"

    def point(self, *xyz: float) -> str:
        return self.add(f"IFCCARTESIANPOINT(({','.join(f'{v:.4f}' for v in xyz)}))")

    def direction(self, *xyz: float) -> str:
        return self.add(f"IFCDIRECTION(({','.join(f'{v:.6f}' for v in xyz)}))")

    def axes(self, at: Sequence[float], z: str = "$", x: str = "$") -> str:
        return self.add(f"IFCAXIS2PLACEMENT3D({self.point(*at)},{z},{x})")

    def placed(self, at: Sequence[float], within: str = "$", x: str = "$") -> str:
        up = self.direction(0, 0, 1) if x != "$" else "$"
        return self.add(f"IFCLOCALPLACEMENT({within},{self.axes(at, up, x)})")

    def shape(self, *items: str) -> str:
        listed = ",".join(items)
        body = self.add(f"IFCSHAPEREPRESENTATION($,'Body','SweptSolid',({listed}))")
        return self.add(f"IFCPRODUCTDEFINITIONSHAPE($,$,({body}))")

    def slab(self, outline: Sequence[tuple[float, float]], low: float, thick: float) -> str:
        """An extruded polygon."""
        corners = [self.point(*corner) for corner in (*outline, outline[0])]
        curve = self.add(f"IFCPOLYLINE(({','.join(corners)}))")
        profile = self.add(f"IFCARBITRARYCLOSEDPROFILEDEF(.AREA.,$,{curve})")
        up = self.direction(0, 0, 1)
        return self.add(
            f"IFCEXTRUDEDAREASOLID({profile},{self.axes((0, 0, low))},{up},{thick:.3f})"
        )

    def cylinder(self, at: tuple[float, float], radius: float, high: float) -> str:
        profile = self.add(f"IFCCIRCLEPROFILEDEF(.AREA.,$,$,{radius:.3f})")
        up = self.direction(0, 0, 1)
        return self.add(f"IFCEXTRUDEDAREASOLID({profile},{self.axes((*at, 0))},{up},{high:.3f})")

    def box_brep(self, x: float, y: float, z: float) -> str:
        """A box from the origin as a faceted body."""
        c = [self.point(a, b, d) for d in (0.0, z) for a, b in ((0, 0), (x, 0), (x, y), (0, y))]
        sides = [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
        faces = []
        for side in sides:
            loop = self.add(f"IFCPOLYLOOP(({','.join(c[n] for n in side)}))")
            bound = self.add(f"IFCFACEOUTERBOUND({loop},.T.)")
            faces.append(self.add(f"IFCFACE(({bound}))"))
        shell = self.add(f"IFCCLOSEDSHELL(({','.join(faces)}))")
        return self.add(f"IFCFACETEDBREP({shell})")

    def product(self, kind: str, placement: str, shape: str, name: str = "") -> str:
        return self.add(f"{kind}('{len(self.rows)}g',$,'{name}',$,$,{placement},{shape},$,$)")

    def inside(self, whole: str, *parts: str) -> None:
        self.add(f"IFCRELAGGREGATES('a{len(self.rows)}',$,$,$,{whole},({','.join(parts)}))")

    def holds(self, place: str, *parts: str) -> None:
        listed = ",".join(parts)
        self.add(f"IFCRELCONTAINEDINSPATIALSTRUCTURE('c{len(self.rows)}',$,$,$,({listed}),{place})")

    def building(self, name: str, placement: str, key: str) -> str:
        return self.add(f"IFCBUILDING('{key}',$,'{name}',$,$,{placement},$,$,.ELEMENT.,$,$,$)")

    def storey(self, name: str, placement: str) -> str:
        return self.add(
            f"IFCBUILDINGSTOREY('{len(self.rows)}s',$,'{name}',$,$,{placement},$,$,.ELEMENT.,0.)"
        )

    def text(self) -> bytes:
        return (HEAD + "\n".join(self.rows) + "\n" + TAIL).encode()


L_SHAPE = [(0.0, 0.0), (60.0, 0.0), (60.0, 20.0), (20.0, 20.0), (20.0, 50.0), (0.0, 50.0)]


def airport_model(*, unit_mm: bool = False, on_map: bool = False) -> bytes:
    """Two buildings and a tank; the site lies at 48.2 N 1.5 W, or on a UTM grid."""
    w, k = Writer(), 1000.0 if unit_mm else 1.0
    prefix = ".MILLI." if unit_mm else "$"
    unit = w.add(f"IFCSIUNIT(*,.LENGTHUNIT.,{prefix},.METRE.)")
    w.add(f"IFCUNITASSIGNMENT(({unit}))")
    north = w.direction(0.0, 1.0)
    context = w.add(
        f"IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-05,{w.axes((0, 0, 0))},{north})"
    )
    if on_map:
        system = w.add("IFCPROJECTEDCRS('EPSG:32630',$,$,$,$,$,$)")
        w.add(f"IFCMAPCONVERSION({context},{system},611000.,5339500.,40.,1.,0.,1.)")
    ground = w.placed((0, 0, 0))
    site = w.add(
        f"IFCSITE('site',$,'Field',$,$,{ground},$,$,.ELEMENT.,(48,12,0,0),(-1,-30,0,0),37.,$,$)"
    )
    terminal_at = w.placed((100 * k, 200 * k, 0), ground)
    terminal = w.building(TERMINAL, terminal_at, "T1guid")
    floors = [w.storey(f"L{n}", terminal_at) for n in range(3)]
    outline = [(x * k, y * k) for x, y in L_SHAPE]
    slabs = [
        w.product("IFCSLAB", terminal_at, w.shape(w.slab(outline, n * 5 * k, 0.4 * k)))
        for n in range(3)
    ]
    roof = w.product("IFCROOF", terminal_at, w.shape(w.slab(outline, 15 * k, 1.0 * k)))
    space = w.product(
        "IFCSPACE", terminal_at, w.shape(w.slab([(0, 0), (9e5, 0), (0, 9e5)], 0, 9e5))
    )
    w.inside(terminal, *floors)
    w.holds(floors[0], slabs[0], space)
    w.holds(floors[1], slabs[1])
    w.holds(floors[2], slabs[2], roof)
    turned = w.placed((300 * k, 0, 0), ground, w.direction(0.0, 1.0, 0.0))
    hangar = w.building("Hangar 2", turned, "H2guid")
    body = w.product("IFCBUILDINGELEMENTPROXY", turned, w.shape(w.box_brep(80 * k, 40 * k, 14 * k)))
    odd = w.product("IFCWALL", turned, w.shape(w.add("IFCSWEPTDISKSOLID($,1.,$,$,$)")))
    w.holds(hangar, body, odd)
    tank = w.building("Tank", ground, "TKguid")
    held = w.product("IFCTANK", ground, w.shape(w.cylinder((0, 500 * k), 12 * k, 10 * k)))
    w.holds(tank, held)
    empty = w.building("Nothing", ground, "E1guid")
    w.inside(site, terminal, hangar, tank, empty)
    return w.text()
