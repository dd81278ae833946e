"""Letters that look like others, or like nothing, → what they mean. Each line for itself."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
# Ends of lines that are none in a file of ours, and spaces of every width.
_SPACES = "\x0b\x0c\x85\u1680\u2028\u2029\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_HARD_SPACES = "\u2007\u202f"
_HARD = "\u00a0"
# Pictures or letters: the fonts have one shape for both.
_SHAPES = "\ufe0e\ufe0f"
# What programs put between letters for themselves: of sums, of notes, of languages.
_FOR_PROGRAMS = "\u180e\ufff9\ufffa\ufffb" + "".join(
    map(chr, (*range(0x2061, 0x2065), *range(0x206A, 0x2070), *range(0xE0000, 0xE0080)))
)
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_HARD_SPACES, _HARD),
        **_LIGATURES,
        **dict.fromkeys(_SHAPES + _FOR_PROGRAMS, ""),
    }
)
# Most letters mean themselves: Latin ones, dashes and quotation marks. They run from the left,
# and stand beside each other.
EVERYDAY = frozenset(
    map(chr, (9, 10, *range(32, 0x85), *range(0x86, 0x300), *range(0x2010, 0x2028), 0x2030))
) - {"\xad"}
_FROM_RIGHT = (
    "[\u0590-\u05ff\u0608\u060b\u060d\u061b-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Scripts whose letters take another shape beside each other: Arabic, those of India, and others.
_JOINING = (
    "[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\u1a20-\u1cff\ua800-\uabff\ufb50-\ufdcf\ufe70-\ufefc"
    "\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
_JOINERS = str.maketrans("", "", "\u200c\u200d\u2060")
_DIRECTIONS = "[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]"
_LEFT, _RIGHT = "\u200e", "\u200f"
_OPENING = {
    **dict.fromkeys("\u202a\u2066", _LEFT),
    **dict.fromkeys("\u202b\u2067", _RIGHT),
    "\u2068": "",
}
# Where a word may be broken, or not; between spaces they say nothing.
_BREAKS = "\u00ad\u200b\ufeff"
_IDLE = f"(?<!\\S)[{_BREAKS}]+|[{_BREAKS}]+(?!\\S)"
_UNBROKEN = str.maketrans("", "", _BREAKS + "\u2060")
_HYPHENS = str.maketrans("\u2010\u2011", "--")


def plainly(text: str, beside: str = "") -> str:
    """Words in composed letters (NFC), without look-alikes from word processors and the web.

    Every sort of space is a space, or a hard one; letters that were printed as one are two. Marks
    of direction stay where letters run from right to left, joiners where letters join: in this
    text, or in the line `beside` it that it belongs to. What says where a word may be broken stays.
    """
    if EVERYDAY.issuperset(text):
        return text
    if "\n" in text:
        return "\n".join([plainly(line) for line in text.split("\n")])
    text = text.translate(_PLAIN)
    around = text + beside
    if re.search(_DIRECTIONS, text):
        meant = re.search(_FROM_RIGHT, around)
        text = _directed(text) if meant else re.sub(_DIRECTIONS, "", text)
    if not re.search(_JOINING, around):
        text = text.translate(_JOINERS)
    return unicodedata.normalize("NFC", re.sub(_IDLE, "", text))


def unbroken(words: str) -> str:
    """Words without what says where they may be broken."""
    return words if words.isascii() else words.translate(_UNBROKEN)


def bare(words: str) -> str:
    """A name to compare with others: unbroken, and with plain hyphens."""
    return words if words.isascii() else unbroken(words).translate(_HYPHENS)


def _directed(text: str) -> str:
    """Marks in place of what embeds or isolates a direction: they say the same to what is there."""
    opened: list[str] = []

    def mark(found: re.Match[str]) -> str:
        sign = found[0]
        if sign in _OPENING:
            opened.append(_OPENING[sign])
            return opened[-1]
        if sign in "\u202c\u2069":
            return opened.pop() if opened else ""
        return sign

    return re.sub(_DIRECTIONS, mark, text)
