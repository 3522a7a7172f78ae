"""The program inside a PyTorch state dict, read opcode by opcode and never run.

Such a file is a program for the pickle machine, which may call anything. Only the opcodes that a
state dict needs are known here, and the names it calls are compared with a list of six; nothing is
imported. Everything else is refused with the byte where it stands.

A tensor is a view of a storage: offset, size, stride. Only views that lie in row order are taken;
weights are always written so.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, Any, Final

import numpy as np

from ai_center.errors import Unconvertible

MAX_VALUES: Final = 1 << 28
"""Values in one storage; 1 GiB of float32 is no network that is converted here."""

STORAGES: Mapping[str, str] = MappingProxyType(
    {
        "torch FloatStorage": "<f4",
        "torch DoubleStorage": "<f8",
        "torch HalfStorage": "<f2",
        "torch LongStorage": "<i8",
    }
)
ORDERED_DICT: Final = "collections OrderedDict"
REBUILD: Final = "torch._utils _rebuild_tensor_v2"
NAMES: Final = frozenset({*STORAGES, ORDERED_DICT, REBUILD})
"""What a file may name; none of it is imported."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name the file calls, kept as text."""

    text: str


@dataclass(frozen=True, slots=True)
class Storage:
    """Where values lie: their type, the storage's key and how many it holds."""

    dtype: np.dtype[Any]
    key: str
    count: int


@dataclass(frozen=True, slots=True)
class View:
    """A tensor before its values are known."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]


_MARK: Final = object()


def read(file: IO[bytes]) -> object:
    """What one pickle describes: plain values, with a :class:`View` for every tensor.

    The file is left behind the pickle.

    Raises:
        Unconvertible: an opcode or a name that no state dict needs, or an early end.
    """
    reader = _Reader()
    place = file.tell()
    try:
        for opcode, argument, at in pickletools.genops(file):
            place = place if at is None else at
            if opcode.name == "STOP":
                return reader.pop()
            reader.take(opcode.name, argument)
    except Unconvertible as fault:
        raise Unconvertible(f"byte {place}: {fault}") from None
    except (ValueError, LookupError, TypeError, Warning) as error:
        raise Unconvertible(f"byte {place}: not a state dict") from error
    raise Unconvertible("the file ends inside its description")


class _Reader:
    """A stack, a memo, and what each known opcode does to them."""

    def __init__(self) -> None:
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}
        self._known: Mapping[str, Callable[[Any], None]] = {
            "PROTO": self._protocol,
            "MARK": lambda _: self._stack.append(_MARK),
            "NONE": lambda _: self._stack.append(None),
            "NEWTRUE": lambda _: self._stack.append(True),
            "NEWFALSE": lambda _: self._stack.append(False),
            "EMPTY_TUPLE": lambda _: self._stack.append(()),
            "EMPTY_DICT": lambda _: self._stack.append({}),
            "EMPTY_LIST": lambda _: self._stack.append([]),
            **dict.fromkeys(("BININT", "BININT1", "BININT2", "LONG1"), self._stack.append),
            **dict.fromkeys(("BINUNICODE", "SHORT_BINUNICODE"), self._stack.append),
            **dict.fromkeys(("BINPUT", "LONG_BINPUT"), self._put),
            **dict.fromkeys(("BINGET", "LONG_BINGET"), self._get),
            "TUPLE": lambda _: self._stack.append(tuple(self._to_mark())),
            "TUPLE1": lambda _: self._tuple(1),
            "TUPLE2": lambda _: self._tuple(2),
            "TUPLE3": lambda _: self._tuple(3),
            "APPEND": lambda _: self._extend([self.pop()]),
            "APPENDS": lambda _: self._extend(self._to_mark()),
            "SETITEM": lambda _: self._set([self.pop(), self.pop()][::-1]),
            "SETITEMS": lambda _: self._set(self._to_mark()),
            "GLOBAL": self._name,
            "BINPERSID": lambda _: self._stack.append(_storage(self.pop())),
            "REDUCE": lambda _: self._call(self.pop(), self.pop()),
            "BUILD": lambda _: self._attributes(),
        }

    def take(self, opcode: str, argument: Any) -> None:
        """Do what one opcode says."""
        if opcode not in self._known:
            raise Unconvertible(f"opcode {opcode} has no place in a state dict")
        self._known[opcode](argument)

    def pop(self) -> Any:
        """Take the top of the stack."""
        top = self._stack.pop()
        if top is _MARK:
            raise Unconvertible("a mark stands where a value must")
        return top

    def _protocol(self, version: int) -> None:
        if version != 2:
            raise Unconvertible(f"pickle protocol {version}, 2 expected")

    def _put(self, place: int) -> None:
        self._memo[place] = self._stack[-1]

    def _get(self, place: int) -> None:
        self._stack.append(self._memo[place])

    def _to_mark(self) -> list[Any]:
        taken: list[Any] = []
        while (top := self._stack.pop()) is not _MARK:
            taken.append(top)
        return taken[::-1]

    def _tuple(self, size: int) -> None:
        self._stack.append(tuple([self.pop() for _ in range(size)][::-1]))

    def _extend(self, items: list[Any]) -> None:
        target = self._stack[-1]
        if not isinstance(target, list):
            raise Unconvertible("values are appended to something that is no list")
        target.extend(items)

    def _set(self, items: list[Any]) -> None:
        target = self._stack[-1]
        if not isinstance(target, dict):
            raise Unconvertible("values are set in something that is no dict")
        target.update(zip(items[::2], items[1::2], strict=True))

    def _name(self, text: str) -> None:
        if text not in NAMES:
            raise Unconvertible(f"the file names {text[:60]!r}, which no state dict needs")
        self._stack.append(_Name(text))

    def _call(self, arguments: Any, name: Any) -> None:
        if name == _Name(ORDERED_DICT) and arguments == ():
            self._stack.append({})
        elif name == _Name(REBUILD):
            self._stack.append(_view(arguments))
        else:
            raise Unconvertible("the file calls something that builds no tensor")

    def _attributes(self) -> None:
        """Drop what is hung on the state dict: versions of its modules, of no use to weights."""
        if not isinstance(self.pop(), dict) or not isinstance(self._stack[-1], dict):
            raise Unconvertible("attributes are set on something that is no state dict")


def _storage(identity: Any) -> Storage:
    """``("storage", type, key, device, count)``; the older layout adds None: no view of a view."""
    match identity:
        case ("storage", _Name(text), str(key), str(), int(count), *rest) if rest in ([], [None]):
            if text in STORAGES and 0 <= count <= MAX_VALUES:
                return Storage(np.dtype(STORAGES[text]), key, count)
    raise Unconvertible("a storage is described in an unknown way")


def _view(arguments: Any) -> View:
    """``(storage, offset, size, stride, requires_grad, hooks)`` and more that is not looked at."""
    match arguments:
        case (Storage() as storage, int(offset), tuple(shape), tuple(stride), *_):
            whole = all(isinstance(side, int) and side >= 0 for side in (*shape, *stride))
            if whole and offset >= 0 and _in_rows(shape, stride):
                return View(storage, offset, shape)
    raise Unconvertible("a tensor does not lie in row order")


def _in_rows(shape: tuple[int, ...], stride: tuple[int, ...]) -> bool:
    expected = 1
    for side, step in zip(shape[::-1], stride[::-1], strict=True):
        if side != 1 and step != expected:
            return False
        expected *= side
    return True
