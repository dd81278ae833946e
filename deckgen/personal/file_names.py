"""Names of files, made of what somebody wrote in a list: safe on every system, and no two alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from unicodedata import category, normalize

NAMES = ("team", "number", "facilitator", "date", "role")
USUAL = "{team} workbook.pdf"
_SUFFIX = ".pdf"
# Windows takes these for devices, whatever follows behind a dot.
_DEVICES = frozenset(
    "con prn aux nul conin$ conout$ clock$".split()
    + [f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"]
)
_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_NAMED = re.compile(r"\{([^{}]*)\}")
# Systems take 255 bytes or letters; a copy, or a file on its way, gets a longer name.
MOST_BYTES = 200


def unknown_names(pattern: str) -> list[str]:
    """What a pattern has in braces that is not known."""
    return [name for name in _NAMED.findall(pattern) if name not in NAMES]


def safe_name(pattern: str, values: Mapping[str, str]) -> str:
    """The file name that a pattern makes of a team's values; "" if nothing is left of them.

    Signs that lead elsewhere, that a system refuses or that nobody sees become strokes or go;
    letters are composed (NFC); what is too long is cut, never within a letter and its marks.
    """
    filled = _NAMED.sub(lambda found: values.get(found[1], ""), pattern)
    if filled.lower().endswith(_SUFFIX):
        filled = filled[: -len(_SUFFIX)]
    if not any(_plain(values.get(name, "")) for name in _NAMED.findall(pattern)):
        return ""
    stem = _cut(_plain(filled), MOST_BYTES - len(_SUFFIX))
    if not stem:
        return ""
    if stem.partition(".")[0].rstrip().casefold() in _DEVICES:
        stem = f"_{stem}"
    return stem + _SUFFIX


def _plain(text: str) -> str:
    composed = normalize("NFC", text)
    spaced = "".join(" " if c.isspace() else c for c in composed)
    seen = "".join(c for c in spaced if category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    # A name that ends in a dot or a space is another one on Windows; one that begins so is hidden.
    return " ".join(_UNSAFE.sub("-", seen).split()).strip(" .~")


def _cut(stem: str, most: int) -> str:
    while len(stem.encode()) > most:
        stem = stem[:-1]
        while stem and category(stem[-1]).startswith("M"):
            stem = stem[:-1]
        stem = stem.rstrip(" .")
    return stem


def same(name: str) -> str:
    """What two names share that some system takes for one."""
    return normalize("NFC", normalize("NFD", name).casefold())


def clashes(names: Collection[str]) -> list[tuple[int, int]]:
    """Pairs of places: a name, and the first that it can't be told from everywhere."""
    first: dict[str, int] = {}
    found = []
    for at, name in enumerate(names):
        known = first.setdefault(same(name), at)
        if known != at:
            found.append((known, at))
    return found
