"""The desk: list, measure, compare, search and promote any algorithm, for the command line and the API.

Forecasts learn, and their trials lie in the workbench; every other algorithm is measured by its bench.
What both share is here: which version serves, the gate before another does, and the record of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from ai_center.adapters.promotions import Promotion, Promotions
from ai_center.adapters.version_store import (
    CARD,
    SHEET,
    VersionManifest,
    VersionStore,
    version_of,
)
from ai_center.cards import bench_card
from ai_center.cards.bench_card import BenchTrial
from ai_center.catalogue import Entry
from ai_center.errors import NotPromoted, UnknownAlgorithm, Untrainable
from ai_center.estimates import Estimate
from ai_center.forecasts import recipes
from ai_center.forecasts.comparison import Comparison
from ai_center.forecasts.report import Finding
from ai_center.hosting import load
from ai_center.searching import Ground, Place, search
from ai_center.trials.bench import Bench, BenchContext, Scalar, Settings, Wanted
from ai_center.trials.gate import broken, enough, not_worse
from ai_center.trials.measures import Check, Measure
from ai_center.trials.run import Progress, measured
from ai_center.trials.search import Crew, Searched
from ai_center.trials.sheet import Paired, Sheet, paired
from ai_center.workbench import Given, Workbench

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An algorithm in the list.

    Attributes:
        name: of the algorithm.
        code: version of its code.
        serves: version that serves; empty where none does yet.
        versions: that were trained or measured.
        kind: ``forecast``, ``measured`` or ``plain`` (nothing to measure).
        owner: package that answers for it.
        summary: one sentence.
        limits: what it is not fit for.
        timeout_s: longest wait of a caller, seconds.
    """

    name: str
    code: str
    serves: str
    versions: tuple[str, ...]
    kind: str
    owner: str
    summary: str
    limits: str
    timeout_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchFinding:
    """What the measuring of a version came to.

    Attributes:
        name: of the algorithm.
        version: that was measured.
        settings: that make it.
        seed: of the cases.
        cases: how many.
        measures: that are shown.
        figures: by subject, then by measure.
        against: every rival compared with it; ``None`` stands for no case in common.
        checks: the gate.
        serves: version that serves now.
        card: path of the card.
    """

    name: str
    version: str
    settings: Settings
    seed: int
    cases: int
    measures: tuple[Measure, ...]
    figures: Mapping[str, Mapping[str, Estimate]]
    against: Mapping[str, Paired]
    checks: tuple[Check, ...]
    serves: str
    card: str


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
        self._entries = {entry.card.name: entry for entry in entries}
        self.workbench = workbench
        self._context = context
        self._clock = clock
        self._store = VersionStore(context.models)
        self._promotions = Promotions(context.models)

    def rows(self) -> list[Row]:
        """Every algorithm, by name."""
        trained = self.workbench.trained()
        found = []
        for name, entry in sorted(self._entries.items()):
            kind = "forecast" if self.is_forecast(name) else "measured" if entry.bench else "plain"
            forecast = kind == "forecast"
            kept = self.workbench.versions(name) if forecast else self._store.versions(name)
            serves = trained.get(name, "") if forecast else self._store.current(name)
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
        return name.partition("@")[0].partition(":")[0] in self.workbench.known

    def bench(self, name: str) -> Bench:
        """The bench of an algorithm.

        Raises:
            UnknownAlgorithm: there is no such algorithm.
            Untrainable: nothing of it can be measured here.
        """
        entry = self._entry(name)
        if not entry.bench:
            raise Untrainable(f"{name} has nothing to measure offline")
        made: Bench = load(entry.bench)(self._context)
        return made

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
            UnknownAlgorithm: as Untrainable, see :meth:`bench`.
            FactsRefused: a setting is not known, or of another kind.
        """
        name, _, version = name.partition("@")
        bench = self.bench(name)
        chosen = self.settings_of(name, version) | checked(bench, settings or {})
        made = version_of(self._entry(name).card.version, chosen)
        names = bench.cases(Wanted(count=cases or bench.about.cases, seed=seed))
        done = self._store.done(name, f"{made} {self._context.folder}")
        sheet = measured(bench, names, chosen, done, progress)
        return self._kept(name, bench, chosen, sheet, seed=seed, found_by=found_by)

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
        return found, self._refusal(name, found.version, by=by)

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
        place = Place(models=self._context.models, datasets=self.workbench.folders)
        ground = self._ground(name)
        if not ground.space:
            raise Untrainable(f"{name} has no settings to search")
        return search(ground, place, crew, count=count, seed=seed, progress=progress)

    def _ground(self, name: str) -> Ground:
        entry = self._entry(name)
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
            used=self.settings_of(name),
            space=dict(self.bench(name).about.space),
            maker=entry.bench,
        )

    def _chosen(
        self, name: str, settings: Settings, *, rehearse: bool, by: str, progress: Progress
    ) -> tuple[BenchFinding, NotPromoted | None]:
        """Measure settings that were searched for; of a rehearsal, on one case."""
        told = " ".join(f"--set {setting}={value}" for setting, value in settings.items())
        found = self.evaluate(
            name,
            settings=settings,
            cases=1 if rehearse else None,
            found_by=f"airport-brain algorithms evaluate {name} {told}",
            progress=progress,
        )
        return found, None if rehearse else self._refusal(name, found.version, by=by)

    def _learnt(
        self, name: str, *, seed: int, rehearse: bool, by: str, progress: Progress
    ) -> tuple[BenchFinding, NotPromoted | None]:
        """Train what its entry's trainer trains and measure it; of a rehearsal, on one case."""
        entry = self._entry(name)
        if not entry.trainer:
            self.bench(name)
            raise Untrainable(
                f"{name} learns nothing; choose its settings with --search, or measure others with: "
                f"airport-brain algorithms evaluate {name} --set NAME=VALUE"
            )
        settings = load(entry.trainer)(
            self._context, seed=seed, rehearse=rehearse, progress=progress
        )
        command = f"airport-brain algorithms train {name} --seed {seed}"
        command += " --rehearse" if rehearse else ""
        found = self.evaluate(
            name,
            settings=settings,
            cases=1 if rehearse else None,
            found_by=command,
            progress=progress,
        )
        return found, None if rehearse else self._refusal(name, found.version, by=by)

    def _refusal(self, name: str, version: str, *, by: str) -> NotPromoted | None:
        """Let a trained version serve; gives what speaks against it."""
        try:
            self.promote(f"{name}@{version}", by=by, reason="trained")
        except NotPromoted as refusal:
            return refusal
        return None

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
        one, other = self._measured(first), self._measured(second)
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
        name, _, version = text.partition("@")
        if force and not reason:
            raise NotPromoted(name, ("forcing needs a reason, which is recorded",))
        serves = self._pointer(name)
        wanted = self._before(name) if back else self._named(name, version)
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
        self._promotions.add(promotion)
        if self.is_forecast(name):
            self.workbench.point(name, wanted)
        else:
            self._store.point(name, wanted)
        return promotion

    def promotions(self, name: str) -> list[Promotion]:
        """What was promoted of an algorithm, oldest first."""
        return self._promotions.of(name)

    def broken_record(self) -> int | None:
        """Number of the first line of the record that was tampered with; ``None``: whole."""
        return self._promotions.broken()

    def settings_of(self, name: str, version: str = "") -> dict[str, Scalar]:
        """Settings of a version; of the one that serves where none is named."""
        about = self.bench(name).about
        if "=" in version:
            return dict(about.settings) | read_settings(self.bench(name), version.split(","))
        if version == self._built_in(name):
            return dict(about.settings)
        served = self._store.current(name)
        if not version and served is None:
            return dict(about.settings)
        return dict(self._store.manifest(name, version or str(served)).settings)

    def _kept(
        self, name: str, bench: Bench, settings: Settings, sheet: Sheet, *, seed: int, found_by: str
    ) -> BenchFinding:
        version = version_of(self._entry(name).card.version, settings)
        checks = (enough(sheet, bench.about.cases), *bench.checks(sheet))
        figures = figures_of(bench, sheet)
        against = _against(bench, name, sheet)
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
        self._store.keep(fields, sheet, bench_card.render(bench.about, trial))
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
            serves=self._serving(name),
            card=str(self._store.folder(name, version) / CARD),
        )

    def _gate(self, name: str, version: str, *, compared: bool) -> tuple[tuple[Check, ...], str]:
        """The checks of a version and the hash of its evidence; compared with what serves."""
        if self.is_forecast(name):
            return self.workbench.gate(name, version, compared=compared)
        bench = self.bench(name)
        if bench.about.promotable:
            raise NotPromoted(name, (bench.about.promotable,))
        manifest = self._store.manifest(name, version)
        sheet = self._store.sheet(manifest)
        checks = [enough(sheet, bench.about.cases), *bench.checks(sheet)]
        serving = self._serving(name)
        if compared and serving != version and (served := self._sheet_of(name, serving)):
            loss = bench.about.measure(bench.about.loss)
            checks.append(not_worse(sheet, served, loss, name, serving))
        return tuple(checks), manifest.sha256[SHEET]

    def _sheet_of(self, name: str, version: str) -> Sheet | None:
        if version not in self._store.versions(name):
            return None
        return self._store.sheet(self._store.manifest(name, version))

    def _measured(self, text: str) -> tuple[Sheet, str, Measure]:
        """The sheet, the subject on it and the loss that ``name@version:rival`` stands for."""
        whole, _, rival = text.partition(":")
        name, _, version = whole.partition("@")
        about = self.bench(name).about
        manifest = self._manifest(name, version)
        sheet = self._store.sheet(manifest)
        subject = rival or name
        if subject not in sheet.values:
            raise UnknownAlgorithm(subject, known=tuple(sheet.values))
        return sheet, subject, about.measure(about.loss)

    def _manifest(self, name: str, version: str) -> VersionManifest:
        if "=" in version:
            version = version_of(self._entry(name).card.version, self.settings_of(name, version))
        return self._store.manifest(name, version or self._serving(name))

    def _entry(self, name: str) -> Entry:
        if name not in self._entries:
            raise UnknownAlgorithm(name, known=tuple(sorted(self._entries)))
        return self._entries[name]

    def _built_in(self, name: str) -> str:
        """The version that the code makes when nothing was promoted."""
        entry = self._entry(name)
        return version_of(entry.card.version, self.bench(name).about.settings)

    def _serving(self, name: str) -> str:
        """The version that serves; of an algorithm without a bench that of its code."""
        entry = self._entry(name)
        if not entry.bench:
            return entry.card.version
        return self._store.current(name) or self._built_in(name)

    def _pointer(self, name: str) -> str:
        if self.is_forecast(name):
            return self.workbench.trained().get(name, "")
        return self._serving(name)

    def _named(self, name: str, version: str) -> str:
        if "=" in version:
            return version_of(self._entry(name).card.version, self.settings_of(name, version))
        if version:
            return version
        forecast = self.is_forecast(name)
        kept = self.workbench.versions(name) if forecast else self._store.versions(name)
        if not kept:
            self._entry(name)
            raise NotPromoted(name, ("no version was trained or measured yet",))
        return kept[-1]

    def _before(self, name: str) -> str:
        """The version that served before the present one."""
        past = [one.previous for one in self._promotions.of(name) if one.previous]
        if not past:
            raise NotPromoted(name, ("no version served before the present one",))
        return past[-1]


def figures_of(bench: Bench, sheet: Sheet) -> dict[str, dict[str, Estimate]]:
    """Every figure of every subject with its interval."""
    return {
        subject: {
            measure.name: sheet.estimate(subject, measure)
            for measure in bench.about.measures
            if measure.shown and sheet.has(subject, measure)
        }
        for subject in sheet.values
    }


def checked(bench: Bench, settings: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """Settings that the bench knows; text is read as what the setting is."""
    return read_settings(bench, [f"{name}={value}" for name, value in settings.items()])


def read_settings(bench: Bench, texts: Sequence[str]) -> dict[str, Scalar]:
    """Read ``name=value`` settings.

    Raises:
        Untrainable: a setting is not known, or its value is of another kind.
    """
    known = bench.about.settings
    found: dict[str, Scalar] = {}
    for text in texts:
        name, _, value = text.partition("=")
        if name not in known:
            raise Untrainable(f"no setting {name!r}; known: {', '.join(known) or 'none'}")
        kind = type(known[name])
        try:
            found[name] = kind(value)
        except ValueError as fault:
            raise Untrainable(f"setting {name!r} is not a {kind.__name__}: {value!r}") from fault
    return found


def _against(bench: Bench, name: str, sheet: Sheet) -> dict[str, Paired]:
    loss = bench.about.measure(bench.about.loss)
    found = {}
    for rival in sheet.values:
        if rival != name and sheet.has(rival, loss):
            both = paired(sheet, sheet, loss, (name, rival))
            if both is not None:
                found[rival] = both
    return found
