"""What the catalogue admits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service_bus import Catalogue, Envelope, TooLarge, Topic, UnknownTopic
from service_bus.dead_letters import dead_letter_topic, retry_topic

FLIGHTS = Topic(name="operations.flight.changed.v1", owner="operations", summary="s", key="leg")


def test_the_same_declaration_twice_is_one_topic() -> None:
    assert list(Catalogue([FLIGHTS, FLIGHTS])) == [FLIGHTS]


def test_two_declarations_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="declared by operations"):
        Catalogue([FLIGHTS, replace(FLIGHTS, partitions=8)])


def test_names_of_dead_letters_are_reserved() -> None:
    with pytest.raises(ValueError, match="own words"):
        Catalogue([dead_letter_topic(FLIGHTS, "somebody")])


def test_unknown_topics_are_refused() -> None:
    catalogue = Catalogue([FLIGHTS])
    stranger = replace(FLIGHTS, name="operations.flight.gone.v1")
    for topic in (stranger, dead_letter_topic(stranger, "g"), retry_topic(stranger, "g")):
        with pytest.raises(UnknownTopic, match=topic.name):
            catalogue.admit(topic)
    with pytest.raises(LookupError):
        catalogue["operations.flight.gone.v1"]


def test_topics_beside_a_declared_one_are_known() -> None:
    catalogue = Catalogue([FLIGHTS])
    catalogue.admit(dead_letter_topic(FLIGHTS, "passenger.journeys"))
    catalogue.admit(retry_topic(FLIGHTS, "passenger.journeys"))


def test_data_over_the_limit_are_refused() -> None:
    small = replace(FLIGHTS, max_bytes=3)
    envelope = Envelope(
        id="1", source="s", type=small.name, subject="k", time=datetime.now(UTC), data=b"1234"
    )
    with pytest.raises(TooLarge, match="4 bytes exceeds the limit of 3"):
        Catalogue([small]).admit(small, [envelope])


def test_letters_about_people_are_not_kept_longer_than_their_topic() -> None:
    personal = replace(FLIGHTS, personal=True, retention=timedelta(days=2))
    assert dead_letter_topic(personal, "g").retention == timedelta(days=2)
    assert dead_letter_topic(FLIGHTS, "g").retention == timedelta(days=30)
