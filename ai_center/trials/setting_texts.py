"""Settings of a version as they are typed: ``name=value``, read as what the bench says a setting is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ai_center.errors import Untrainable
from ai_center.trials.bench import Bench, Scalar


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
