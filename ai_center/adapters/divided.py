"""Several runtimes as one: each algorithm runs where it belongs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from ai_center.domain import Outcome
from ai_center.ports import Runtime


class DividedRuntime:
    """Sends the algorithms that are named to runtimes of their own, all others to the main one."""

    def __init__(self, main: Runtime, apart: Mapping[str, Runtime]) -> None:
        """Divide.

        Args:
            main: for whatever is not named; its readiness is that of the whole.
            apart: runtime by name of the algorithm.
        """
        self._main = main
        self._apart = dict(apart)

    async def start(self) -> None:
        """Start all of them; raises what the main one raises."""
        await asyncio.gather(*(runtime.start() for runtime in self._others()))
        await self._main.start()

    async def stop(self) -> None:
        """Stop all of them."""
        await asyncio.gather(self._main.stop(), *(runtime.stop() for runtime in self._others()))

    def ready(self) -> str | None:
        """``None`` when calls can be made."""
        return self._main.ready()

    async def call(
        self, name: str, batch: Sequence[object], *, timeout_s: float
    ) -> Sequence[Outcome]:
        """Run an algorithm where it belongs; see the port for what it raises."""
        return await self._apart.get(name, self._main).call(name, batch, timeout_s=timeout_s)

    def _others(self) -> Iterable[Runtime]:
        return {id(runtime): runtime for runtime in self._apart.values()}.values()
