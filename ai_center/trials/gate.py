"""Rules of gates: each is kept or not, and says what was found."""

from __future__ import annotations

from collections.abc import Iterable

from ai_center.trials.measures import Check, Measure, told
from ai_center.trials.sheet import Sheet, paired


def at_most(
    sheet: Sheet, subject: str, measure: Measure, most: float, *, total: bool = False
) -> Check:
    """A figure, or the sum over all cases, is at most so much."""
    rule = f"{measure.words.en} at most {told(most, measure)}"
    if not sheet.has(subject, measure):
        return Check(rule=rule, kept=False, found="not measured in every case")
    value = sheet.total(subject, measure.name) if total else sheet.estimate(subject, measure).value
    return Check(rule=rule, kept=value <= most, found=told(value, measure))


def at_least(sheet: Sheet, subject: str, measure: Measure, least: float) -> Check:
    """A figure is at least so much."""
    rule = f"{measure.words.en} at least {told(least, measure)}"
    if not sheet.has(subject, measure):
        return Check(rule=rule, kept=False, found="not measured in every case")
    value = sheet.estimate(subject, measure).value
    return Check(rule=rule, kept=value >= least, found=told(value, measure))


def beats(sheet: Sheet, subject: str, rival: str, measure: Measure) -> Check:
    """Better than a rival on the same cases: for few cases in each, for many not by chance."""
    found = paired(sheet, sheet, measure, (subject, rival))
    rule = f"less {measure.words.en} than {rival}"
    if found is None:
        return Check(rule=rule, kept=False, found="no case")
    better = found.verdict == "first" or found.wins == found.cases
    return Check(
        rule=rule,
        kept=better,
        found=f"less in {found.wins} of {found.cases} cases, "
        f"{told(found.first, measure)} against {told(found.second, measure)}",
    )


def no_more(sheet: Sheet, subject: str, rival: str, measure: Measure) -> Check:
    """Not more of something than a rival has."""
    own, theirs = (sheet.estimate(name, measure).value for name in (subject, rival))
    return Check(
        rule=f"no more {measure.words.en} than {rival}",
        kept=own <= theirs,
        found=f"{told(own, measure)} against {told(theirs, measure)}",
    )


def not_above(sheet: Sheet, subject: str, rival: str, measure: Measure) -> Check:
    """In no case above a rival: for what starts from the rival's answer and may only get better."""
    found = paired(sheet, sheet, measure, (subject, rival))
    return Check(
        rule=f"in no case more {measure.words.en} than {rival}",
        kept=found is not None and found.losses == 0,
        found="no case"
        if found is None
        else f"less in {found.wins}, more in {found.losses} of {found.cases}, "
        f"{told(found.first, measure)} against {told(found.second, measure)}",
    )


def not_worse(new: Sheet, served: Sheet, measure: Measure, name: str, version: str) -> Check:
    """Not really worse than the version that serves, on the cases both did."""
    found = paired(new, served, measure, (name, name))
    rule = f"not worse than {version}, which serves"
    if found is None:
        return Check(rule=rule, kept=False, found="no case in common: evaluate both on the same")
    return Check(
        rule=rule,
        kept=found.verdict != "second",
        found=f"{told(found.first, measure)} against {told(found.second, measure)} in "
        f"{found.cases} cases, chance {min(found.chance, found.sign_chance):.3f}",
    )


def enough(sheet: Sheet, cases: int) -> Check:
    """Measured on as many cases as the card says, so that luck with a few is not enough."""
    found = len(sheet.cases)
    return Check(rule=f"measured on at least {cases} cases", kept=found >= cases, found=f"{found}")


def broken(checks: Iterable[Check]) -> list[Check]:
    """The rules that are not kept."""
    return [check for check in checks if not check.kept]
