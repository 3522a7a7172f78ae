"""Which branches of the format modules an input reaches, at the price of one store per branch.

The modules are compiled with a store into one array of bytes at the head of every function, branch, loop
and handler. That costs some per cent of the reading time, where a trace function would cost a factor of
ten, so guidance can stay on for every input.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Final

FORMAT_FOLDERS: Final = (
    "airport_brain.operations.formats",
    "spatiotemporal.sources",
    "passenger_id.formats",
    "cargo_platform.formats",
)
"""Packages whose modules are watched."""

_ARRAY: Final = "__branches_reached__"
_MOST: Final = 65_536
_BRANCHING: Final = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.If, ast.For, ast.While, ast.Try, ast.With,
    ast.ExceptHandler, ast.match_case,
)  # fmt: skip


class Branches:
    """Branches of all watched modules: which were reached ever, and which since the last look."""

    def __init__(self) -> None:
        self.array: Final = bytearray(_MOST)
        self._owners: Final[list[str]] = []
        self._seen = 0

    def new(self, module: str) -> int:
        """A number for one more branch of a module."""
        self._owners.append(module)
        return len(self._owners) - 1

    def look(self) -> int:
        """How many branches were reached for the first time since the last look."""
        known = len(self._owners)
        now = int.from_bytes(self.array[:known], "little")
        if now:
            self.array[:known] = bytes(known)
        seen = self._seen | now
        if seen == self._seen:
            return 0
        fresh = seen.bit_count() - self._seen.bit_count()
        self._seen = seen
        return fresh

    def forget(self) -> None:
        """Begin anew, for the next format."""
        self.array[:] = bytes(_MOST)
        self._seen = 0

    def reached(self) -> tuple[int, int]:
        """Branches reached, and branches there are in the modules of which any was reached."""
        seen = self._seen.to_bytes(_MOST, "little")
        touched = {owner for owner, one in zip(self._owners, seen, strict=False) if one}
        return self._seen.bit_count(), sum(owner in touched for owner in self._owners)


class _Marking(ast.NodeTransformer):
    """Puts a store at the head of every block that may or may not be entered."""

    def __init__(self, branches: Branches, module: str) -> None:
        self._branches = branches
        self._module = module

    def _block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        mark = ast.parse(f"{_ARRAY}[{self._branches.new(self._module)}] = 1").body[0]
        for node in ast.walk(mark):
            ast.copy_location(node, body[0])
        # A docstring must stay the first statement.
        first = body[0]
        said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        return [first, mark, *body[1:]] if said else [mark, *body]

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, _BRANCHING):
            node.body = self._block(node.body)
            if getattr(node, "orelse", None):
                node.orelse = self._block(node.orelse)  # type: ignore[union-attr]
        return node


class _Loader(SourceFileLoader):
    """Compiles one module with its marks."""

    branches: Branches

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        tree = ast.parse(self.get_data(path), path)
        marked = ast.fix_missing_locations(_Marking(self.branches, fullname).visit(tree))
        return compile(marked, path, "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__[_ARRAY] = self.branches.array
        super().exec_module(module)


class _Finder(MetaPathFinder):
    def __init__(self, branches: Branches, folders: Iterable[str]) -> None:
        self._branches = branches
        self._folders = tuple(folders)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if not any(fullname == one or fullname.startswith(f"{one}.") for one in self._folders):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            loader = _Loader(fullname, spec.loader.path)
            loader.branches = self._branches
            spec.loader = loader
        return spec


BRANCHES: Final = Branches()
"""Of this process; empty unless watching began before the formats were imported."""


def watch(folders: Iterable[str] = FORMAT_FOLDERS, branches: Branches = BRANCHES) -> None:
    """Watch modules from now on; those imported before stay unwatched.

    Raises:
        RuntimeError: one of them is imported already.
    """
    early = sorted(name for name in folders if name in sys.modules)
    if early:
        raise RuntimeError(f"imported before they could be watched: {', '.join(early)}")
    sys.meta_path.insert(0, _Finder(branches, folders))
