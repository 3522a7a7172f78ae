"""No embedding shows itself, whatever is printed, logged or raised."""

from __future__ import annotations

import logging
import pickle

import numpy as np
import pytest

from ai_center import Answer, FaceTemplate, Outcome
from ai_center.errors import (
    AiError,
    AlgorithmFailed,
    ModelCorrupt,
    ModelMismatch,
    ModelUnavailable,
    NotReady,
    Overloaded,
    PhotoRefused,
    TimedOut,
    Uncalibrated,
    Unconvertible,
    UnknownAlgorithm,
    UnknownModel,
    WrongPayload,
)
from tests.unit.ai_center.faces import MODEL, draw, pipeline, png

ERRORS: tuple[AiError, ...] = (
    AlgorithmFailed("face", "KeyError"),
    ModelCorrupt("m", expected="aa", found="bb"),
    ModelMismatch("aa", "bb"),
    ModelUnavailable("m", ("pip could not",)),
    NotReady("starting"),
    Overloaded("face"),
    PhotoRefused("no-face", "nobody"),
    TimedOut("face", 1.5),
    Uncalibrated("m", 1e-3),
    Unconvertible("one tensor"),
    UnknownAlgorithm("x"),
    UnknownModel("x", ("a", "b")),
    WrongPayload("face", expected="bytes", found="str"),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_travel_between_processes(error: AiError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def fingerprints(vector: np.ndarray) -> list[str]:
    """How a number of the vector would look in text."""
    return [f"{value:.3f}" for value in vector[:8]] + [f"{value:.4f}" for value in vector[:8]]


def test_nothing_prints_a_vector(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        (outcome,) = pipeline().predict([png(draw())])
        seen = outcome.value
        answer = Answer(
            value=seen, algorithm="f", version="1", model=MODEL, degraded=False, elapsed_ms=1.0
        )
        template = FaceTemplate(embedding=seen.embedding, model=MODEL)  # type: ignore[attr-defined]
        logging.getLogger("test").info("%r %r %r %s", outcome, answer, template, seen)
    text = caplog.text
    assert "FaceObservation" in text
    assert "array" not in text
    for number in fingerprints(template.embedding):
        assert number not in text
    assert isinstance(outcome, Outcome)
    assert "FaceObservation" not in repr(outcome)
