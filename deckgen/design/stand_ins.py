"""What is drawn where a font lacks a sign that has a plainer form: ' for ’, - for –, A for Ａ."""

from __future__ import annotations

from collections.abc import Collection
from unicodedata import combining, decomposition, normalize

_PLAINER = {
    "‘": "'",
    "’": "'",
    "‛": "‘'",
    "ʼ": "’'",
    "‚": ",",
    "“": '"',
    "”": '"',
    "‟": '“"',
    "„": '"',
    "′": "’'",
    "ʹ": "′’'",
    "″": '”"',
    "ʺ": '″”"',
    "‐": "-",
    "‑": "-",
    "‒": "–-",
    "–": "-",
    "—": "–-",
    "―": "—–-",
    "−": "–-",
    "⁃": "•-",
    "●": "•",
    "∙": "·",
    "⋅": "·",
    "꞉": ":",
    "∶": ":",
    "⋯": "…",
    "\u00a0": " ",
}
_ROWS = {"…": "..."}
# Letters of another width, or of another code: Unicode names the usual one. Raised and circled
# letters and fractions would say something else on the line.
_ALIKE = frozenset(("<wide>", "<narrow>", "<small>", "<compat>", "<square>"))
_STYLED = 0x1D400  # letters of these codes are others in bold or slanting


class _StandIns(dict[int, int | str]):
    """By code, what is drawn; further letters are looked up when they are asked for."""

    def __init__(self, letters: Collection[str]) -> None:
        super().__init__()
        self.letters = letters

    def __missing__(self, code: int) -> int | str:
        letter = chr(code)
        meant = "" if letter in self.letters else _meant(letter).translate(self)
        fits = meant and all(part in self.letters for part in meant)
        self[code] = found = meant if fits else code
        return found


def _meant(letter: str) -> str:
    """The usual letters for one of another width or style; "" if it is none."""
    kind = decomposition(letter).partition(" ")[0]
    if kind not in _ALIKE and not (kind == "<font>" and ord(letter) >= _STYLED):
        return ""
    meant = normalize("NFKC", letter)
    return "" if " " in meant or combining(meant[0]) else meant


def stand_ins(letters: Collection[str]) -> dict[int, int | str]:
    """For `str.translate`: the signs that `letters` lack, each with the first form that they have.

    A sign of which they have no form stays: it is the font's lack.
    """
    found = _StandIns(letters)
    for sign, forms in {**_PLAINER, **{sign: [row] for sign, row in _ROWS.items()}}.items():
        if sign not in letters:
            fit = (form for form in forms if all(letter in letters for letter in form))
            found[ord(sign)] = next(fit, sign)
    return found
