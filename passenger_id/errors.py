"""What can go wrong on the passenger's way.

PassengerError
├── UnknownJourney (LookupError)       no journey with this id
├── PhotoRefused (ValueError)          an enrolment photo that cannot become a template; says why
├── ConsentMissing (ValueError)        enrolment without a consent version or channel
├── GuardianRequired (ValueError)      a child under 14 without a guardian
├── SequenceTaken (ValueError)         check-in sequence already held by another passenger
├── TransitionRefused (RuntimeError)   the journey may not move there from where it stands (409)
│   └── AlreadyThere                   a second scan: the journey has been in that state before
├── NotEnrolled (LookupError)          nothing to withdraw
├── EnrolmentRefused (RuntimeError)    the journey is over, or its flight is (409)
├── TemplateDamaged (RuntimeError)     sealed bytes do not open: altered, or sealed by another key
├── KeyMismatch (RuntimeError)         another master key than the templates were sealed with
└── EncoderUnavailable (ConnectionError)  no face model answers now; use the desk
"""

from __future__ import annotations

from typing import ClassVar


class PassengerError(Exception):
    """Root of everything passenger_id raises on purpose."""


class UnknownJourney(PassengerError, LookupError):
    """A journey id that nobody has announced, or not yet."""

    def __init__(self, journey_id: str) -> None:
        self.journey_id = journey_id
        super().__init__(f"no journey {journey_id!r}")


class NotEnrolled(PassengerError, LookupError):
    """A withdrawal for a journey that holds no consent."""

    def __init__(self, journey_id: str) -> None:
        self.journey_id = journey_id
        super().__init__(f"journey {journey_id!r} has no face enrolled")


class PhotoRefused(PassengerError, ValueError):
    """An enrolment photo that does not show one usable face.

    Attributes:
        field: always ``photo``.
        code: the reason's code in the catalogue.
    """

    field = "photo"

    def __init__(self, code: str, zh: str, en: str) -> None:
        self.code, self.zh, self.en = code, zh, en
        super().__init__(f"{zh} {en}")


class EnrolmentRefused(PassengerError, RuntimeError):
    """No face is enrolled for a journey that is over or cannot be boarded any more."""

    status: ClassVar[int] = 409

    def __init__(self, code: str, zh: str, en: str) -> None:
        self.code, self.zh, self.en = code, zh, en
        super().__init__(f"{zh} {en}")


class ConsentMissing(PassengerError, ValueError):
    """A template may only exist beside a consent; this names the part of it that is missing."""

    code = "consent_missing"

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(f"consent needs {field}: without it no face template is made")


class GuardianRequired(PassengerError, ValueError):
    """Under 14 years the consent is a guardian's."""

    field = "guardian"
    code = "guardian_required"

    def __init__(self) -> None:
        super().__init__("passenger is under 14: name the guardian who consents")


class SequenceTaken(PassengerError, ValueError):
    """Two active passengers of one flight may not hold one check-in sequence number."""

    field = "sequence"
    code = "sequence_taken"

    def __init__(self, flight: str, sequence: int) -> None:
        self.flight, self.sequence = flight, sequence
        super().__init__(f"{flight}: sequence {sequence} is held by another active passenger")


class TransitionRefused(PassengerError, RuntimeError):
    """A move that the journey's state machine does not know."""

    status: ClassVar[int] = 409
    code: ClassVar[str] = "transition_refused"

    def __init__(self, journey_id: str, state: str, to: str) -> None:
        self.journey_id, self.state, self.to = journey_id, state, to
        super().__init__(f"journey {journey_id}: no way from {state} to {to}")


class AlreadyThere(TransitionRefused):
    """The journey has been brought to that state before, by another event."""

    code: ClassVar[str] = "duplicate"


class TemplateDamaged(PassengerError, RuntimeError):
    """Sealed bytes that do not open: altered on disk, moved to another row, or another key's."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} does not open: altered, or sealed with another key")


class KeyMismatch(PassengerError, RuntimeError):
    """Templates are sealed under a master key other than the one given."""

    def __init__(self, stored: str, held: str) -> None:
        self.stored, self.held = stored, held
        super().__init__(
            f"templates were sealed with master key {stored}, the one given is {held}: "
            "give the master key that belongs to this database"
        )


class EncoderUnavailable(PassengerError, ConnectionError):
    """No face model can answer now: starting, overloaded or away."""
