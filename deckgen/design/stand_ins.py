"""What is drawn where a font lacks a sign that has a plainer form: ' for ’, - for –."""

from __future__ import annotations

from collections.abc import Collection

_PLAINER = {
    "‘": "'",
    "’": "'",
    "ʼ": "’'",
    "‚": ",",
    "“": '"',
    "”": '"',
    "„": '"',
    "′": "’'",
    "″": '”"',
    "‐": "-",
    "‑": "-",
    "‒": "–-",
    "–": "-",
    "—": "–-",
    "―": "—–-",
    "−": "–-",
    "\u00a0": " ",
}
_ROWS = {"…": "..."}


def stand_ins(letters: Collection[str]) -> dict[int, str]:
    """For `str.translate`: the signs that `letters` lack, each with the first form that they have.

    A sign of which they have no form stays: it is the font's lack.
    """
    found = {}
    for sign, forms in {**_PLAINER, **{sign: [row] for sign, row in _ROWS.items()}}.items():
        if sign not in letters:
            fit = (form for form in forms if all(letter in letters for letter in form))
            found[ord(sign)] = next(fit, sign)
    return found
