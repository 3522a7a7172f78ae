"""Which versions each algorithm has, which of them serves, and what ``name@version`` stands for.

Forecasts lie in the workbench, the versions of every other algorithm in the version store.
"""

from __future__ import annotations

from collections.abc import Iterable

from ai_center.adapters.version_store import VersionManifest, VersionStore, version_of
from ai_center.catalogue import Entry
from ai_center.errors import NotPromoted, UnknownAlgorithm, Untrainable
from ai_center.hosting import load
from ai_center.trials.bench import Bench, BenchContext, Scalar
from ai_center.trials.measures import Measure
from ai_center.trials.setting_texts import read_settings
from ai_center.trials.sheet import Sheet
from ai_center.workbench import Workbench


class Versions:
    """See the module's own words.

    Attributes:
        entries: what is registered, by name.
        workbench: of the forecasts.
        context: for the benches; its model store is the one that serves.
        store: of the versions that were measured.
    """

    def __init__(
        self, entries: Iterable[Entry], workbench: Workbench, context: BenchContext
    ) -> None:
        """Look at the versions of a catalogue."""
        self.entries = {entry.card.name: entry for entry in entries}
        self.workbench = workbench
        self.context = context
        self.store = VersionStore(context.models)

    def is_forecast(self, name: str) -> bool:
        """Whether an algorithm learns from a data set in the workbench."""
        return name.partition("@")[0].partition(":")[0] in self.workbench.known

    def bench(self, name: str) -> Bench:
        """The bench of an algorithm.

        Raises:
            UnknownAlgorithm: there is no such algorithm.
            Untrainable: nothing of it can be measured here.
        """
        entry = self.entry(name)
        if not entry.bench:
            raise Untrainable(f"{name} has nothing to measure offline")
        made: Bench = load(entry.bench)(self.context)
        return made

    def settings_of(self, name: str, version: str = "") -> dict[str, Scalar]:
        """Settings of a version; of the one that serves where none is named."""
        about = self.bench(name).about
        if "=" in version:
            return dict(about.settings) | read_settings(self.bench(name), version.split(","))
        if version == self.built_in(name):
            return dict(about.settings)
        served = self.store.current(name)
        if not version and served is None:
            return dict(about.settings)
        return dict(self.store.manifest(name, version or str(served)).settings)

    def entry(self, name: str) -> Entry:
        """The entry of a name; raises UnknownAlgorithm."""
        if name not in self.entries:
            raise UnknownAlgorithm(name, known=tuple(sorted(self.entries)))
        return self.entries[name]

    def built_in(self, name: str) -> str:
        """The version that the code makes when nothing was promoted."""
        entry = self.entry(name)
        return version_of(entry.card.version, self.bench(name).about.settings)

    def serving(self, name: str) -> str:
        """The version that serves; of an algorithm without a bench that of its code."""
        entry = self.entry(name)
        if not entry.bench:
            return entry.card.version
        return self.store.current(name) or self.built_in(name)

    def pointer(self, name: str) -> str:
        """The version that serves; of a forecast that was never trained, none."""
        if self.is_forecast(name):
            return self.workbench.trained().get(name, "")
        return self.serving(name)

    def named(self, name: str, version: str) -> str:
        """The version that a text stands for; the newest where it is empty."""
        if "=" in version:
            return version_of(self.entry(name).card.version, self.settings_of(name, version))
        if version:
            return version
        forecast = self.is_forecast(name)
        kept = self.workbench.versions(name) if forecast else self.store.versions(name)
        if not kept:
            self.entry(name)
            raise NotPromoted(name, ("no version was trained or measured yet",))
        return kept[-1]

    def sheet_of(self, name: str, version: str) -> Sheet | None:
        """What was measured of a version, if it was."""
        if version not in self.store.versions(name):
            return None
        return self.store.sheet(self.store.manifest(name, version))

    def measured(self, text: str) -> tuple[Sheet, str, Measure]:
        """The sheet, the subject on it and the loss that ``name@version:rival`` stands for."""
        whole, _, rival = text.partition(":")
        name, _, version = whole.partition("@")
        about = self.bench(name).about
        manifest = self.manifest(name, version)
        sheet = self.store.sheet(manifest)
        subject = rival or name
        if subject not in sheet.values:
            raise UnknownAlgorithm(subject, known=tuple(sheet.values))
        return sheet, subject, about.measure(about.loss)

    def manifest(self, name: str, version: str) -> VersionManifest:
        """The manifest of a version; of the one that serves where the text is empty."""
        if "=" in version:
            version = version_of(self.entry(name).card.version, self.settings_of(name, version))
        return self.store.manifest(name, version or self.serving(name))
