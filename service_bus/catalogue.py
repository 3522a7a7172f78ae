"""Every topic the airport has declared, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from service_bus.dead_letters import declared_name
from service_bus.domain import Envelope, Topic
from service_bus.errors import TooLarge, UnknownTopic


class Catalogue:
    """The declared topics; built once from all packages' ``events.py``.

    Retry and dead-letter topics are known because the topic they stand beside is.
    """

    def __init__(self, topics: Iterable[Topic]) -> None:
        """Gather topics.

        Raises:
            ValueError: two packages declare one name, or a name is kept for retries or letters.
        """
        self._topics: dict[str, Topic] = {}
        for topic in topics:
            known = self._topics.setdefault(topic.name, topic)
            if known != topic:
                raise ValueError(
                    f"topic {topic.name} is declared by {known.owner}, otherwise by {topic.owner}"
                )
            if declared_name(topic.name) != topic.name:
                raise ValueError(f"topic {topic.name}: -dlq- and -retry- are the bus's own words")

    def __iter__(self) -> Iterator[Topic]:
        return iter(self._topics.values())

    def __len__(self) -> int:
        return len(self._topics)

    def __getitem__(self, name: str) -> Topic:
        """The declared topic of this name.

        Raises:
            UnknownTopic: nobody declared it.
        """
        try:
            return self._topics[name]
        except KeyError:
            raise UnknownTopic(name) from None

    def admit(self, topic: Topic, envelopes: Iterable[Envelope] = ()) -> None:
        """Check what is about to be published or read.

        Raises:
            UnknownTopic: neither declared nor beside a declared topic.
            TooLarge: an envelope's data exceed the topic's limit.
        """
        if topic.name not in self._topics and declared_name(topic.name) not in self._topics:
            raise UnknownTopic(topic.name)
        limit = topic.max_bytes
        for envelope in envelopes:
            if len(envelope.data) > limit:
                raise TooLarge(len(envelope.data), limit, f"message for {topic.name}")
