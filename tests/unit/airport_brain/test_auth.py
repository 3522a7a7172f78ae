from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import Depends, FastAPI, WebSocket
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import WebSocketDenialResponse

from airport_brain import problems
from airport_brain.auth.api import administration_router, session_router
from airport_brain.auth.errors import AccountExists, Throttled, WeakPassword
from airport_brain.auth.guard import SessionGuard
from airport_brain.auth.limits import TokenBuckets
from airport_brain.auth.sessions import COOKIE, Sessions, load_secret
from airport_brain.auth.store import AccountStore

PASSWORD = "correct horse battery"


class Hands:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def store(tmp_path: Path, clock: Hands) -> AccountStore:
    return AccountStore(f"sqlite:///{tmp_path / 'auth.sqlite3'}", clock)


@pytest.fixture
def client(tmp_path: Path, store: AccountStore, clock: Hands) -> TestClient:
    sessions = Sessions(store, load_secret(tmp_path / "secret"), timedelta(hours=12), clock)
    guard = SessionGuard(sessions, TokenBuckets(per_minute=6000, burst=1000))
    app = FastAPI()
    problems.install(app, ())
    # Time stands still for this limit: on a slow machine tokens would come back between two tries.
    sign_in_limit = TokenBuckets(per_minute=60, burst=8, monotonic=lambda: 0.0)
    app.include_router(session_router(sessions, store, guard, sign_in_limit))
    app.include_router(administration_router(store, guard))

    @app.get("/flights", dependencies=[Depends(guard("operations.flights.read"))])
    def flights() -> str:
        return "flights"

    @app.post("/change", dependencies=[Depends(guard("operations.flights.read"))])
    def change() -> str:
        return "changed"

    @app.websocket("/live", dependencies=[Depends(guard("operations.flights.read"))])
    async def live(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    return TestClient(app, base_url="http://airport.test")


def sign_in(client: TestClient, name: str = "lin.wei", password: str = PASSWORD) -> int:
    return client.post("/api/session", json={"name": name, "password": password}).status_code


def test_a_stranger_is_asked_to_sign_in(client: TestClient) -> None:
    answer = client.get("/flights")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_duty_manager_signs_in_and_reads_flights(client: TestClient, store: AccountStore) -> None:
    store.add_account("lin.wei", PASSWORD, ["aoc"])
    assert sign_in(client) == 200
    assert client.get("/flights").json() == "flights"
    assert "operations.flights.read" in client.get("/api/session").json()["scopes"]
    origin = {"origin": "http://airport.test"}
    assert client.delete("/api/session", headers=origin).status_code == 204
    assert client.get("/flights").status_code == 401


def test_a_role_without_the_right_is_forbidden(client: TestClient, store: AccountStore) -> None:
    store.add_account("gate.12", PASSWORD, ["gate"])
    assert sign_in(client, "gate.12") == 200
    assert client.get("/flights").status_code == 403
    assert client.get("/api/keys").status_code == 403


@pytest.mark.parametrize(
    ("name", "password"), [("lin.wei", "wrong password"), ("nobody", PASSWORD)]
)
def test_wrong_name_and_wrong_password_look_the_same(
    client: TestClient, store: AccountStore, name: str, password: str
) -> None:
    store.add_account("lin.wei", PASSWORD, ["aoc"])
    answer = client.post("/api/session", json={"name": name, "password": password})
    assert (answer.status_code, answer.json()["detail"]) == (
        401,
        "name, password or key is not right",
    )


def test_guessing_is_slowed_down(client: TestClient) -> None:
    answers = [sign_in(client, "lin.wei", "guess") for _ in range(9)]
    assert answers[-1] == 429
    assert answers[0] == 401


def test_sessions_expire(client: TestClient, store: AccountStore, clock: Hands) -> None:
    store.add_account("lin.wei", PASSWORD, ["aoc"])
    sign_in(client)
    clock.now += timedelta(hours=12, seconds=1)
    assert client.get("/flights").status_code == 401


def test_a_new_password_ends_open_sessions(client: TestClient, store: AccountStore) -> None:
    store.add_account("lin.wei", PASSWORD, ["aoc"])
    sign_in(client)
    store.set_password("lin.wei", "another long password")
    assert client.get("/flights").status_code == 401


def test_a_forged_token_is_nobody(client: TestClient) -> None:
    client.cookies.set(COOKIE, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.")
    assert client.get("/flights").status_code == 401


def test_another_site_cannot_act_through_the_browser(
    client: TestClient, store: AccountStore
) -> None:
    store.add_account("lin.wei", PASSWORD, ["aoc"])
    sign_in(client)
    assert client.post("/change", headers={"origin": "http://evil.test"}).status_code == 401
    assert client.post("/change").status_code == 401
    assert client.post("/change", headers={"origin": "http://airport.test"}).status_code == 200


def test_sockets_need_credentials_and_our_own_origin(
    client: TestClient, store: AccountStore
) -> None:
    with pytest.raises(WebSocketDenialResponse), client.websocket_connect("/live"):
        pass
    store.add_account("lin.wei", PASSWORD, ["aoc"])
    sign_in(client)
    with (
        pytest.raises(WebSocketDenialResponse),
        client.websocket_connect("/live", headers={"origin": "http://evil.test"}),
    ):
        pass
    origin = {"origin": "http://airport.test"}
    with client.websocket_connect("ws://airport.test/live", headers=origin) as socket:
        assert socket.receive_text() == "hello"


def test_keys_open_what_their_roles_allow_until_revoked(
    client: TestClient, store: AccountStore, clock: Hands
) -> None:
    key = store.add_key("aodb", ["aoc"], valid_for=timedelta(days=1))
    header = {"authorization": f"Bearer {key}"}
    assert client.get("/flights", headers=header).status_code == 200
    store.revoke_key(key.split("_")[1])
    assert client.get("/flights", headers=header).status_code == 401
    other = {"authorization": f"Bearer {store.add_key('b', ['aoc'], valid_for=timedelta(days=1))}"}
    clock.now += timedelta(days=1)
    assert client.get("/flights", headers=other).status_code == 401


def test_a_key_can_open_a_browser_session(client: TestClient, store: AccountStore) -> None:
    key = store.add_key("first administrator", ["admin"], valid_for=None)
    assert client.post("/api/session", json={"access_key": key}).status_code == 200
    assert client.get("/api/keys").json()[0]["name"] == "first administrator"
    store.revoke_key(key.split("_")[1])
    assert client.get("/api/keys").status_code == 401


def test_secrets_are_not_kept(store: AccountStore, tmp_path: Path) -> None:
    store.add_account("lin.wei", PASSWORD, ["aoc"])
    key = store.add_key("aodb", ["aoc"], valid_for=None)
    store.close()
    kept = b"".join(p.read_bytes() for p in tmp_path.glob("auth.sqlite3*"))
    assert PASSWORD.encode() not in kept
    assert key.split("_", 2)[2].encode() not in kept


def test_accounts_refuse_doubles_and_short_passwords(store: AccountStore) -> None:
    store.add_account("lin.wei", PASSWORD, ["aoc"])
    with pytest.raises(AccountExists):
        store.add_account("lin.wei", PASSWORD, ["aoc"])
    with pytest.raises(WeakPassword):
        store.add_account("short", "123", ["aoc"])


def test_the_signing_secret_is_made_once_and_private(tmp_path: Path) -> None:
    first = load_secret(tmp_path / "secret")
    assert load_secret(tmp_path / "secret") == first
    assert len(first) == 32
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


@given(calls=st.lists(st.floats(0, 30), max_size=60))
def test_a_bucket_never_gives_more_than_burst_plus_refill(calls: list[float]) -> None:
    now = [0.0]
    buckets = TokenBuckets(per_minute=60, burst=5, monotonic=lambda: now[0])
    given_out = 0
    waits: list[float] = []
    for pause in calls:
        now[0] += pause
        try:
            buckets.take("caller")
            given_out += 1
        except Throttled as refused:
            waits.append(refused.retry_after_s)
    assert given_out <= 5 + now[0] + 1e-6
    assert all(wait > 0 for wait in waits)
