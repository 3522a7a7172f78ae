"""The desk: list, measure, compare, search and promote any algorithm, for the command line and the API.

Forecasts learn, and their trials lie in the workbench; every other algorithm is measured by its bench.
What both share stands in ``versions.py`` (which there are, which serves), ``measuring.py`` and
``promoting.py`` (the gate, the record).
"""

from __future__ import annotations

from collections.abc import Iterable

from ai_center.adapters.promotions import Promotion
from ai_center.catalogue import Entry
from ai_center.errors import NotPromoted, Untrainable
from ai_center.findings import BenchFinding, Row
from ai_center.forecasts import recipes
from ai_center.forecasts.comparison import Comparison
from ai_center.forecasts.report import Finding
from ai_center.hosting import load
from ai_center.measuring import Measuring
from ai_center.promoting import Clock, Promoter
from ai_center.searching import Ground, Place, search
from ai_center.trials.bench import BenchContext, Settings
from ai_center.trials.run import Progress
from ai_center.trials.search import Crew, Searched
from ai_center.trials.sheet import Paired, paired
from ai_center.versions import Versions
from ai_center.workbench import Given, Workbench


class Desk:
    """See the module's own words."""

    def __init__(
        self,
        entries: Iterable[Entry],
        workbench: Workbench,
        context: BenchContext,
        *,
        clock: Clock,
    ) -> None:
        """Work on the algorithms of a catalogue.

        Args:
            entries: what is registered.
            workbench: of the forecasts.
            context: for the benches; its model store is the one that serves.
            clock: for the record of promotions.
        """
        self.workbench = workbench
        self._versions = Versions(entries, workbench, context)
        self._measuring = Measuring(self._versions)
        self._promoter = Promoter(self._versions, clock=clock)

    def rows(self) -> list[Row]:
        """Every algorithm, by name."""
        trained = self.workbench.trained()
        found = []
        for name, entry in sorted(self._versions.entries.items()):
            kind = "forecast" if self.is_forecast(name) else "measured" if entry.bench else "plain"
            forecast = kind == "forecast"
            kept = (
                self.workbench.versions(name) if forecast else self._versions.store.versions(name)
            )
            serves = trained.get(name, "") if forecast else self._versions.store.current(name)
            found.append(
                Row(
                    name=name,
                    code=entry.card.version,
                    serves=serves or ("" if forecast else entry.card.version),
                    versions=tuple(kept),
                    kind=kind,
                    owner=entry.card.owner,
                    summary=entry.card.summary,
                    limits=entry.card.limits,
                    timeout_s=entry.card.timeout_s,
                )
            )
        return found

    def is_forecast(self, name: str) -> bool:
        """Whether an algorithm learns from a data set in the workbench."""
        return self._versions.is_forecast(name)

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
        """Measure a version on its test cases, keep what was found, write its card.

        A run that was stopped goes on where it was; more cases are added to those that are done.

        Args:
            name: of the algorithm, with ``@version`` for another than the one that serves.
            settings: that differ from that version's.
            cases: how many; ``None`` takes the card's number.
            seed: gives other cases of the same kind.
            found_by: command that is noted.
            progress: told how it goes.

        Raises:
            UnknownAlgorithm: as Untrainable, nothing of it can be measured here.
            FactsRefused: a setting is not known, or of another kind.
        """
        return self._measuring.evaluate(
            name,
            settings=settings,
            cases=cases,
            seed=seed,
            found_by=found_by,
            progress=progress,
        )

    def train(
        self,
        name: str,
        *,
        seed: int = 1,
        rehearse: bool = False,
        settings: Settings | None = None,
        given: Given | None = None,
        by: str = "",
        progress: Progress = lambda doing, done, total: None,
    ) -> tuple[Finding | BenchFinding, NotPromoted | None]:
        """Train an algorithm; it serves from now on when it keeps its gate, else it says why not.

        Args:
            name: of the algorithm.
            seed: of everything drawn.
            rehearse: learn and measure inside the training period only; never served.
            settings: of the version, where they differ from those in use; what was searched for.
            given: other files or periods than the declared, of a forecast.
            by: who does it, for the record.
            progress: told how it goes.

        Raises:
            Untrainable: the algorithm learns nothing, or what trains it is not installed.
            DatasetUnavailable: its data are not here.
        """
        if not self.is_forecast(name) and settings:
            return self._chosen(name, settings, rehearse=rehearse, by=by, progress=progress)
        if not self.is_forecast(name):
            return self._learnt(name, seed=seed, rehearse=rehearse, by=by, progress=progress)
        found = self.workbench.train(
            name,
            seed=seed,
            rehearse=rehearse,
            serve=False,
            settings=settings,
            given=given,
            progress=progress,
        )
        if rehearse:
            return found, None
        return found, self._promoter.refusal(name, found.version, by=by)

    def search(
        self,
        name: str,
        crew: Crew,
        *,
        count: int,
        seed: int = 1,
        progress: Progress = lambda doing, done, total: None,
    ) -> Searched:
        """Look for better settings, without a look at what is measured on.

        Args:
            name: of the algorithm.
            crew: does the work.
            count: candidates, those in use among them.
            seed: of the draws; the same seed is the same search, and goes on where it was stopped.
            progress: told how it goes.

        Raises:
            Untrainable: nothing can be searched, or every candidate failed.
            UnknownAlgorithm: there is no such algorithm.
        """
        place = Place(models=self._versions.context.models, datasets=self.workbench.folders)
        ground = self._ground(name)
        if not ground.space:
            raise Untrainable(f"{name} has no settings to search")
        return search(ground, place, crew, count=count, seed=seed, progress=progress)

    def _ground(self, name: str) -> Ground:
        entry = self._versions.entry(name)
        if self.is_forecast(name):
            used = recipes.settings_of(self.workbench.known[name])
            return Ground(
                name=name,
                code=entry.card.version,
                used={setting: used[setting] for setting in recipes.SPACE},
                space=dict(recipes.SPACE),
                maker="",
            )
        return Ground(
            name=name,
            code=entry.card.version,
            used=self._versions.settings_of(name),
            space=dict(self._versions.bench(name).about.space),
            maker=entry.bench,
        )

    def _chosen(
        self, name: str, settings: Settings, *, rehearse: bool, by: str, progress: Progress
    ) -> tuple[BenchFinding, NotPromoted | None]:
        """Measure settings that were searched for; of a rehearsal, on one case."""
        told = " ".join(f"--set {setting}={value}" for setting, value in settings.items())
        found = self._measuring.evaluate(
            name,
            settings=settings,
            cases=1 if rehearse else None,
            found_by=f"airport-brain algorithms evaluate {name} {told}",
            progress=progress,
        )
        return found, None if rehearse else self._promoter.refusal(name, found.version, by=by)

    def _learnt(
        self, name: str, *, seed: int, rehearse: bool, by: str, progress: Progress
    ) -> tuple[BenchFinding, NotPromoted | None]:
        """Train what its entry's trainer trains and measure it; of a rehearsal, on one case."""
        entry = self._versions.entry(name)
        if not entry.trainer:
            self._versions.bench(name)
            raise Untrainable(
                f"{name} learns nothing; choose its settings with --search, or measure others with: "
                f"airport-brain algorithms evaluate {name} --set NAME=VALUE"
            )
        settings = load(entry.trainer)(
            self._versions.context, seed=seed, rehearse=rehearse, progress=progress
        )
        command = f"airport-brain algorithms train {name} --seed {seed}"
        command += " --rehearse" if rehearse else ""
        found = self._measuring.evaluate(
            name,
            settings=settings,
            cases=1 if rehearse else None,
            found_by=command,
            progress=progress,
        )
        return found, None if rehearse else self._promoter.refusal(name, found.version, by=by)

    def compare(self, first: str, second: str) -> Paired | Comparison:
        """Tell which of two versions is better on the cases both did, and whether that is real.

        Args:
            first: ``name``, ``name@version`` or ``name@setting=value,...``, each with ``:rival`` for
                what it was held against.
            second: the same.

        Raises:
            ModelUnavailable: a version was not measured.
            UnknownAlgorithm: a name or a rival is not known.
            Untrainable: they share no cases.
        """
        if self.is_forecast(first):
            return self.workbench.compare(first, second)
        one, other = self._versions.measured(first), self._versions.measured(second)
        found = paired(one[0], other[0], one[2], (one[1], other[1]))
        if found is None or one[2] != other[2]:
            raise Untrainable(f"{first} and {second} were not measured on the same cases")
        return found

    def promote(
        self, text: str, *, by: str, reason: str = "", force: bool = False, back: bool = False
    ) -> Promotion:
        """Make a version the one that serves, when it keeps its gate.

        Args:
            text: ``name@version``; without a version the newest one.
            by: who does it, for the record.
            reason: why; needed to force.
            force: also when the gate is not kept.
            back: take the version that served before, without comparing it with the present one.

        Raises:
            NotPromoted: the gate is not kept, or there is nothing to promote.
            ModelUnavailable: as ModelCorrupt: the version is not there, or not whole.
        """
        return self._promoter.promote(text, by=by, reason=reason, force=force, back=back)

    def promotions(self, name: str) -> list[Promotion]:
        """What was promoted of an algorithm, oldest first."""
        return self._promoter.of(name)

    def broken_record(self) -> int | None:
        """Number of the first line of the record that was tampered with; ``None``: whole."""
        return self._promoter.broken()
