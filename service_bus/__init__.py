"""The enterprise service bus: envelopes, topics and their delivery. It knows no business word."""

from service_bus.access import PUBLIC, Principal
from service_bus.catalogue import Catalogue
from service_bus.component import Check, Component, Handler, Subscription, Task
from service_bus.domain import (
    Envelope,
    Lag,
    Position,
    Received,
    Record,
    RetryPolicy,
    Topic,
    TopicPartition,
    utc_now,
)
from service_bus.errors import (
    BusError,
    Malformed,
    OffsetOutOfRange,
    Reject,
    Retry,
    StaleGeneration,
    TooLarge,
    Unavailable,
    UnknownTopic,
)
from service_bus.intake import content_id, refuse, take_in
from service_bus.ports import Bus, Clock, Consumer, Guard, Observer, Start
from service_bus.reading import Mode, Notice
from service_bus.wire_format import (
    Decoder,
    Locator,
    Look,
    Place,
    Recogniser,
    Step,
    WireFormat,
    WireWords,
)

__all__ = [
    "PUBLIC",
    "Bus",
    "BusError",
    "Catalogue",
    "Check",
    "Clock",
    "Component",
    "Consumer",
    "Decoder",
    "Envelope",
    "Guard",
    "Handler",
    "Lag",
    "Locator",
    "Look",
    "Malformed",
    "Mode",
    "Notice",
    "Observer",
    "OffsetOutOfRange",
    "Place",
    "Position",
    "Principal",
    "Received",
    "Recogniser",
    "Record",
    "Reject",
    "Retry",
    "RetryPolicy",
    "StaleGeneration",
    "Start",
    "Step",
    "Subscription",
    "Task",
    "TooLarge",
    "Topic",
    "TopicPartition",
    "Unavailable",
    "UnknownTopic",
    "WireFormat",
    "WireWords",
    "content_id",
    "refuse",
    "take_in",
    "utc_now",
]
