"""JSON Schema of a format's messages, made from their dataclasses."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

from pydantic import TypeAdapter

from airport_brain.workbench.types import annotations_of, message_type
from service_bus import WireFormat


def json_schema(form: WireFormat) -> dict[str, Any]:
    """Schema (draft 2020-12) of one message as the format's reader gives it.

    What ``decode`` shows has the same names; it leaves out what is empty and writes times as text.
    A format that is read to plain objects has the schema of any object.
    """
    told = message_type(form)
    schema = {"type": "object"} if told is None else _of(told)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{form.name}: {form.en}",
        **{name: value for name, value in schema.items() if name != "title"},
    }


def _of(told: Any) -> dict[str, Any]:
    try:
        return TypeAdapter(told).json_schema()
    except RecursionError:
        # A type that names itself (values within values): everything beside it keeps its type.
        return TypeAdapter(_without_loops(told)).json_schema()


def _without_loops(told: Any) -> Any:
    fields = [
        (name, Any if _names_itself(kind) else kind) for name, kind in annotations_of(told).items()
    ]
    return dataclasses.make_dataclass(told.__name__, fields, kw_only=True)


def _names_itself(kind: Any) -> bool:
    if typing.get_origin(kind) is typing.Literal:
        return False
    inner = typing.get_args(kind)
    return any(isinstance(one, str | typing.ForwardRef) or _names_itself(one) for one in inner)
