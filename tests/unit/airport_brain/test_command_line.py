"""The command line as programs use it: JSON out, faults with their place, exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from airport_brain.cli import app
from airport_brain.config import PREFIX
from spatiotemporal.sources import jt808
from spatiotemporal.sources.jt808.frame import Header
from tests.unit.spatiotemporal.airport_model.assembled import airfields

Run = Callable[..., Result]

FSU = b"FSU/12\r\n112-12345675PVGFRA/T25K1250.5\r\nRCS/23NOV1015/PVG/T25K1250.5\r\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("AIRPORT_BRAIN_DATA", str(tmp_path / "data"))

    def call(*arguments: str, given: bytes = b"") -> Result:
        return CliRunner().invoke(app, list(arguments), input=given)

    return call


def frame() -> bytes:
    header = Header(message_id=jt808.HEARTBEAT, phone="013900001111", serial=7)
    return jt808.encode(jt808.Message(header=header, body=jt808.Empty()))


def test_a_message_is_decoded_to_one_object_a_line(run: Run) -> None:
    answer = run("decode", "fsu", "--json", given=FSU)
    assert answer.exit_code == 0, answer.output
    (line,) = answer.stdout.splitlines()
    assert json.loads(line)["consignment"]["awb"] == "11212345675"


def test_a_file_is_decoded_as_standard_input_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "frame.bin").write_bytes(frame())
    from_file = run("decode", "jt808", str(tmp_path / "frame.bin"), "--json")
    from_input = run("decode", "jt808", "--json", given=frame())
    assert from_file.stdout == from_input.stdout
    assert json.loads(from_file.stdout)["header"]["message_id"] == "0x0002"


def test_bad_input_names_its_place_and_ends_with_status_1(run: Run) -> None:
    answer = run("decode", "fsu", "--json", given=FSU.replace(b"12345675", b"12345670"))
    assert answer.exit_code == 1
    fault = json.loads(answer.stdout)["error"]
    assert (fault["found"], fault["expected"]) == ("0", "5")
    assert "line 2" in fault["position"]


def test_an_unknown_format_lists_those_that_are_known(run: Run) -> None:
    answer = run("decode", "edifact-9", given=b"")
    assert answer.exit_code == 2
    for name in ("aidx", "jt808", "dcs-json", "fsu"):
        assert name in answer.output


def test_a_missing_file_is_said(run: Run) -> None:
    answer = run("decode", "fsu", "/nowhere/at/all.txt")
    assert answer.exit_code == 1
    assert "No such file" in answer.output


def test_settings_say_where_they_come_from(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}GATEWAY__PORT", "9090")
    monkeypatch.setenv(f"{PREFIX}OPERATIONS__DATABASE_URL", "postgresql://brain:secret@db/brain")
    rows = {row["setting"]: row for row in json.loads(run("config", "--json").stdout)}
    assert rows["gateway.port"]["value"] == "9090"
    assert rows["gateway.port"]["source"] == f"${PREFIX}GATEWAY__PORT"
    assert rows["gateway.host"]["source"] == "default"
    assert "secret" not in rows["operations.database_url"]["value"]


@pytest.mark.parametrize("name", ["GATEWAY__SESSION_KEY", "PASSENGER_ID__MASTER_KEY"])
@pytest.mark.parametrize(("key", "status"), [("0A" * 32, 0), ("0A" * 31, 1), ("0G" * 32, 1)])
def test_a_key_is_checked_and_never_shown(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, key: str, status: int
) -> None:
    monkeypatch.setenv(PREFIX + name, key)
    answer = run("config", "--json")
    assert answer.exit_code == status
    assert key not in answer.output
    setting = name.lower().replace("__", ".")
    if status == 0:
        rows = {row["setting"]: row["value"] for row in json.loads(answer.stdout)}
        assert rows[setting] == "(set)"
    else:
        assert setting in answer.output
        assert "64 hexadecimal digits" in answer.output


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("GATEWAY__PORT", "seventy", "gateway.port"),
        ("GATEWAY__COLOUR", "blue", "gateway.colour"),
        ("NO_SUCH_PART__X", "1", "no_such_part"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    told: str,
) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    answer = run("config")
    assert answer.exit_code == 1
    assert told in answer.output


def test_topics_are_listed_with_their_owners(run: Run) -> None:
    topics = json.loads(run("topics", "--json").stdout)
    owners = {topic["name"]: topic["owner"] for topic in topics}
    assert owners["operations.aidx.received.v1"] == "airport_brain.operations"
    assert all(topic["messages"] == 0 for topic in topics)


def test_no_dead_letters_is_an_empty_list_and_nothing_to_redrive(run: Run) -> None:
    assert json.loads(run("dlq", "list", "--json").stdout) == []
    assert run("dlq", "redrive", "all").exit_code == 1


def test_keys_are_made_listed_and_revoked(run: Run) -> None:
    made = json.loads(run("key", "add", "camera 7", "--role", "gate", "--json").stdout)
    identifier = made["key"].split("_")[1]
    listed = json.loads(run("key", "list", "--json").stdout)
    assert [(k["id"], k["revoked"]) for k in listed] == [(identifier, False)]
    assert made["key"].split("_", 2)[2] not in json.dumps(listed)
    assert run("key", "revoke", identifier).exit_code == 0
    assert json.loads(run("key", "list", "--json").stdout)[0]["revoked"] is True
    assert run("key", "add", "x2", "--role", "emperor").exit_code == 1


def test_the_doctor_says_what_is_missing_for_what(run: Run) -> None:
    findings = {row["check"]: row for row in json.loads(run("doctor", "--json").stdout)}
    assert findings["Python"]["state"] == "ok"
    assert findings["face models"]["state"] == "missing"
    assert findings["face models"]["advice"] == "airport-brain models fetch"


def test_airports_are_listed_and_checked(run: Run) -> None:
    airports = {row["icao"]: row for row in json.loads(run("airport", "list", "--json").stdout)}
    assert set(airports) >= {"ZSSS", "ZSPD"}
    answer = run("airport", "check", "zsss", "--json")
    assert (answer.exit_code, json.loads(answer.stdout)) == (0, [])
    assert run("airport", "check", "XXXX").exit_code == 1


def test_an_airport_of_others_is_imported_built_and_forgotten(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "apt.dat"
    file.write_text(airfields.network_1200())
    options = ("--icao", "ZZNE", "--replace", "--name-zh", "新机场", "--json")
    told = json.loads(run("airport", "import", str(file), *options).stdout)
    assert (told["layers"]["stand"], told["name_zh"]) == (6, "新机场")
    listed = {row["icao"]: row for row in json.loads(run("airport", "list", "--json").stdout)}
    assert (listed["ZZNE"]["from"], listed["ZZNE"]["stands"]) == ("import", 6)
    route = json.loads(run("airport", "route", "ZZNE", "stand:1", "runway:17", "--json").stdout)
    assert route["length_m"] > 500
    written = json.loads(run("airport", "build", "ZZNE", str(tmp_path / "out"), "--json").stdout)
    assert len(written) > 10
    assert run("airport", "import", str(file), "--icao", "../x", "--replace").exit_code == 1
    assert run("airport", "forget", "ZZNE").exit_code == 0
    assert run("airport", "forget", "ZZNE").exit_code == 1
    assert run("airport", "check", "ZZNE").exit_code == 1
