"""What can go wrong in the algorithm centre.

AiError
├── UnknownAlgorithm (LookupError)   no algorithm of that name is registered
├── UnknownDataset (LookupError)     no data set of that name is declared
├── UnknownModel (LookupError)       no model or pack of that name has a manifest
├── WrongPayload (ValueError)        a call's payload does not fit the algorithm's signature
├── FactsRefused (ValueError)        facts that a forecast cannot be made from
├── PhotoRefused (ValueError)        bytes that are no photo we take, or a photo without a face
├── ModelMismatch (ValueError)       templates of two models, which never compare
├── Uncalibrated (RuntimeError)      a model without a threshold for the wanted error rate
├── ModelUnavailable (ConnectionError)  weights are not here and no source gave them
├── ModelCorrupt (RuntimeError)      weights whose sha256 is not the pinned one
├── DatasetUnavailable (ConnectionError)  the files of a data set are not here
├── DatasetChanged (ValueError)      files that are not the declared ones, or cannot be read
├── Untrainable (RuntimeError)       this installation cannot train, or the data do not suffice
├── NotPromoted (PermissionError)    a version that does not keep its gate, or is not there
├── Unconvertible (ValueError)      published weights that the converter does not know
├── NotReady (ConnectionError)       the runtime is starting, restarting or stopped
├── Overloaded (ConnectionError)     the queue of the algorithm is full; try again later
├── TimedOut (ConnectionError)       no answer inside the caller's time limit
└── AlgorithmFailed (RuntimeError)   the algorithm itself broke; its own text is not passed on

They travel between processes, so every one can be pickled. None ever carries a picture, a template
or a piece of either: the text of a foreign exception is dropped for that reason.
"""

from __future__ import annotations

from typing import Any


class AiError(Exception):
    """Root of everything the algorithm centre raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (type(self), self.args, dict(self.__dict__))


def _revive(kind: type[AiError], args: tuple[object, ...], facts: dict[str, object]) -> AiError:
    """Rebuild an error that was sent from another process, without running its constructor."""
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(facts)
    return error


class UnknownAlgorithm(AiError, LookupError):
    """No algorithm called ``name`` is registered, or none that can be trained."""

    def __init__(self, name: str, known: tuple[str, ...] = ()) -> None:
        self.name = name
        hint = f"; known: {', '.join(known)}" if known else ""
        super().__init__(f"no algorithm {name!r} is registered{hint}")


class UnknownDataset(AiError, LookupError):
    """No data set called ``name`` is declared."""

    def __init__(self, name: str, known: tuple[str, ...] = ()) -> None:
        self.name = name
        hint = f"; known: {', '.join(known)}" if known else ""
        super().__init__(f"no data set {name!r} is declared{hint}")


class UnknownModel(AiError, LookupError):
    """No model or pack called ``name`` has a manifest."""

    def __init__(self, name: str, known: tuple[str, ...] = ()) -> None:
        self.name = name
        hint = f"; known: {', '.join(known)}" if known else ""
        super().__init__(f"no model or pack {name!r} has a manifest{hint}")


class WrongPayload(AiError, ValueError):
    """A payload of type ``found`` where the algorithm's signature asks for ``expected``."""

    def __init__(self, algorithm: str, *, expected: str, found: str) -> None:
        self.algorithm, self.expected, self.found = algorithm, expected, found
        super().__init__(f"algorithm {algorithm!r} takes {expected}, not {found}")


class PhotoRefused(AiError, ValueError):
    """Bytes that cannot become a face template.

    Attributes:
        code: ``not-an-image``, ``broken``, ``too-many-bytes``, ``too-many-pixels``, ``too-small``
            or ``no-face``.
        reason: the same for a person, without anything from the picture.
    """

    def __init__(self, code: str, reason: str) -> None:
        self.code, self.reason = code, reason
        super().__init__(reason)


class FactsRefused(AiError, ValueError):
    """Facts of a forecast in which ``field`` is not as it must be; no value is told."""

    def __init__(self, field: str, reason: str) -> None:
        self.field, self.reason = field, reason
        super().__init__(f"{field} {reason}")


class ModelMismatch(AiError, ValueError):
    """Two templates, or a template and a calibration, that come from different models."""

    def __init__(self, first: str, second: str) -> None:
        self.first, self.second = first, second
        super().__init__(
            f"templates of model {first[:12]} and {second[:12]} do not compare; enrol again"
        )


class Uncalibrated(AiError, RuntimeError):
    """A model that has no threshold for the false match rate ``fmr``."""

    status = 503

    def __init__(self, model: str, fmr: float) -> None:
        self.model, self.fmr = model, fmr
        super().__init__(
            f"model {model!r} has no threshold for a false match rate of {fmr:g}; "
            "calibrate it with: airport-brain models evaluate"
        )


class ModelUnavailable(AiError, ConnectionError):
    """Weights that are not in the store and that no source gave.

    Attributes:
        name: the model.
        attempts: one sentence per source that was tried.
    """

    def __init__(self, name: str, attempts: tuple[str, ...] = ()) -> None:
        self.name, self.attempts = name, attempts
        tried = "; ".join(attempts) or "run: airport-brain models fetch"
        super().__init__(f"model {name!r} is not in the model store: {tried}")


class ModelCorrupt(AiError, RuntimeError):
    """A file whose sha256 is not the pinned one; it is never opened as a model."""

    status = 503

    def __init__(self, name: str, *, expected: str, found: str) -> None:
        self.name, self.expected, self.found = name, expected, found
        super().__init__(
            f"{name}: sha256 is {found[:16]}..., the manifest pins {expected[:16]}...; "
            "the file is refused (fetch it again, or check where it came from)"
        )


class DatasetUnavailable(AiError, ConnectionError):
    """Files of a data set that are in none of the places that were looked at."""

    def __init__(self, name: str, attempts: tuple[str, ...]) -> None:
        self.name, self.attempts = name, attempts
        super().__init__(f"data set {name!r} is not here: {'; '.join(attempts)}")


class DatasetChanged(AiError, ValueError):
    """Files that are not what the data set's declaration says; the message says where."""


class Untrainable(AiError, RuntimeError):
    """No training here and now; the message says what is missing."""


class NotPromoted(AiError, PermissionError):
    """A version that may not serve.

    Attributes:
        name: of the algorithm, with the version.
        reasons: every rule that is not kept, with what was found.
    """

    def __init__(self, name: str, reasons: tuple[str, ...]) -> None:
        self.name, self.reasons = name, reasons
        super().__init__(f"{name} is not promoted: {'; '.join(reasons)}")


class Unconvertible(AiError, ValueError):
    """A weight file that is not what its converter knows; the message says where it differs."""


class NotReady(AiError, ConnectionError):
    """The runtime cannot take calls now; the message says what it is doing."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(state)


class Overloaded(AiError, ConnectionError):
    """More calls wait for ``algorithm`` than its queue holds."""

    def __init__(self, algorithm: str) -> None:
        self.algorithm = algorithm
        super().__init__(f"algorithm {algorithm!r} has no free place in its queue")


class TimedOut(AiError, ConnectionError):
    """``algorithm`` gave no answer within ``timeout_s`` seconds."""

    def __init__(self, algorithm: str, timeout_s: float) -> None:
        self.algorithm, self.timeout_s = algorithm, timeout_s
        super().__init__(f"algorithm {algorithm!r} gave no answer within {timeout_s:g} s")


class AlgorithmFailed(AiError, RuntimeError):
    """``algorithm`` raised an error of type ``kind``, whose text is not passed on."""

    def __init__(self, algorithm: str, kind: str) -> None:
        self.algorithm, self.kind = algorithm, kind
        super().__init__(f"algorithm {algorithm!r} failed inside ({kind})")
