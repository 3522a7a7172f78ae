"""``airport-brain user ...`` and ``airport-brain key ...``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Annotated

import typer

from airport_brain.auth.errors import AuthError
from airport_brain.auth.roles import ROLES
from airport_brain.auth.store import AccountStore
from airport_brain.cli.output import Json, fail, print_json, print_rows, screen
from airport_brain.cli.places import Data, loaded
from airport_brain.wiring import open_accounts
from service_bus import utc_now

users = typer.Typer(help="Local accounts.", no_args_is_help=True)
keys = typer.Typer(
    help="API keys of machines and of the first administrator.", no_args_is_help=True
)

Roles = Annotated[list[str], typer.Option("--role", help=f"One of {', '.join(sorted(ROLES))}.")]


@contextmanager
def _store(data: str | None) -> Iterator[AccountStore]:
    store = open_accounts(loaded(data), clock=utc_now)
    try:
        yield store
    except AuthError as error:
        raise fail(str(error)) from error
    finally:
        store.close()


def _known(roles: list[str]) -> None:
    for role in roles:
        if role not in ROLES:
            raise fail(f"no role {role!r}; known roles: {', '.join(sorted(ROLES))}")


@users.command("add")
def add_user(
    name: str,
    role: Roles,
    password: Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)],
    data: Data = None,
) -> None:
    """Create an account; the password is asked for."""
    _known(role)
    with _store(data) as store:
        store.add_account(name, password, role)
    screen.print(f"account {name} created with {', '.join(role)}")


@users.command("list")
def list_users(data: Data = None, as_json: Json = False) -> None:
    """Show open accounts."""
    with _store(data) as store:
        rows = [{"name": a.name, "roles": list(a.roles)} for a in store.list_accounts()]
    print_rows(rows, ["name", "roles"], as_json=as_json)


@users.command("password")
def change_password(
    name: str,
    password: Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)],
    data: Data = None,
) -> None:
    """Change a password and end the account's sessions."""
    with _store(data) as store:
        store.set_password(name, password)
    screen.print(f"password of {name} changed; open sessions have ended")


@users.command("disable")
def disable_user(name: str, data: Data = None) -> None:
    """Close an account and end its sessions."""
    with _store(data) as store:
        store.disable(name)
    screen.print(f"account {name} closed")


@keys.command("add")
def add_key(
    name: str,
    role: Roles,
    days: Annotated[int, typer.Option(help="Days until it expires.", min=1)] = 365,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Make a key and print it, this once."""
    _known(role)
    with _store(data) as store:
        text = store.add_key(name, role, valid_for=timedelta(days=days))
    if as_json:
        print_json({"name": name, "roles": role, "key": text})
    else:
        screen.print(text, highlight=False, soft_wrap=True)


@keys.command("list")
def list_keys(data: Data = None, as_json: Json = False) -> None:
    """Show keys without their secrets."""
    with _store(data) as store:
        rows = [
            {
                "id": k.id,
                "name": k.name,
                "roles": list(k.roles),
                "created_at": k.created_at,
                "expires_at": k.expires_at,
                "revoked": k.revoked,
            }
            for k in store.list_keys()
        ]
    print_rows(
        rows, ["id", "name", "roles", "created_at", "expires_at", "revoked"], as_json=as_json
    )


@keys.command("revoke")
def revoke_key(identifier: str, data: Data = None) -> None:
    """End a key at once."""
    with _store(data) as store:
        store.revoke_key(identifier)
    screen.print(f"key {identifier} revoked")
