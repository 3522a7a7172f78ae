"""Measures a version by its bench, keeps what was found, and writes its card."""

from __future__ import annotations

from ai_center.adapters.version_store import CARD, version_of
from ai_center.cards import bench_card
from ai_center.cards.bench_card import BenchTrial
from ai_center.findings import BenchFinding, against_of, figures_of
from ai_center.trials.bench import Bench, Settings, Wanted
from ai_center.trials.gate import enough
from ai_center.trials.run import Progress, measured
from ai_center.trials.setting_texts import checked
from ai_center.trials.sheet import Sheet
from ai_center.versions import Versions


class Measuring:
    """See the module's own words."""

    def __init__(self, versions: Versions) -> None:
        """Measure versions of these algorithms."""
        self._versions = versions

    def evaluate(
        self,
        name: str,
        *,
        settings: Settings | None = None,
        cases: int | None = None,
        seed: int = 1,
        found_by: str = "",
        progress: Progress = lambda doing, done, total: None,
    ) -> BenchFinding:
        """See :meth:`ai_center.desk.Desk.evaluate`."""
        name, _, version = name.partition("@")
        bench = self._versions.bench(name)
        chosen = self._versions.settings_of(name, version) | checked(bench, settings or {})
        made = version_of(self._versions.entry(name).card.version, chosen)
        names = bench.cases(Wanted(count=cases or bench.about.cases, seed=seed))
        done = self._versions.store.done(name, f"{made} {self._versions.context.folder}")
        sheet = measured(bench, names, chosen, done, progress)
        return self._kept(name, bench, chosen, sheet, seed=seed, found_by=found_by)

    def _kept(
        self, name: str, bench: Bench, settings: Settings, sheet: Sheet, *, seed: int, found_by: str
    ) -> BenchFinding:
        version = version_of(self._versions.entry(name).card.version, settings)
        checks = (enough(sheet, bench.about.cases), *bench.checks(sheet))
        figures = figures_of(bench, sheet)
        against = against_of(bench, name, sheet)
        trial = BenchTrial(
            name=name,
            version=version,
            settings=settings,
            seed=seed,
            sheet=sheet,
            figures=figures,
            against=against,
            checks=checks,
            command=found_by,
        )
        fields = {
            "name": name,
            "version": version,
            "settings": dict(settings),
            "seed": seed,
            "cases": len(sheet.cases),
            "found_by": found_by,
        }
        self._versions.store.keep(fields, sheet, bench_card.render(bench.about, trial))
        return BenchFinding(
            name=name,
            version=version,
            settings=settings,
            seed=seed,
            cases=len(sheet.cases),
            measures=tuple(m for m in bench.about.measures if m.shown),
            figures=figures,
            against=against,
            checks=checks,
            serves=self._versions.serving(name),
            card=str(self._versions.store.folder(name, version) / CARD),
        )
