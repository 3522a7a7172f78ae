"""A key that an airport sets, for where several machines must hold the same one."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, SecretStr

_HEXADECIMAL = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)


def _checked(key: SecretStr) -> SecretStr:
    if key and not _HEXADECIMAL.fullmatch(key.get_secret_value()):
        raise ValueError("a key is 64 hexadecimal digits (32 bytes)")
    return key


SecretKey = Annotated[SecretStr, AfterValidator(_checked)]
"""Settings type: 32 bytes as 64 hexadecimal digits (``openssl rand -hex 32``), or empty."""


def key_bytes(key: SecretStr) -> bytes:
    """Give the 32 bytes of a key that is set."""
    return bytes.fromhex(key.get_secret_value())
