"""Binary glTF: what was written is read back, broken files are refused with a place."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.scene import BrokenModel, read_glb
from spatiotemporal.scene.glb import Node, write_glb
from spatiotemporal.scene.sketch import Sketch, Thing
from spatiotemporal.scene.surfaces import box

TOWER = Thing(id="ZSSS.building.TWR", kind="building", label=Label(zh="塔台", en="Tower"))
SHED = Thing(id="ZSSS.building.SHED", kind="building", label=Label(zh="库房", en="Shed"))


def sample() -> bytes:
    sketch = Sketch()
    sketch.add(TOWER, "wall", box((0, 4), (0, 5), (0, 30)))
    sketch.add(SHED, "wall", box((10, 14), (0, 5), (0, 6)))
    sketch.add(TOWER, "glass", box((0, 4), (0, 5), (30, 34)))
    return write_glb([Node(name="cell", patches=sketch.patches, extras={"floor": 1})])


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The sample with its JSON changed and its lengths made right again."""
    data = sample()
    (size,) = struct.unpack_from("<I", data, 12)
    document = json.loads(data[20 : 20 + size])
    change(document)
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    rest = data[20 + size :]
    head = struct.pack("<4sIIII", b"glTF", 2, 20 + len(text) + len(rest), len(text), 0x4E4F534A)
    return head + text + rest


def test_what_was_written_is_read_back() -> None:
    model = read_glb(sample())
    assert model.table == {
        "id": [SHED.id, TOWER.id] if model.table["id"][0] == SHED.id else [TOWER.id, SHED.id],
        "kind": ["building", "building"],
        "name_zh": ["塔台", "库房"],
        "name_en": ["Tower", "Shed"],
    }
    assert {part.material for part in model.primitives} == {"wall", "glass"}
    assert model.points.max(axis=0).tolist() == [14.0, 5.0, 34.0]
    assert model.extras == {"cell": {"floor": 1}}
    wall = next(part for part in model.primitives if part.material == "wall")
    assert wall.numbers is not None
    names = {model.table["id"][number] for number in np.unique(wall.numbers).tolist()}
    assert names == {TOWER.id, SHED.id}
    high = wall.points[:, 2] > 6.1
    assert {model.table["id"][number] for number in wall.numbers[high].tolist()} == {TOWER.id}


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (lambda: b"", "byte 0"),
        (lambda: b"glTF" + bytes(40), "byte 4"),
        (lambda: sample()[:-4], "byte 4"),
        (lambda: changed(lambda d: d["asset"].update(version="1.0")), "asset.version"),
        (lambda: changed(lambda d: d["buffers"][0].update(byteLength=8)), "buffers[0]"),
        (lambda: changed(lambda d: d["bufferViews"][0].update(byteLength=9**9)), "bufferViews[0]"),
        (lambda: changed(lambda d: d["accessors"][0].update(min=[0, 0, 0])), "POSITION"),
        (lambda: changed(lambda d: d["accessors"][0].update(count=10**6)), "POSITION"),
        (lambda: changed(lambda d: d["meshes"][0]["primitives"][0].update(material=9)), "material"),
        (lambda: changed(lambda d: d["meshes"][0]["primitives"][0].update(mode=1)), "mode"),
        (lambda: changed(lambda d: d["nodes"][0].update(children=[0])), "nodes[0]"),
        (lambda: changed(lambda d: d.update(extensionsUsed=["KHR_x"])), "extensionsUsed"),
    ],
)
def test_broken_files_are_refused_with_a_place(data: Callable[[], bytes], place: str) -> None:
    with pytest.raises(BrokenModel) as caught:
        read_glb(data())
    assert place in caught.value.place


def test_bytes_are_the_same_every_time() -> None:
    assert sample() == sample()
