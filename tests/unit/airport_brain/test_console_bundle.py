"""How the built console is served: addresses, caching, compression, headers."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from airport_brain.console.bundle import mount

SCRIPT = b"console.log('flights');" * 100


@pytest.fixture
def console(tmp_path: Path) -> TestClient:
    assets = tmp_path / "assets"
    assets.mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>page</title>")
    (assets / "index-1.js").write_bytes(SCRIPT)
    (assets / "index-1.js.gz").write_bytes(gzip.compress(SCRIPT))
    (assets / "plain-1.css").write_text("a{}")
    app = FastAPI()
    mount(app, tmp_path)
    return TestClient(app)


@pytest.mark.parametrize("path", ["/", "/flights", "/flights/MU-5101@SHA", "/cargo/112-12345675"])
def test_every_address_of_a_screen_gives_the_page(console: TestClient, path: str) -> None:
    answer = console.get(path)
    assert answer.status_code == 200
    assert "<title>page" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    assert "script-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/api", "/api/nothing", "/assets/missing-2.js"])
def test_calls_and_assets_never_fall_through_to_the_page(console: TestClient, path: str) -> None:
    assert console.get(path).status_code == 404


@pytest.mark.parametrize("encoding", ["gzip, deflate, br", "identity"])
def test_a_script_is_the_same_compressed_or_not(console: TestClient, encoding: str) -> None:
    answer = console.get("/assets/index-1.js", headers={"Accept-Encoding": encoding})
    assert answer.content == SCRIPT
    assert answer.headers["content-type"].startswith("text/javascript")
    assert ("content-encoding" in answer.headers) == ("gzip" in encoding)
    assert "immutable" in answer.headers["cache-control"]


def test_a_known_compressed_script_is_not_sent_again(console: TestClient) -> None:
    first = console.get("/assets/index-1.js")
    again = console.get("/assets/index-1.js", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_what_was_not_compressed_is_served_as_it_is(console: TestClient) -> None:
    answer = console.get("/assets/plain-1.css")
    assert answer.text == "a{}"
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("path", ["/assets/..%2f..%2fsecret", "/assets/%2e%2e/%2e%2e/etc/passwd"])
def test_no_address_leaves_the_folder(console: TestClient, path: str) -> None:
    answer = console.get(path)
    assert answer.status_code in {200, 404}
    assert "root:" not in answer.text


def test_a_console_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    app = FastAPI()
    mount(app, tmp_path / "nothing")
    answer = TestClient(app).get("/flights")
    assert answer.status_code == 503
    assert "make setup" in answer.text
