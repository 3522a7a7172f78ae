"""Consumer groups in the log's tables: who is a member, who reads what, what is done.

All of it runs inside the writer's transactions, so two processes on one file agree. A partition has
an *epoch* that grows whenever it changes hands; a commit is good only from the owner in the epoch
it knows, so a member that slept through losing a partition and getting it back cannot wind the
group back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from service_bus.adapters.sqlite_log.writer import Transaction
from service_bus.domain import TopicPartition
from service_bus.errors import StaleGeneration
from service_bus.partitions import share_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One consumer's membership: partitions (by number) that it wants a share of."""

    group: str
    name: str
    wants: tuple[int, ...]


class Share(NamedTuple):
    """A partition given to a member: since which epoch, and where its group is."""

    epoch: int
    offset: int


def keep(members: Sequence[Member], lease_us: int) -> Callable[[Transaction], None]:
    """A job that joins members or renews their leases, and expels who has gone silent."""

    def job(transaction: Transaction) -> None:
        transaction.connection.executemany(
            "INSERT OR REPLACE INTO member VALUES (?,?,?,?)",
            [
                (
                    member.group,
                    member.name,
                    orjson.dumps(member.wants).decode(),
                    transaction.now_us + lease_us,
                )
                for member in members
            ],
        )
        for group in {member.group for member in members}:
            _rebalance(transaction, group)

    return job


def begin_at_end(member: Member) -> Callable[[Transaction], None]:
    """A job for groups that start at the latest message: the group's place is set there at once.

    Otherwise what comes in before the first commit would be skipped by whoever reads it next.
    """

    def job(transaction: Transaction) -> None:
        transaction.connection.executemany(
            "INSERT OR IGNORE INTO offs VALUES (?,?,?,?)",
            [
                (member.group, number, transaction.head(number).next, transaction.now_us)
                for number in member.wants
            ],
        )

    return job


def leave(group: str, name: str) -> Callable[[Transaction], None]:
    """A job that ends a membership; the others take over at once."""

    def job(transaction: Transaction) -> None:
        transaction.connection.execute("DELETE FROM member WHERE grp=? AND name=?", (group, name))
        _rebalance(transaction, group)

    return job


def shares(member: Member) -> Callable[[Transaction], dict[int, Share] | None]:
    """A job that tells a member its partitions; ``None`` when it was expelled."""

    def job(transaction: Transaction) -> dict[int, Share] | None:
        known = transaction.connection.execute(
            "SELECT 1 FROM member WHERE grp=? AND name=?", (member.group, member.name)
        ).fetchone()
        if not known:
            return None
        rows = transaction.connection.execute(
            "SELECT owner.head, owner.epoch, ifnull(offs.off, head.low) FROM owner"
            " JOIN head ON head.id = owner.head"
            " LEFT JOIN offs ON offs.grp = owner.grp AND offs.head = owner.head"
            " WHERE owner.grp = ? AND owner.member = ?",
            (member.group, member.name),
        )
        return {number: Share(epoch, offset) for number, epoch, offset in rows.fetchall()}

    return job


def commit(
    group: str, name: str, offsets: Mapping[int, int], epochs: Mapping[int, int]
) -> Callable[[Transaction], None]:
    """A job that sets a group's next offsets.

    Raises:
        StaleGeneration: (the job) a partition has changed hands since the member got it.
    """

    def job(transaction: Transaction) -> None:
        connection = transaction.connection
        owned = dict(
            connection.execute(
                "SELECT head, epoch FROM owner WHERE grp=? AND member=?", (group, name)
            ).fetchall()
        )
        if any(number not in owned or owned[number] != epochs.get(number) for number in offsets):
            raise StaleGeneration(group, name)
        connection.executemany(
            "INSERT OR REPLACE INTO offs VALUES (?,?,?,?)",
            [(group, number, offset, transaction.now_us) for number, offset in offsets.items()],
        )

    return job


def _generation(transaction: Transaction, group: str) -> int:
    row = transaction.connection.execute(
        "SELECT generation FROM grp WHERE name=?", (group,)
    ).fetchone()
    return row[0] if row else 0


def _rebalance(transaction: Transaction, group: str) -> None:
    """Share the partitions out again if members came, went or fell silent."""
    connection = transaction.connection
    connection.execute(
        "DELETE FROM member WHERE grp=? AND until_us<=?", (group, transaction.now_us)
    )
    # share_out speaks of partitions; here they go by number.
    wanted = {
        name: [TopicPartition("", number) for number in orjson.loads(wants)]
        for name, wants in connection.execute(
            "SELECT name, wants FROM member WHERE grp=?", (group,)
        ).fetchall()
    }
    before = {
        TopicPartition("", number): (member, epoch)
        for number, member, epoch in connection.execute(
            "SELECT head, member, epoch FROM owner WHERE grp=?", (group,)
        ).fetchall()
    }
    after = share_out(wanted, {place: member for place, (member, _epoch) in before.items()})
    moved = [
        (group, place.partition, member, before[place][1] + 1 if place in before else 1)
        for place, member in after.items()
        if place not in before or before[place][0] != member
    ]
    # A partition nobody wants now keeps its row under no name, so that its epoch goes on growing.
    orphans = [
        (group, place.partition, "", epoch + 1)
        for place, (member, epoch) in before.items()
        if place not in after and member
    ]
    if moved or orphans:
        connection.executemany("INSERT OR REPLACE INTO owner VALUES (?,?,?,?)", moved + orphans)
        generation = _generation(transaction, group) + 1
        connection.execute("INSERT OR REPLACE INTO grp VALUES (?,?)", (group, generation))
        transaction.generations[group] = generation
