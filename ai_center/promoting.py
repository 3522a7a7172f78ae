"""Which version may serve: the gate, the pointer, and the record of who moved it when and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from ai_center.adapters.promotions import Promotion, Promotions
from ai_center.adapters.version_store import SHEET
from ai_center.errors import NotPromoted
from ai_center.trials.gate import broken, enough, not_worse
from ai_center.trials.measures import Check
from ai_center.versions import Versions

Clock = Callable[[], datetime]


class Promoter:
    """See the module's own words."""

    def __init__(self, versions: Versions, *, clock: Clock) -> None:
        """Promote versions, at the times of a clock."""
        self._versions = versions
        self._clock = clock
        self._record = Promotions(versions.context.models)

    def promote(
        self, text: str, *, by: str, reason: str = "", force: bool = False, back: bool = False
    ) -> Promotion:
        """See :meth:`ai_center.desk.Desk.promote`."""
        name, _, version = text.partition("@")
        if force and not reason:
            raise NotPromoted(name, ("forcing needs a reason, which is recorded",))
        serves = self._versions.pointer(name)
        wanted = self._before(name) if back else self._versions.named(name, version)
        checks, evidence = self._gate(name, wanted, compared=not back)
        kept_not = broken(checks)
        if kept_not and not force:
            raise NotPromoted(
                f"{name}@{wanted}", tuple(f"{c.rule}: found {c.found}" for c in kept_not)
            )
        promotion = Promotion(
            at=self._clock().isoformat().replace("+00:00", "Z"),
            by=by,
            name=name,
            version=wanted,
            previous=serves,
            gate=tuple(asdict(check) for check in checks),
            forced=bool(kept_not),
            reason=reason or ("back to what served before" if back else ""),
            evidence=evidence,
        )
        self._record.add(promotion)
        if self._versions.is_forecast(name):
            self._versions.workbench.point(name, wanted)
        else:
            self._versions.store.point(name, wanted)
        return promotion

    def refusal(self, name: str, version: str, *, by: str) -> NotPromoted | None:
        """Let a trained version serve; gives what speaks against it."""
        try:
            self.promote(f"{name}@{version}", by=by, reason="trained")
        except NotPromoted as refusal:
            return refusal
        return None

    def of(self, name: str) -> list[Promotion]:
        """What was promoted of an algorithm, oldest first."""
        return self._record.of(name)

    def broken(self) -> int | None:
        """Number of the first line of the record that was tampered with; ``None``: whole."""
        return self._record.broken()

    def _before(self, name: str) -> str:
        """The version that served before the present one."""
        past = [one.previous for one in self._record.of(name) if one.previous]
        if not past:
            raise NotPromoted(name, ("no version served before the present one",))
        return past[-1]

    def _gate(self, name: str, version: str, *, compared: bool) -> tuple[tuple[Check, ...], str]:
        """The checks of a version and the hash of its evidence; compared with what serves."""
        if self._versions.is_forecast(name):
            return self._versions.workbench.gate(name, version, compared=compared)
        bench = self._versions.bench(name)
        if bench.about.promotable:
            raise NotPromoted(name, (bench.about.promotable,))
        manifest = self._versions.store.manifest(name, version)
        sheet = self._versions.store.sheet(manifest)
        checks = [enough(sheet, bench.about.cases), *bench.checks(sheet)]
        serving = self._versions.serving(name)
        if compared and serving != version and (served := self._versions.sheet_of(name, serving)):
            loss = bench.about.measure(bench.about.loss)
            checks.append(not_worse(sheet, served, loss, name, serving))
        return tuple(checks), manifest.sha256[SHEET]
