"""What fields and notices of one format mean, from its package's words."""

from __future__ import annotations

from service_bus import WireWords


class Wording:
    """Words of one format."""

    def __init__(self, words: WireWords, format: str) -> None:
        self._words = words
        self._prefix = f"{format}-"

    def notice(self, code: str) -> str:
        """A Chinese sentence for a code of a notice or fault; ``""`` when none is known."""
        words = self._words.notices
        return words.get(code) or words.get(self.suffix(code)) or ""

    def suffix(self, code: str) -> str:
        """A code without the name of its format.

        >>> Wording(WireWords(), "fsu").suffix("fsu-line-long")
        'line-long'
        """
        return code.removeprefix(self._prefix)

    def full(self, code: str) -> str:
        """A code with the name of its format."""
        return code if code.startswith(self._prefix) else self._prefix + code

    def field(self, owner: str, name: str) -> tuple[str, str] | None:
        """Meaning of a field of a type, zh and en."""
        words = self._words.fields
        return words.get(f"{owner}.{name}") or words.get(name)

    def is_personal(self, path: tuple[str | int, ...]) -> bool:
        """Whether a value is a person's name, number or document.

        The package names members (``surname``), members of one kind (``passengers/name``), of one
        format (``gb11643:number``), or all that is below one (``others/*``).
        """
        steps = [step for step in path if isinstance(step, str)]
        if not steps:
            return False
        last, kind = steps[-1], "/".join(steps[-2:])
        told = [last, kind, f"{self._prefix[:-1]}:{last}", *(f"{step}/*" for step in steps)]
        return not self._words.personal.isdisjoint(told)
