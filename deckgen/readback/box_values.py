"""What each field of a file says, where all that the file holds of it is laid side by side.

A value stands in several places: with the field (/V), as rich text (/RV), in the state of its
buttons (/AS), drawn (/AP). Programs forget one or the other; no one place is believed alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any
from unicodedata import bidirectional, normalize

from msgspec import Struct

from deckgen.readback.box_words import LOST, rich_words, words_of
from deckgen.readback.boxes import Box, kind_of, states_of
from deckgen.readback.document import entry, listed, raw, text
from deckgen.readback.drawn_words import drawn_words
from deckgen.readback.limits import Refused
from deckgen.readback.ways import inherited

TICKED = "Yes"
MOST_LETTERS = 20_000_000
_OFF = ("", "Off")
_ALIKE, _COMPARED, _BEGINNING = 0.6, 5000, 12
DRAWN_ONLY = "the words are only drawn in the box, not kept as its value"
_DRAWN_OTHERWISE = "the box shows other words than it keeps"
_DRAWN_UNKNOWN = "something is drawn in the box that can't be read"
_RICH_ONLY = "the words are only kept as rich text"
_RICH_OTHERWISE = "the words and the rich text of this box are not the same"
_TWO_VALUES = "the box keeps two values"
_UNREADABLE = "its value can't be read"
_LOOKS_EMPTY = "its value says that it is chosen, but it looks empty"
_LOOKS_CHOSEN = "it looks chosen, but its value says that it is not"
_BY_NUMBER = "the choice is kept only by its place in the list"
_NO_SUCH_STATE = "it is set to “{state}”, which it does not have"
_SEVERAL_ON = "more than one is chosen"
_TWO_STATES = "its value and its look are not the same choice"


class Found(Struct, frozen=True):
    """What one field says. `others` and `note` are those of `Said`."""

    kind: str
    value: str = ""
    others: tuple[str, ...] = ()
    note: str = ""


def found_in(box: Box, form: Any) -> Found | None:
    """A field's answer; `form` is the file's /AcroForm. None for what holds no answers."""
    kind = kind_of(box)
    if kind in ("check", "radio"):
        return _chosen(box, kind)
    return _written(box, kind, form) if kind else None


def _written(box: Box, kind: str, form: Any) -> Found:
    """Words, or one of several choices."""
    nodes = {id(entry(node)): node for node in (*(w for w, _ in box.widgets), box.node)}.values()
    notes, kept = list[str](), dict[str, None]()
    for words, note in (_read(words_of, inherited(node, "V")) for node in nodes):
        notes.append(note)
        kept |= {words: None} if words else {}
    options = _options(box) if kind == "choice" else {}
    said = [options.get(words, words) for words in kept]
    if len(said) > 1:
        notes.append(_TWO_VALUES)
    for words in _by_number(nodes) if kind == "choice" else ():
        if words not in said:
            notes.append(_TWO_VALUES if said else _BY_NUMBER)
            said.append(words)
    said, notes = _with_rich(said, notes, [inherited(node, "RV") for node in nodes])
    if kind == "text" or not said:
        said, notes = _with_drawn(said, notes, box, form)
    return Found(kind, said[0] if said else "", tuple(said[1:]), _together(notes))


def _with_rich(
    said: list[str], notes: list[str], rich: Sequence[Any]
) -> tuple[list[str], list[str]]:
    for words, note in (_read(rich_words, value) for value in rich if value is not None):
        if words and not said:
            return [words], [*notes, note, _RICH_ONLY]
        if words and not any(_squeezed(words) == _squeezed(one) for one in said):
            return [*said, words], [*notes, _RICH_OTHERWISE]
    return said, notes


def _with_drawn(
    said: list[str], notes: list[str], box: Box, form: Any
) -> tuple[list[str], list[str]]:
    """What widgets on pages draw: it stands for a value that is not there, or speaks against it."""
    for widget, page in box.widgets:
        words = _read(lambda w: (drawn_words(w, form), ""), widget)[0] if page >= 0 else ""
        if not words.strip(f"{LOST} \n"):
            if words and not said:
                notes = [*notes, _DRAWN_UNKNOWN]
        elif not said:
            said, notes = [words], [*notes, DRAWN_ONLY]
        elif not any(_alike(words, one) for one in said):
            said, notes = [*said, words], [*notes, _DRAWN_OTHERWISE]
    return said, notes


def _alike(drawn: str, kept: str) -> bool:
    """Whether drawn words can be those that are kept.

    A box may show no more than a part of an answer, and say at its end where it goes on; letters
    that a program has no font for are drawn as others, or not at all.
    """
    shown, there = (Counter(filter(_from_the_right, normalize("NFKC", w))) for w in (drawn, kept))
    if there:  # it is drawn in the other order
        return (shown & there).total() >= _ALIKE * shown.total()
    begins, _, last = drawn.rpartition("\n")
    if begins and re.search(r"\d", last) and _squeezed(kept).startswith(_squeezed(begins)):
        return True  # its last line says on which page it goes on
    one, other = (_plain(words) for words in (drawn, kept))
    pairs = enumerate(zip(one, other, strict=False))
    same = next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
    if one in other or (same >= _BEGINNING and 2 * same >= len(one)):
        return True
    odd = LOST in drawn or "?" in drawn
    return odd and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _from_the_right(letter: str) -> bool:
    return bidirectional(letter) in ("R", "AL")


def _plain(words: str) -> str:
    """Small letters and digits that every font has."""
    return re.sub(r"[^a-z0-9]", "", normalize("NFKC", words[:_COMPARED]).casefold())


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _options(box: Box) -> dict[str, str]:
    """The words of choices that are kept by another value."""
    pairs = [listed(option) for option in listed(inherited(box.node, "Opt"))]
    return {text(pair[0]): text(pair[1]) for pair in pairs if len(pair) == 2}


def _by_number(nodes: Iterable[Any]) -> Iterator[str]:
    """The words of choices that are kept by their places in the list (/I)."""
    for node in nodes:
        options = [listed(option)[-1:] or [option] for option in listed(inherited(node, "Opt"))]
        for number in listed(inherited(node, "I")):
            if type(number) is int and 0 <= number < len(options):
                words = text(options[number][0])
                yield from [words] * bool(words.strip())


def _read(how: Any, value: Any) -> tuple[str, str]:
    try:
        return how(value) if value is not None else ("", "")
    except MemoryError:
        raise
    except Exception:  # what is in one field must not hide the others
        return "", _UNREADABLE


def _chosen(box: Box, kind: str) -> Found:
    """A tick, or one of a group: by the value, by the states, or by both."""
    has = {state for widget, _ in box.widgets for state in states_of(widget)}
    seen = [w for w, page in box.widgets if page >= 0] or [w for w, _ in box.widgets]
    shown = [state for w in seen if (state := text(raw(w, "AS"))) not in _OFF]
    nodes = (*(w for w, _ in box.widgets), box.node)
    kept = [_read(words_of, inherited(node, "V")) for node in nodes]
    values = [value for value, _ in kept if value not in _OFF]
    told_off = any(value in _OFF for node, (value, _) in zip(nodes, kept, strict=True)
                   if inherited(node, "V") is not None)  # fmt: skip
    notes = [note for _, note in kept]
    shown, values = list(dict.fromkeys(shown)), list(dict.fromkeys(values))
    notes += [_NO_SUCH_STATE.format(state=s) for s in (*shown, *values) if has and s not in has]
    named = _export_names(box)
    said = list(dict.fromkeys(named.get(s, s) for s in (*shown, *values)))
    if len(shown) > 1:
        notes.append(_SEVERAL_ON)
    elif shown and not values and told_off:
        said, notes = [*said, "Off"], [*notes, _LOOKS_CHOSEN]
    elif values and not shown and any(raw(w, "AS") is not None for w in seen):
        said, notes = [*said, "Off"], [*notes, _LOOKS_EMPTY]
    elif len(said) > 1:
        notes.append(_TWO_STATES)
    if kind == "check" and said:
        said = [TICKED, *(s for s in said[1:] if s != TICKED)]
    return Found(kind, said[0] if said else "", tuple(said[1:]), _together(notes))


def _export_names(box: Box) -> dict[str, str]:
    """What states stand for that are numbers of choices (/Opt)."""
    options = [text(option) for option in listed(inherited(box.node, "Opt"))]
    return {str(i): words for i, words in enumerate(options) if words}


def _together(notes: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, notes)))


def answers_of(boxes: Sequence[Box], form: Any) -> Iterator[tuple[Box, Found]]:
    """The answers of many fields. Raises Refused if there are too many letters."""
    letters = 0
    for box in boxes:
        if found := found_in(box, form):
            letters += sum(map(len, (found.value, *found.others)))
            if letters > MOST_LETTERS:
                why = f"its answers have more than {MOST_LETTERS} letters"
                raise Refused(why, "Look for the workbook itself.")
            yield box, found
