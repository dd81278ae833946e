"""The requirements: what PDF/X asks, and what print shops ask on top of it.

PDF/X-4 is ISO 15930-7, PDF/X-1a:2003 is ISO 15930-4. A clause says where ISO 32000-1 defines
the thing in question, as that text is free to read and those are not.
"""

from __future__ import annotations

from functools import partial

from msgspec import Struct

X4, X1A = "PDF/X-4", "PDF/X-1a:2003"
BOTH = frozenset((X4, X1A))

LEAST_BLEED_MM = 3.0
MOST_INK = 300.0
THINNEST_PT = 0.25
SMALLEST_MIXED_PT = 8.0
LEAST_PPI = 200.0

MOST_MB = 1000
MOST_STEPS = 10_000_000  # operators of a file and all that they draw: a deck of 30,000 pages


class Rule(Struct, frozen=True):
    """A requirement: its short name, what it asks, where the thing is defined, and who asks.

    `of` are things that it is asked of each of: a file with none of them neither meets nor fails
    it. Without `of`, what it speaks of is either needed, or forbidden and was looked for.
    """

    key: str
    asks: str
    clause: str
    of: str = ""
    standards: frozenset[str] = BOTH
    shops: bool = False

    def asked_by(self, standard: str) -> str:
        """Who wants this."""
        return "print shops" if self.shops else standard


_X4, _X1A = frozenset({X4}), frozenset({X1A})

_shops = partial(Rule, shops=True)

RULES: tuple[Rule, ...] = (
    Rule("READ", "The file can be read to its end, as it is.", "7.5"),
    Rule("VERSION", "The file's version is not newer than the standard allows.", "7.5.2"),
    Rule("XREF", "Objects and the table of them are not packed in streams.", "7.5.7", "", _X1A),
    Rule("ID", "The file has an identifier.", "14.4"),
    Rule("ENCRYPTION", "The file is not protected.", "7.6"),
    Rule("INTENT", "One output intent names the printing condition.", "14.11.5"),
    Rule("PROFILE", "The press's profile is there, whole, for four inks.", "14.11.5", "profiles"),
    Rule("INFO", "Title and both dates are given.", "14.3.3"),
    Rule("TRAPPED", "It is said whether colours are trapped.", "14.11.6"),
    Rule("CLAIM", "The file says which standard it keeps to.", "14.3.3"),
    Rule("XMP", "The metadata packet is there, readable and complete.", "14.3.2", "", _X4),
    Rule("SYNC", "Packet and properties say the same.", "14.3.2", "words that both have", _X4),
    Rule("BOXES", "Each page has a trim inside its bleed inside its sheet.", "14.11.2"),
    Rule("VIEW", "No other area is asked to be shown or printed.", "12.2"),
    Rule("NOTES", "No note, link or form field lies on what is printed.", "12.5", "notes"),
    Rule("FORM", "There is no form.", "12.7"),
    Rule("ACTIONS", "Nothing acts by itself.", "12.6"),
    Rule("FILES", "No other file is inside or needed.", "7.11"),
    Rule("FONTS", "Every font is in the file.", "9.9", "fonts"),
    Rule("COLOUR", "No colour is made of red, green and blue light.", "8.6", "colours"),
    Rule("LAB", "All colours are inks.", "8.6.5", "colours", _X1A),
    Rule("CLEAR", "Nothing is transparent.", "11", "", _X1A),
    Rule("LAYERS", "There are no layers.", "8.11", "", _X1A),
    Rule("LAYER-STATES", "Layers stay as they are.", "8.11.4", "layers", _X4),
    Rule("PACKING", "Streams are packed in ways that are allowed.", "7.4", "packed streams"),
    Rule("CURVES", "No transfer curves or halftones are set.", "10.4"),
    Rule("POSTSCRIPT", "There is no PostScript inside.", "8.8"),
    Rule("STAND-INS", "Pictures have no stand-ins elsewhere.", "8.9.5", "pictures or forms"),
    Rule("OPERATORS", "Pages hold known operators only, and complete.", "7.8.2", "operators"),
    _shops("BLEED", f"Colour has {LEAST_BLEED_MM:g} mm of bleed all round.", "14.11.2", "trims"),
    _shops("SIZE", "All cards have one size.", "14.11.2", "trims"),
    _shops("INK", f"No colour has more than {MOST_INK:g} % ink.", "8.6.4", "colours in inks"),
    _shops("LINES", f"No line is thinner than {THINNEST_PT:g} pt.", "8.4.3", "lines"),
    _shops("SMALL", "Small type is in one ink.", "9.3", "letters in inks"),
    _shops("OVERPRINT", "Nothing overprints.", "8.6.7"),
    _shops("PICTURES", f"Pictures have {LEAST_PPI:g} dots an inch or more.", "8.9.5", "pictures"),
    _shops("OWN-INKS", "Inks are the press's, without a profile.", "8.6.5", "colours", _X4),
    _shops("LETTERS", "Letters have shapes in their fonts.", "9.7.4", "fonts that name theirs"),
    _shops("UNIT", "Lengths are in points.", "7.7.3"),
)
BY_KEY = {rule.key: rule for rule in RULES}


class Finding(Struct, frozen=True):
    """A requirement that a file does not meet: where, and what was found there."""

    rule: Rule
    where: str
    found: str
