"""What pypdf's objects hold, wherever a file put it."""

from __future__ import annotations

from typing import Any

from pypdf import generic


def resolved(value: Any) -> Any:
    """A value of pypdf's, with a reference followed; a null is None."""
    if isinstance(value, generic.IndirectObject):
        value = value.get_object()
    return None if isinstance(value, generic.NullObject) else value


def entry(value: Any, *keys: str) -> Any:
    """What pypdf's dictionaries hold under a path of keys; None where it ends early."""
    for key in keys:
        value = resolved(value)
        value = value.get(key) if isinstance(value, generic.DictionaryObject) else None
    return resolved(value)
