"""Reports as one HTML file: the same figures, with their curves and intervals drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from ai_center.cards import svg
from ai_center.cards.page import facts, page, paragraph, section, table
from ai_center.evaluation import throughput
from ai_center.evaluation.intervals import Interval
from ai_center.evaluation.pad import PadReport, Species
from ai_center.evaluation.report import Report
from ai_center.evaluation.text import LIMITS, NO_CLAIM
from ai_center.evaluation.verification import FOLDS, GROUP_FMR


def html(report: Report | None, pad: PadReport | None = None) -> str:
    """The page of a face pack, of a liveness set, or of both."""
    parts: list[str] = []
    names = []
    if report is not None:
        names.append(f"Face pack {report.pack}")
        parts += [*_verification(report), *_identification(report), _groups(report)]
        parts += [*_times(report), section("Limits", paragraph(LIMITS))]
    if pad is not None:
        names.append(f"Liveness {pad.liveness}")
        parts += _pad(pad)
    title = ", ".join(names)
    return page(title, [f"<h1>{escape(title)}</h1>", *parts])


def _verification(report: Report) -> Iterator[str]:
    model, detector = report.model, report.detector
    yield facts(
        [
            ("recogniser", f"{model.name} {model.version}, sha256 {model.sha256}"),
            ("detector", f"{detector.name} {detector.version}, sha256 {detector.sha256}"),
            ("compared by", report.metric),
            ("set", f"{report.data}: {report.photos} photos of {report.people} people"),
            ("faces found", f"{report.photos - len(report.failures)} of {report.photos}"),
        ]
    )
    rows = [[f"{r.fmr:g}", f"{r.threshold:.4f}", _cell(r.tar)] for r in report.rates]
    yield section(
        "1:1 verification",
        facts(
            [
                (
                    "accuracy",
                    f"{report.accuracy:.4f} ± {report.accuracy_error:.4f} over {report.pairs} listed "
                    f"pairs ({FOLDS} shuffled folds, standard error)",
                ),
                ("equal error rate", _cell(report.eer)),
                (
                    "all pairs",
                    f"{report.genuine_pairs} genuine, {report.impostor_pairs} impostor; not "
                    "independent, intervals by person",
                ),
                (
                    "rule of 3",
                    f"no false match rate below {report.smallest_fmr:.1e} can be shown with this set",
                ),
            ]
        ),
        table(["FMR", "threshold", "TAR (95 % interval)"], rows),
        _curve(report),
    )


def _curve(report: Report) -> str:
    """FNMR over FMR, both as they are read: the rate of strangers on a logarithmic axis."""
    points = [(math.log10(fmr), fnmr) for fmr, fnmr in report.curve]
    labels = [(math.log10(fmr), f"{fmr:g}") for fmr in (1e-5, 1e-4, 1e-3, 1e-2, 1e-1)]
    return svg.lines(
        [svg.Line(name="share of genuine pairs refused (FNMR)", points=points)],
        title="Share of genuine pairs refused at each false match rate",
        x_name="false match rate (FMR)",
        y_name="FNMR",
        x_labels=labels,
    )


def _identification(report: Report) -> Iterator[str]:
    if report.galleries:
        rows = [
            [
                f"{r.gallery}",
                f"{r.fpir:g}{'' if r.counted else ' *'}",
                f"{r.threshold:.4f}",
                _cell(r.fnir),
                f"{r.rank_miss.value:.4f}",
                f"{r.mated} / {r.nonmated}",
                f"{r.predicted_fpir:.4f}",
            ]
            for r in report.galleries
        ]
        bars = [
            svg.Bar(
                label=f"N {r.gallery}, FPIR {r.fpir:g}",
                value=100 * r.fnir.value,
                low=100 * r.fnir.low,
                high=100 * r.fnir.high,
                strong=True,
            )
            for r in report.galleries
        ]
        head = ["N", "FPIR", "threshold", "FNIR (95 % interval)", "not first"]
        head += ["photos of enrolled / others", "FPIR were pairs independent"]
        yield section(
            "1:N identification",
            paragraph(
                "Galleries drawn from the set, one photo enrolled per person, after the manner of "
                "NISTIR 8381. * marks fewer than 30 false positives: the threshold is coarse."
            ),
            table(head, rows),
            svg.bars(bars, unit="%", title="Share of mated searches that fail (FNIR)"),
        )
    yield _thresholds(report)


def _thresholds(report: Report) -> str:
    rows = [
        [
            r.use,
            f"{r.gallery}",
            f"{r.fmr:.1e}",
            f"{r.impostor_pairs:.1e}",
            "set too small" if r.threshold is None else f"{r.threshold:.4f}",
            "" if r.tar is None else f"{r.tar:.4f}",
        ]
        for r in report.thresholds
    ]
    return section(
        "Threshold by size of the gallery",
        paragraph(
            "For a false positive rate of 0.003, were comparisons independent. No threshold is given "
            "where the set has too few impostor pairs to see 30 errors."
        ),
        table(["use", "N", "FMR needed", "pairs for 30 errors", "threshold", "TAR"], rows),
    )


def _groups(report: Report) -> str:
    if not report.groups:
        return section(
            "Groups of people",
            paragraph("The set has no groups.csv, so nothing is known of groups of people."),
        )
    rows = [
        [
            f"{g.label}: {g.value}{'' if g.counted else ' *'}",
            f"{g.people}",
            f"{g.genuine_pairs} / {g.impostor_pairs}",
            _cell(g.fmr),
            _cell(g.fnmr),
        ]
        for g in report.groups
    ]
    head = ["group", "people", "genuine / impostor pairs", "FMR within", "FNMR"]
    note = (
        f"At the threshold of an FMR of {GROUP_FMR:g} over the whole set. * marks fewer than 30 "
        "errors of a kind: not known well enough to compare."
    )
    return section("Groups of people", paragraph(note), table(head, rows))


def _times(report: Report) -> Iterator[str]:
    rows = [[name, f"{t.median:.2f}", f"{t.p95:.2f}"] for name, t in report.stage_ms.items()]
    parts = [table(["stage", "median ms", "p95 ms"], rows, caption="Processor time per photo")]
    if report.batches:
        batches = [[f"{b.batch}", f"{b.ms_per_face:.2f}", f"{b.gain:.2f}"] for b in report.batches]
        parts.append(table(["batch", "ms a face", "gain"], batches, caption="Embedding in batches"))
        parts.append(paragraph(f"{throughput.verdict(report.batches).capitalize()}."))
    yield section("Time", *parts)


def _pad(report: PadReport) -> list[str]:
    rows = [
        _species_row(report.bona_fide, "BPCER"),
        *(_species_row(species, "APCER") for species in report.attacks),
    ]
    trades = [[f"{t.threshold:g}", f"{t.apcer:.3f}", f"{t.bpcer:.3f}"] for t in report.trades]
    nets = ", ".join(f"{m.name} (sha256 {m.sha256[:12]})" for m in report.models)
    worst = "" if report.worst is None else f"Worst species: {report.worst.name}. "
    return [
        section(
            "Presentation attacks",
            facts([("nets", nets), ("set", report.data), ("threshold", f"{report.threshold:g}")]),
            table(["species", "photos", "no face", "error", "rate (95 % interval)"], rows),
            table(["score", "worst APCER", "BPCER"], trades, caption="Trade between the errors"),
            paragraph(worst + NO_CLAIM),
        )
    ]


def _species_row(species: Species, error: str) -> list[str]:
    return [
        species.name,
        f"{species.presentations}",
        f"{species.silent}",
        error,
        _cell(species.error),
    ]


def _cell(interval: Interval) -> str:
    return f"{interval.value:.4f} [{interval.low:.4f}, {interval.high:.4f}]"
