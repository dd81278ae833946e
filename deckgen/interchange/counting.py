"""How many cards content/deck.toml says that a section has: set anew, and nothing else touched."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct, to_builtins

from deckgen.content.deck import FILE, read_deck_settings
from deckgen.model.deck import CardCode, Section
from deckgen.settings import locate
from deckgen.source import read_source


class Count(Struct, frozen=True):
    """What deck.toml has to say of a section from now on."""

    prefix: str
    cards: int
    withdrawn: tuple[int, ...]
    before: int

    @property
    def said(self) -> str:
        """The setting, as a person would write it."""
        withdrawn = f" and withdrawn = [{', '.join(map(str, self.withdrawn))}]"
        return f"cards = {self.cards}" + withdrawn * bool(self.withdrawn)


def counts(
    sections: Iterable[Section], codes: Collection[CardCode], gone: Collection[CardCode]
) -> list[Count]:
    """The sections that have another number of cards than deck.toml says.

    The numbers of cards that are gone stay empty if others come behind them.
    """
    changed = []
    for section in sections:
        numbers = {code.number for code in codes if code.prefix == section.prefix}
        lost = {code.number for code in gone if code.prefix == section.prefix}
        withdrawn = ({*section.withdrawn} | lost) - numbers
        withdrawn = {n for n in withdrawn if n in section.withdrawn or n < max([0, *numbers])}
        count = Count(section.prefix, len(numbers), tuple(sorted(withdrawn)), section.count)
        if numbers and (count.cards, set(count.withdrawn)) != (
            section.count,
            set(section.withdrawn),
        ):
            changed.append(count)
    return changed


def with_counts(files: Mapping[str, bytes], wanted: Sequence[Count]) -> bytes | None:
    """deck.toml with these counts and every comment; None if a person has to write them."""
    raw = files[FILE]
    text, _ = read_source(raw, FILE)
    try:
        typed = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    settings, _ = read_deck_settings(text or "")
    if settings is None or not text:
        return None
    lines = re.split(r"(?<=\n)", typed)
    prefixes = [section.prefix for section in settings.sections]
    for count in sorted(wanted, key=lambda c: prefixes.index(c.prefix), reverse=True):
        at: list[str | int] = ["sections", prefixes.index(count.prefix)]
        number = locate(text, [*at, "cards"])[0] - 1
        lines[number], changed = re.subn(
            r"(\A\s*[\"']?cards[\"']?\s*=\s*)\d+", rf"\g<1>{count.cards}", lines[number]
        )
        if not changed:
            return None
        if count.withdrawn == settings.sections[prefixes.index(count.prefix)].withdrawn:
            continue
        said = f"withdrawn = [{', '.join(map(str, count.withdrawn))}]"
        there = locate(text, [*at, "withdrawn"])[0] - 1
        if re.match(r"\s*withdrawn\s*=", lines[there]):
            lines[there] = re.sub(r"withdrawn\s*=\s*\[[^\]]*\]", said, lines[there])
        else:
            end = "\r\n" if lines[number].endswith("\r\n") else "\n"
            lines[number] = lines[number].rstrip("\r\n") + f"{end}{said}{end}"
    made = "".join(lines)
    return made.encode() if _says(made, to_builtins(settings), wanted) else None


def _says(typed: str, before: dict[str, object], wanted: Sequence[Count]) -> bool:
    """Whether a text has these counts and says the same as before in all else."""
    settings, _ = read_deck_settings(typed.removeprefix("\ufeff").replace("\r\n", "\n"))
    if settings is None:
        return False
    now = to_builtins(settings)
    new = {count.prefix: count for count in wanted}
    sections = before["sections"]
    assert isinstance(sections, list | tuple)
    expected = [
        {**s, "cards": new[s["prefix"]].cards, "withdrawn": list(new[s["prefix"]].withdrawn)}
        if s["prefix"] in new
        else s
        for s in sections
    ]
    return _plain(now) == _plain({**before, "sections": expected})


def _plain(value: object) -> object:
    """Lists and tuples alike."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
