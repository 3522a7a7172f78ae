"""Reports as pages of text."""

from __future__ import annotations

from collections.abc import Iterator

from ai_center.evaluation import throughput
from ai_center.evaluation.intervals import span
from ai_center.evaluation.pad import PadReport, Species
from ai_center.evaluation.report import Report
from ai_center.evaluation.verification import FOLDS, GROUP_FMR

LIMITS = (
    "1:1 only where no threshold is given above. Says nothing of presentation attacks or your own "
    "cameras."
)
NO_CLAIM = (
    "No presentation attack detection is claimed: these are counts of the photos in this folder."
)


def render(report: Report) -> str:
    """The report of a face pack."""
    parts = (_head, _verification, _identification, _thresholds, _groups, _times)
    blocks = ["\n".join(part(report)) for part in parts]
    return "\n\n".join([*(block for block in blocks if block), LIMITS])


def render_pad(report: PadReport) -> str:
    """The report of a liveness set."""
    names = ", ".join(model.name for model in report.models)
    lines = [
        f"Liveness {report.liveness} ({names}) at a score of {report.threshold:g}",
        f"Set {report.data}",
        "",
        f"{'species':<24}{'photos':>7}{'no face':>9}  error (95 % interval)",
        _species_line(report.bona_fide, "BPCER"),
        *(_species_line(species, "APCER") for species in report.attacks),
        "",
    ]
    if report.worst is not None:
        lines.append(f"worst species: {report.worst.name}, {span(report.worst.error)}")
    lines += ["", f"{'score':>6}{'worst APCER':>13}{'BPCER':>8}"]
    lines += [f"{t.threshold:>6g}{t.apcer:>13.3f}{t.bpcer:>8.3f}" for t in report.trades]
    return "\n".join([*lines, "", NO_CLAIM])


def _species_line(species: Species, error: str) -> str:
    return (
        f"{species.name:<24}{species.presentations:>7}{species.silent:>9}  "
        f"{error} {span(species.error)}"
    )


def _head(report: Report) -> Iterator[str]:
    yield (
        f"Face pack {report.pack}: {report.model.name} {report.model.version} "
        f"(sha256 {report.model.sha256[:12]}), detector {report.detector.name}"
    )
    yield (
        f"Set {report.data}: {report.photos} photos of {report.people} people, "
        f"{report.pairs} listed pairs"
    )


def _verification(report: Report) -> Iterator[str]:
    found = report.photos - len(report.failures)
    none = f"; none in: {', '.join(report.failures[:5])}" if report.failures else ""
    yield f"faces found        {found} of {report.photos}{none}"
    yield (
        f"accuracy           {report.accuracy:.4f} ± {report.accuracy_error:.4f}  "
        f"({FOLDS} shuffled folds, standard error)"
    )
    yield f"equal error rate   {span(report.eer)}"
    yield (
        f"all pairs          {report.genuine_pairs} genuine, {report.impostor_pairs} impostor "
        "(not independent; intervals by person)"
    )
    yield (
        f"rule of 3          no false match rate below {report.smallest_fmr:.1e} can be shown here"
    )
    yield ""
    yield f"{'FMR':>8}  {'threshold':>9}  TAR (95 % interval)"
    for rate in report.rates:
        yield f"{rate.fmr:>8g}  {rate.threshold:>9.4f}  {span(rate.tar)}"


def _identification(report: Report) -> Iterator[str]:
    if not report.galleries:
        return
    yield "Identification (1:N), galleries drawn from the set, one photo enrolled per person"
    yield (
        f"{'N':>6}{'FPIR':>7}{'threshold':>11}  {'FNIR (95 % interval)':<26}"
        f"{'not first':>9}{'mated':>7}{'others':>8}{'predicted':>11}"
    )
    for row in report.galleries:
        mark = "" if row.counted else " *"
        yield (
            f"{row.gallery:>6}{row.fpir:>7g}{row.threshold:>11.4f}  {span(row.fnir):<26}"
            f"{row.rank_miss.value:>9.4f}{row.mated:>7}{row.nonmated:>8}"
            f"{row.predicted_fpir:>11.4f}{mark}"
        )
    if not all(row.counted for row in report.galleries):
        yield "* fewer than 30 photos of others are false positives: the threshold is coarse"


def _thresholds(report: Report) -> Iterator[str]:
    yield "What a gallery asks for at FPIR 0.003, were comparisons independent"
    yield f"{'N':>8}{'FMR':>10}{'pairs for 30':>14}{'threshold':>11}{'TAR':>8}  where"
    for row in report.thresholds:
        known = "    set too small  "
        if row.threshold is not None and row.tar is not None:
            known = f"{row.threshold:>11.4f}{row.tar:>8.4f}"
        yield f"{row.gallery:>8}{row.fmr:>10.1e}{row.impostor_pairs:>14.1e}{known}  {row.use}"


def _groups(report: Report) -> Iterator[str]:
    if not report.groups:
        yield "Groups: the set has no groups.csv, so nothing is known of groups of people"
        return
    yield f"Groups, at the threshold of an FMR of {GROUP_FMR:g} over the whole set"
    yield f"{'group':<24}{'people':>7}  {'FMR within (95 % interval)':<28}FNMR (95 % interval)"
    for row in report.groups:
        mark = "" if row.counted else "  *"
        name = f"{row.label}={row.value}"
        yield f"{name:<24}{row.people:>7}  {span(row.fmr):<28}{span(row.fnmr)}{mark}"
    if not all(row.counted for row in report.groups):
        yield "* fewer than 30 errors of a kind: the rate is not known well enough to compare"


def _times(report: Report) -> Iterator[str]:
    yield f"{'stage':>8}  {'median ms':>9}  {'p95 ms':>7}  (processor time per photo)"
    for name, time in report.stage_ms.items():
        yield f"{name:>8}  {time.median:>9.2f}  {time.p95:>7.2f}"
    if report.batches:
        yield ""
        yield f"{'batch':>8}  {'ms a face':>9}  {'gain':>7}  (embedding)"
        for row in report.batches:
            yield f"{row.batch:>8}  {row.ms_per_face:>9.2f}  {row.gain:>7.2f}"
        yield throughput.verdict(report.batches)
