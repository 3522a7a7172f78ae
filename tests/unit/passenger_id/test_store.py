"""What every store keeps, and what only the durable one can show: sealed, constrained, reopened."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from passenger_id.adapters import key_file, sql_vault
from passenger_id.adapters.sql_store import METADATA, SqlStore
from passenger_id.app import MIGRATIONS
from passenger_id.boarding import Step
from passenger_id.domain import Consent, FlightPhase, JourneyId, Method, State, Template
from passenger_id.errors import KeyMismatch, SequenceTaken, TemplateDamaged
from passenger_id.ports import JourneyQuery, KeptDecision, Store
from service_bus.sql import migrate, open_engine
from tests.unit.passenger_id.desk import FLIGHT, NOW, STD, journey, view

MODEL = "a" * 64
VECTOR = np.linspace(-1.0, 1.0, 128, dtype=np.float32)


def consent(identity: str = "c1", at: datetime = NOW) -> Consent:
    return Consent(
        id=identity,
        journey_id=JourneyId("jtest"),
        version="2026-11",
        channel="kiosk",
        purposes=("boarding",),
        given_at=at,
        guardian="",
    )


def template(**changes: object) -> Template:
    return replace(
        Template(
            journey_id=JourneyId("jtest"),
            model_sha256=MODEL,
            purpose="boarding",
            embedding=VECTOR,
            created_at=NOW,
            purge_at=STD + timedelta(hours=24),
        ),
        **changes,
    )


def seal(store: Store, **changes: object) -> None:
    with store.writing() as books:
        books.vault.seal(consent(), template(**changes))


def opened(
    store: Store, model: str = MODEL, purpose: str = "boarding", now: datetime = NOW
) -> object:
    with store.reading() as books:
        return books.vault.open(JourneyId("jtest"), model_sha256=model, purpose=purpose, now=now)


class TestEveryStore:
    def test_keeps_a_journey_whole(self, store: Store) -> None:
        with store.writing() as books:
            books.journeys.save(journey(document_hmac="ff"))
        with store.reading() as books:
            assert books.journeys.find(JourneyId("jtest")) == journey(document_hmac="ff")
            assert books.journeys.find(JourneyId("nobody")) is None

    def test_refuses_a_sequence_held_by_another_active_passenger(self, store: Store) -> None:
        with store.writing() as books:
            books.journeys.save(journey())
        with pytest.raises(SequenceTaken), store.writing() as books:
            books.journeys.save(journey(id=JourneyId("j2")))
        with store.writing() as books:
            books.journeys.save(journey(state=State.OFFLOADED))
            books.journeys.save(journey(id=JourneyId("j2")))

    def test_takes_everything_back_after_an_error(self, store: Store) -> None:
        def fail() -> None:
            with store.writing() as books:
                books.journeys.save(journey())
                books.vault.seal(consent(), template())
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        with store.reading() as books:
            assert books.journeys.find(JourneyId("jtest")) is None
            assert books.vault.census(NOW).active_templates == 0

    def test_finds_journeys_by_gate_as_announced_else_as_the_dcs_said(self, store: Store) -> None:
        with store.writing() as books:
            books.journeys.save(journey(gate="D12"))

        def ids(gate: str) -> list[str]:
            with store.reading() as books:
                return [found.id for found in books.journeys.select(JourneyQuery(gate=gate))[0]]

        assert (ids("D12"), ids("E3")) == (["jtest"], [])
        with store.writing() as books:
            books.flights.save(view(gates=("E3",)))
        assert (ids("D12"), ids("E3")) == ([], ["jtest"])

    def test_finds_journeys_by_text_and_flight(self, store: Store) -> None:
        with store.writing() as books:
            books.journeys.save(journey())
            books.journeys.save(
                journey(id=JourneyId("j2"), passenger_name="张三", sequence=18, seat="14C")
            )

        def ids(**query: str) -> list[str]:
            with store.reading() as books:
                return [found.id for found in books.journeys.select(JourneyQuery(**query))[0]]

        assert ids(text="sanmei") == ["jtest"]
        assert ids(text="张三") == ["j2"]
        assert ids(text="14c") == ["j2"]
        assert ids(text="%") == []
        assert ids(flight="MU5101") == ["jtest", "j2"]
        assert ids(flight="MU5102") == []

    def test_keeps_steps_in_order(self, store: Store) -> None:
        step = Step(
            journey_id=JourneyId("jtest"),
            event_id="e1",
            to=State.GATE_RECHECK,
            at=NOW,
            actor="kiosk",
            device="D12",
            method=Method.FACE,
            reason="face_match",
            score_band="strong",
        )
        steps = [step, replace(step, to=State.BOARDED)]
        with store.writing() as books:
            for kept in steps:
                books.journeys.record(kept)
        with store.reading() as books:
            assert books.journeys.steps(JourneyId("jtest")) == steps

    def test_an_older_announcement_does_not_overwrite(self, store: Store) -> None:
        with store.writing() as books:
            assert books.flights.save(view(phase=FlightPhase.CANCELLED))
            assert not books.flights.save(view(as_of=NOW - timedelta(minutes=1)))
        with store.reading() as books:
            held = books.flights.find(FLIGHT)
            assert held == view(phase=FlightPhase.CANCELLED)
            assert books.flights.select([FLIGHT]) == {FLIGHT: held}

    def test_keeps_decisions(self, store: Store) -> None:
        decision = KeptDecision(
            event_id="e1",
            journey_id=JourneyId("jtest"),
            at=NOW,
            gate="D12",
            actor="kiosk",
            outcome="match",
            reason="face_match",
            answer=b"{}",
        )
        with store.writing() as books:
            books.decisions.save(decision)
        with store.reading() as books:
            assert books.decisions.find(JourneyId("jtest"), "e1") == decision
            assert books.decisions.find(JourneyId("jtest"), "e2") is None


class TestEveryVault:
    def test_opens_what_was_sealed(self, store: Store) -> None:
        seal(store)
        assert np.array_equal(opened(store), VECTOR)  # type: ignore[arg-type]

    def test_another_model_or_purpose_never_opens(self, store: Store) -> None:
        seal(store)
        assert opened(store, model="b" * 64) is None
        assert opened(store, purpose="marketing") is None

    def test_a_template_past_its_time_does_not_open(self, store: Store) -> None:
        seal(store, purge_at=NOW)
        assert opened(store) is None
        with store.reading() as books:
            assert books.vault.due(NOW) == ["jtest"]
            assert books.vault.census(NOW).templates_overdue == 1

    def test_a_purpose_outside_the_consent_is_refused(self, store: Store) -> None:
        with pytest.raises(ValueError, match="purpose"), store.writing() as books:
            books.vault.seal(consent(), template(purpose="marketing"))

    def test_withdrawal_ends_consent_and_template(self, store: Store) -> None:
        seal(store)
        with store.writing() as books:
            assert books.vault.destroy(JourneyId("jtest"), withdrawn_at=NOW)
        with store.reading() as books:
            held = books.vault.consent(JourneyId("jtest"))
            assert held is not None
            assert held.withdrawn_at == NOW
            assert books.vault.census(NOW).active_templates == 0
        with store.writing() as books:
            assert not books.vault.destroy(JourneyId("jtest"), withdrawn_at=NOW)

    def test_a_passenger_may_enrol_again(self, store: Store) -> None:
        seal(store)
        with store.writing() as books:
            books.vault.destroy(JourneyId("jtest"), withdrawn_at=NOW)
            later = NOW + timedelta(minutes=5)
            books.vault.seal(consent("c2", later), template(embedding=-VECTOR))
        with store.reading() as books:
            held = books.vault.consent(JourneyId("jtest"))
        assert held is not None
        assert (held.id, held.withdrawn_at) == ("c2", None)
        assert np.array_equal(opened(store), -VECTOR)  # type: ignore[arg-type]

    def test_the_flight_moves_the_deadline(self, store: Store) -> None:
        seal(store)
        with store.writing() as books:
            books.vault.reschedule([JourneyId("jtest")], NOW)
        assert opened(store) is None


class TestTheDurableStore:
    def test_survives_a_restart(self, open_sql_store: Callable[[], SqlStore]) -> None:
        first = open_sql_store()
        with first.writing() as books:
            books.journeys.save(journey())
        seal(first)
        assert np.array_equal(opened(open_sql_store()), VECTOR)  # type: ignore[arg-type]

    def test_the_database_refuses_a_template_without_active_consent(
        self, open_sql_store: Callable[[], SqlStore]
    ) -> None:
        engine = open_sql_store()._engine
        row = {
            "journey_id": "j9",
            "consent_id": "never given",
            "consent_active": True,
            "model_sha256": MODEL,
            "purpose": "boarding",
            "nonce": b"",
            "sealed": b"",
            "created_at": NOW,
            "purge_at": NOW,
        }
        with engine.begin() as connection:
            connection.execute(
                sa.insert(sql_vault.DATA_KEYS).values(journey_id="j9", master_id="m", wrapped=b"")
            )
        for active in (True, False):
            with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
                connection.execute(
                    sa.insert(sql_vault.TEMPLATES).values({**row, "consent_active": active})
                )

    def test_the_database_refuses_to_end_a_consent_before_its_template(
        self, open_sql_store: Callable[[], SqlStore]
    ) -> None:
        store = open_sql_store()
        seal(store)
        with pytest.raises(sa.exc.IntegrityError), store._engine.begin() as connection:
            connection.execute(sa.update(sql_vault.CONSENTS).values(active=False))

    def test_a_row_moved_to_another_model_does_not_open(
        self, open_sql_store: Callable[[], SqlStore]
    ) -> None:
        store = open_sql_store()
        seal(store)
        with store._engine.begin() as connection:
            connection.execute(sa.update(sql_vault.TEMPLATES).values(model_sha256="b" * 64))
        with pytest.raises(TemplateDamaged):
            opened(store, model="b" * 64)

    def test_another_key_file_is_refused(
        self, open_sql_store: Callable[[], SqlStore], tmp_path: Path
    ) -> None:
        seal(open_sql_store())
        (tmp_path / "master.key").unlink()
        with pytest.raises(KeyMismatch):
            open_sql_store()

    def test_destroyed_bytes_are_in_no_file(
        self, open_sql_store: Callable[[], SqlStore], tmp_path: Path
    ) -> None:
        store = open_sql_store()
        seal(store)
        with store._engine.begin() as connection:
            wrapped = connection.execute(sa.select(sql_vault.DATA_KEYS.c.wrapped)).scalar_one()
            sealed = connection.execute(sa.select(sql_vault.TEMPLATES.c.sealed)).scalar_one()

        def on_disk(secret: bytes) -> bool:
            return any(secret in path.read_bytes() for path in tmp_path.iterdir())

        assert on_disk(wrapped)
        assert on_disk(sealed)
        assert not on_disk(VECTOR.tobytes())
        with store.writing() as books:
            books.vault.destroy(JourneyId("jtest"), withdrawn_at=NOW)
        store.scrub()
        assert not on_disk(wrapped)
        assert not on_disk(sealed)

    def test_the_migration_makes_the_declared_tables(self, tmp_path: Path) -> None:
        engine = open_engine(f"sqlite:///{tmp_path / 'migrated.sqlite3'}")
        migrate(engine, package="passenger_id", scripts=MIGRATIONS)
        inspector = sa.inspect(engine)
        for metadata in (METADATA, sql_vault.METADATA):
            for table in metadata.sorted_tables:
                found = {column["name"]: column for column in inspector.get_columns(table.name)}
                assert set(found) == set(table.c.keys()), table.name
                assert {n for n, c in found.items() if not c["nullable"]} == {
                    column.name for column in table.c if not column.nullable
                }, table.name
                assert {index["name"] for index in inspector.get_indexes(table.name)} >= {
                    index.name for index in table.indexes
                }, table.name
        engine.dispose()


class TestTheKeyFile:
    def test_is_made_once_for_its_owner_only(self, tmp_path: Path) -> None:
        path = tmp_path / "master.key"
        first = key_file.open_key_file(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert key_file.open_key_file(path).id == first.id

    def test_is_refused_when_others_may_read_it(self, tmp_path: Path) -> None:
        path = tmp_path / "master.key"
        key_file.open_key_file(path)
        path.chmod(0o640)
        with pytest.raises(PermissionError, match="0600"):
            key_file.open_key_file(path)

    def test_pseudonyms_depend_on_the_key(self) -> None:
        one, two = key_file.KeyRing(b"1" * 32), key_file.KeyRing(b"2" * 32)
        key = ("MU", "5101", "2026-11-24", "SHA", "K7Q2ZP", "ZHANG/SAN")
        assert one.journey_id(key) == one.journey_id(key) != two.journey_id(key)
        assert one.document("11010519491231002x") == one.document("11010519491231002X")
        assert one.document("11010519491231002X") != two.document("11010519491231002X")
