"""The master key in a file, for a machine without a key service.

32 random bytes, made at the first start, readable by the owner only. Three keys are derived from it
(HKDF-SHA256, RFC 5869), so that none can be used for another's purpose: one wraps data keys
(AES-256-GCM, random 96-bit nonce in front), one makes journey ids, one hashes identity numbers
(HMAC-SHA256). Whoever holds the file *and* the database can open templates: keep backups of the two
apart.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from passenger_id.domain import JourneyId
from passenger_id.errors import TemplateDamaged

KEY_BYTES = 32
NONCE_BYTES = 12

JOURNEY_ID_CHARACTERS = 20
"""Base32 characters of a journey id, 100 bits: beyond guessing, short enough to read out."""


class KeyRing:
    """The keys derived from one master key."""

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise ValueError(f"master key of {len(master)} bytes, {KEY_BYTES} needed")
        self._wrapping = AESGCM(_derived(master, b"wrap data keys"))
        self._journeys = _derived(master, b"journey ids")
        self._documents = _derived(master, b"identity numbers")
        self.id = _derived(master, b"fingerprint")[:8].hex()

    def wrap(self, data_key: bytes, *, aad: bytes) -> bytes:
        """Seal a data key: nonce, then ciphertext with tag."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._wrapping.encrypt(nonce, data_key, aad)

    def unwrap(self, wrapped: bytes, *, aad: bytes) -> bytes:
        """Open a sealed data key."""
        try:
            return self._wrapping.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], aad)
        except InvalidTag:
            raise TemplateDamaged("data key") from None

    def journey_id(self, natural_key: Sequence[str]) -> JourneyId:
        """Give the opaque id of a journey."""
        text = "\x1f".join(natural_key).encode()
        digest = hmac.digest(self._journeys, text, hashlib.sha256)
        return JourneyId("j" + base64.b32encode(digest).decode()[:JOURNEY_ID_CHARACTERS].lower())

    def document(self, id_number: str) -> str:
        """Give the keyed hash of an identity number; lower-case letters count as capitals."""
        return hmac.new(self._documents, id_number.upper().encode(), hashlib.sha256).hexdigest()


def open_key_file(path: Path) -> KeyRing:
    """Read the master key, or make it at the first start.

    Raises:
        PermissionError: others than the owner may read the file.
        ValueError: the file does not hold a key.
    """
    try:
        _create(path)
    except FileExistsError:
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and mode & 0o077:
            raise PermissionError(
                f"master key {path.name} has mode {mode:04o}, 0600 needed"
            ) from None
    return KeyRing(path.read_bytes())


def _create(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, os.urandom(KEY_BYTES))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(
        algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"airport-brain " + purpose
    ).derive(master)
