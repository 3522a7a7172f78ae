"""Asks an algorithm one question in this process, without a platform; for the command line."""

from __future__ import annotations

from ai_center.catalogue import installed
from ai_center.errors import WrongPayload
from ai_center.hosting import Host, HostContext, Hosted


def ask(name: str, payload: object, context: HostContext) -> object:
    """The answer of the version that serves; nothing falls back.

    Args:
        name: of an algorithm that takes plain values.
        payload: its question, as from JSON.
        context: where models are, and how many threads may compute.

    Raises:
        UnknownAlgorithm: it is not registered.
        WrongPayload: it takes something else; photos are never asked about here.
        FactsRefused: the question is refused; names the field.
        ModelUnavailable: its weights are not here.
    """
    card = (entry := installed().get(name)).card
    if card.signature.payload is not dict or not isinstance(payload, dict):
        raise WrongPayload(
            name, expected=card.signature.payload.__name__, found=type(payload).__name__
        )
    host = Host([Hosted(name=name, factory=entry.factory)], context)
    (outcome,) = host.call(name, [payload])
    if outcome.fault is not None:
        raise outcome.fault
    return outcome.value
