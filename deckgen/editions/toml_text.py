"""Values as TOML that a person can read, and that reads back letter by letter."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import date


def table(heading: str, values: Mapping[str, object]) -> list[str]:
    """The lines of a table, its heading first."""
    return [heading] * bool(heading) + [f"{_key(k)} = {_value(v)}" for k, v in values.items()]


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else string(key)


def _value(value: object) -> str:
    """A value as TOML. JSON strings are TOML strings too."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        if sum(map(len, value)) < 60:
            return "[" + ", ".join(map(_value, value)) + "]"
        return "[\n" + "".join(f"  {_value(item)},\n" for item in value) + "]"
    if isinstance(value, str):
        return string(value)
    return json.dumps(value)


def string(text: str) -> str:
    """A string that every editor shows, and that reads back letter by letter."""
    odd = unicodedata.normalize("NFC", text) != text
    quoted = json.dumps(text, ensure_ascii=False)
    plain = (c.isprintable() and (c.isascii() or not odd) for c in quoted)
    return "".join(c if fit else f"\\U{ord(c):08x}" for c, fit in zip(quoted, plain, strict=True))
