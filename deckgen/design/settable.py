"""Letters that a font has, but that can't be set right with it: said, never drawn wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import combining, name

from deckgen.design.fonts import UNSEEN, Face, Glyph, by_script, is_plain
from deckgen.letters import EVERYDAY

# Scripts whose lines go down the page; nobody here sets those.
_DOWNWARDS = {"Mong": "Mongolian", "Phag": "Phags-pa"}
# Scripts that need the font's help, by the tags of its table GSUB (OpenType's registry).
_HELPED = {
    **{"Deva": "dev2 dev3 deva", "Beng": "bng2 bng3 beng", "Guru": "gur2 gur3 guru"},
    **{"Gujr": "gjr2 gjr3 gujr", "Orya": "ory2 ory3 orya", "Taml": "tml2 tml3 taml"},
    **{"Telu": "tel2 tel3 telu", "Knda": "knd2 knd3 knda", "Mlym": "mlm2 mlm3 mlym"},
    **{"Sinh": "sinh", "Khmr": "khmr", "Mymr": "mym2 mymr", "Tibt": "tibt", "Syrc": "syrc"},
    **{"Nkoo": "nko ", "Adlm": "adlm", "Mand": "mand", "Rohg": "rohg", "Java": "java"},
}
# Written without spaces: where their lines may end is for another library to know.
_SPACELESS = frozenset("Hani Hira Kana Bopo Yiii Thai Laoo Khmr Mymr".split())
_ARABIC = "\u0628"  # beh: beside others it takes another shape
_ABOVE, _BELOW = 230, 220  # combining classes of marks
_ASIDE, _INTO = 0.12, 0.12  # em: how far a mark may stand off its letter, or reach into it
_ODD = "[^\0-\u02ff\u0370-\u058f\u1e00-\u1fff\u2010-\u206f\u20a0-\u20cf\u2100-\u2bff]"


def unsettable(text: str, face: Face) -> list[tuple[int, str]]:
    """Where in a text letters stand that can't be set with this face, and why, in words.

    Letters that the face lacks are another matter (`FontBook.missing`).
    """
    if EVERYDAY.issuperset(text) or not re.search(_ODD, text):
        return []
    return [
        (found.start() + at, why)
        for found in re.finditer(r"\S+", text)
        if re.search(_ODD, found[0])
        for at, why in _unsettable(found[0], face)
    ]


def _unsettable(word: str, face: Face) -> Iterator[tuple[int, str]]:
    at, helped = 0, True
    for part, script in by_script(word):
        if why := _unhelped(script, face):
            helped = False
            yield at, why
        at += len(part)
    if not helped or not is_plain(word):
        return  # the rules of other scripts place their marks themselves
    base, place = None, 0
    for glyph in face.shape(word).glyphs:
        if not glyph.letters or not combining(glyph.letters[0]):
            base = glyph
        elif base and base.number and glyph.number and _beside(base, glyph, face):
            mark = name(glyph.letters[0], "a mark").lower()
            yield place, f"the font has no place for the {mark} on “{base.letters.strip()}”"
        place = word.find(glyph.letters, place) + len(glyph.letters) if glyph.letters else place


def _unhelped(script: str, face: Face) -> str:
    """Why a script can't be set; "" if it can."""
    if script in _DOWNWARDS:
        return f"{_DOWNWARDS[script]} is written from top to bottom"
    if script == "Arab" and _ARABIC in face.letters:
        forms = {glyph.number for glyph in face.shape(_ARABIC * 3, True).glyphs}
        return "" if len(forms) == 3 else "the font doesn't join Arabic letters"
    if script in _SPACELESS and not _breaks():
        return "its lines need one more package: deckgen-cards[scripts]"
    if script in _HELPED and not set(_HELPED[script].split()) & face.scripts:
        return "the font lacks the rules of this script"
    return ""


@cache
def _breaks() -> bool:
    """Whether the library is there that knows where lines without spaces may end."""
    from importlib.util import find_spec

    return find_spec("icu4py") is not None


def _beside(base: Glyph, mark: Glyph, face: Face) -> bool:
    """Whether a mark's ink is not where its letter is. The pen has moved past the letter."""
    letter, ink = face.ink(base.number), face.ink(mark.number)
    if not letter or not ink or mark.letters[0] in UNSEEN:
        return False
    left, right = (x + mark.dx + base.advance - base.dx for x in ink[::2])
    low, high = (y + mark.dy - base.dy for y in ink[1::2])
    middle = (left + right) / 2
    if not letter[0] - _ASIDE <= middle <= letter[2] + _ASIDE:
        return True
    kind = combining(mark.letters[0])
    return (kind == _ABOVE and low < letter[3] - _INTO - (high - low)) or (
        kind == _BELOW and high > letter[1] + _INTO + (high - low)
    )
