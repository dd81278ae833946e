"""Problems: what is wrong in a person's files, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

LONGEST = 1000  # letters that say what was found: a heading of a megabyte is not repeated


class Place(Struct, frozen=True, order=True):
    """A spot in a file; line and column count from 1, 0 means the whole file or line.

    `spot` is one in words, in a file that has no lines: "cell D7", "paragraph 12".
    """

    file: str
    line: int = 0
    column: int = 0
    spot: str = ""

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts) + f", {self.spot}" * bool(self.spot)


class Severity(StrEnum):
    """An error stops the build; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Problem(Struct, frozen=True):
    """One finding. `code` is stable; `found` says what is wrong, `todo` what to do."""

    code: str
    place: Place
    found: str
    todo: str
    severity: Severity = Severity.ERROR


_Value = TypeVar("_Value")


class Found(list[Problem]):
    """The problems that were met on the way: those of each step are kept, its value goes on."""

    def take(self, step: tuple[_Value, Iterable[Problem]]) -> _Value:
        """The value of a step; its problems are added to these."""
        value, problems = step
        self += problems
        return value


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems sorted by place, then code, each once."""
    return sorted(set(problems), key=lambda p: (p.place, p.code, p.found))


def blocks(problems: Iterable[Problem]) -> bool:
    """True if any problem is an error."""
    return any(p.severity is Severity.ERROR for p in problems)


class Kind(Struct, frozen=True):
    """A sort of problem: its stable code, how bad it is, and what it means."""

    code: str
    severity: Severity
    meaning: str


def _kinds(severity: Severity, *kinds: tuple[str, str]) -> list[Kind]:
    return [Kind(code, severity, meaning) for code, meaning in kinds]


_KINDS = [
    *_kinds(
        Severity.ERROR,
        ("file-missing", "A file that the project needs is not there."),
        (
            "file-too-large",
            "A file is too large: text 4 MB, font 32 MB, picture 50 MB, all of these 1 GB.",
        ),
        ("file-not-text", "A file is not text: a program's file, or damaged."),
        ("path-outside", "A file or folder leads out of the project's folder."),
        ("character-forbidden", "An invisible control character, or a sign of Word's Symbol font."),
        ("settings-syntax", "A settings file (.toml) can't be read."),
        ("setting-unknown", "A settings file has a name that deckgen does not know."),
        ("setting-missing", "A settings file lacks something."),
        ("setting-invalid", "A setting has a value that can't be used."),
        ("words-unknown", "[words] in deck.toml names what deckgen doesn't say."),
        (
            "words-invalid",
            "A word below [words] lacks a name in braces, or has too many forms.",
        ),
        ("section-repeated", "Two sections in deck.toml share a prefix."),
        ("text-stray", "Words stand where no card or page takes them."),
        ("markup-unknown", "The text uses markup that cards and workbooks don't have."),
        ("heading-unknown", "A heading is none of those that can stand there."),
        ("label-unknown", "A line looks like a label, but its name is not known."),
        ("label-repeated", "A label stands twice."),
        ("label-misplaced", "A label stands below other words and would be printed with them."),
        ("label-missing", "A label that is needed is missing."),
        ("part-missing", "A part of a card or of the workbook is missing."),
        ("part-repeated", "A part stands twice."),
        ("part-empty", "A part is there, but has no words."),
        ("block-invalid", "A label of a workbook's block can't be understood."),
        ("card-code-invalid", "A card's heading does not begin with a code such as K7."),
        ("card-code-misplaced", "A card stands in the file of another section."),
        ("card-repeated", "Two cards have the same code."),
        ("card-missing", "A section has fewer cards than deck.toml says."),
        ("card-extra", "A section has more cards than deck.toml says."),
        ("id-invalid", "An Id has other characters than it may have, or is a reserved word."),
        ("id-repeated", "Two cards, or two blocks or points of a workbook, have the same Id."),
        ("card-withdrawn", "A card is there whose number deck.toml lists as withdrawn."),
        ("part-unfit", "A part of a card holds what its kind of card doesn't take there."),
        ("part-count", "A part of a card has too few or too many points, questions, rows …"),
        ("reference-invalid", "A list of cards can't be understood."),
        ("reference-dead", "A card is named that does not exist."),
        ("reference-to-itself", "A card names itself under See also."),
        ("reference-unmatched", "An entry of references.toml fits no point of a card, or several."),
        ("reference-repeated", "Two entries of references.toml are for the same reference."),
        ("number-invalid", "A number is not a number, or is out of range."),
        ("picture-unusable", "A picture is damaged, too large, or of a kind that is not read."),
        ("picture-too-coarse", "A picture has less than 100 dots an inch where it is printed."),
        ("picture-words", "A picture lacks words for those who can't see it, or has wrong ones."),
        (
            "text-too-long",
            "Words don't fit, not even in the smallest letters that the deck allows.",
        ),
        ("letter-missing", "A character is in none of the fonts."),
        ("letters-unsettable", "Letters stand where the font, or deckgen, can't set them right."),
        ("contrast-low", "Two colours are too alike for reading."),
        ("answers-unreadable", "A filled-in workbook is damaged, protected or no PDF."),
        (
            "answers-unplaced",
            "A workbook of an older deckgen does not tell which questions its answers belong to.",
        ),
        ("answers-foreign", "A PDF has none of this workbook's fields."),
        ("answer-table-unreadable", "A table of answers or a list of teams is damaged, or none."),
        ("returned-rejected", "A file that came back gives no answers; the table says why."),
        (
            "answers-flattened",
            "A filled-in workbook has no boxes any more: it was printed to a PDF, or scanned.",
        ),
        ("answers-several", "A PDF holds several filled-in workbooks, one behind the other."),
        ("review-unreadable", "A file is none that a review page saved."),
        ("review-other", "A review page was made from other answers than these."),
        ("part-unreadable", "A PDF for the pack is damaged, protected, too large or no PDF."),
        ("colours-alike", "Two sections' colours are too alike for somebody to tell apart."),
        ("halves-differ", "A colour's inks and its screen half are not the same colour."),
        ("hole-in-words", "Words stand where a hole is to be punched."),
        ("printer-otherwise", "A printer's profile was measured for another turn of the paper."),
        ("profile-unusable", "A colour profile is none, or not that of a press."),
        ("ink-too-much", "A colour has more ink than the press takes."),
        (
            "table-unreadable",
            "A table or document of cards is damaged, protected or of another kind.",
        ),
        (
            "table-columns",
            "The first row of a table of cards lacks a column, or has an unknown one.",
        ),
        (
            "table-cell",
            "A cell of a table of cards holds no words, or words that can't stand there.",
        ),
        ("team-repeated", "A list of teams has the same team with the same workbook twice."),
        ("file-name-taken", "Two teams' files would have a name that some systems take for one."),
        ("workbook-lacking", "A team's workbook is missing, or is not as it was made."),
        ("document-unclear", "A document has tracked changes, so nobody can say what is meant."),
        ("selection-invalid", "The cards or the time frame asked for are not in the deck."),
        ("qr-no-room", "A card or a look has no room for the QR code."),
        ("template-unknown", "A theme, stock, palette or icon of that name is not there."),
        ("template-invalid", "A template names what is not there, or sets type too small."),
        ("stock-invalid", "A stock's grid can't be printed or cut."),
        ("icon-invalid", "An icon's path can't be drawn."),
        ("font-unusable", "A font file can't be embedded."),
        ("file-unreadable", "A file or folder is there, but can't be opened and read."),
        ("date-invalid", "SOURCE_DATE_EPOCH is set, but not to a date."),
        ("id-withdrawn", "A card has the Id of a withdrawn one; Ids are never used again."),
        ("edition-broken", "The lock of an issued edition was changed, renamed or lost."),
        ("change-undeclared", "Nobody has said what a change is and why it was made."),
        ("change-understated", "A change is called less than it was measured to be."),
        ("change-repeated", "A change is declared twice."),
        ("change-unknown", "A change is declared of something that has not changed."),
        ("edition-unknown", "There is no such edition, or nothing came after it."),
        ("look-changed", "The look that was asked for is not that of the old edition."),
        ("edition-unissued", "Something is asked of an edition that was not issued yet."),
        ("plan-stale", "A plan was made from another deck than the one that is there now."),
        ("edition-taken", "The edition was issued already, or is not the one in deck.toml."),
        ("person-missing", "Nobody is named who owns an edition, or who approves it."),
        ("output-changed", "A file in the output folder is not as deckgen left it."),
        ("cannot-write", "The output folder or the disk refuses."),
    ),
    *_kinds(
        Severity.WARNING,
        ("file-ignored", "A file has a name, or stands in a place, that deckgen does not read."),
        ("picture-coarse", "A picture has less than 200 dots an inch where it is printed."),
        (
            "picture-simplified",
            "Not all of a picture file is shown: its first frame, or no profile.",
        ),
        ("edition-changed", "The deck is not as it was when its edition was issued."),
        ("id-changed", "A card has another Id than in the edition before, and the same words."),
        ("answer-letters", "Letters of an answer are in no font, or can't be set right."),
        ("answer-reworded", "An answer belongs to a question that has other words now."),
        ("answer-left-over", "An answer belongs to a question that the workbook no longer has."),
        ("answers-none", "A table has no answers to report on."),
        ("report-letters", "A report's PDF has numbers in place of letters that the fonts lack."),
        ("report-left-out", "A part of a report needs a package that is not installed."),
        ("returned-doubtful", "A person has to look at a workbook that came back."),
        ("returned-noted", "Something is to be known of a workbook that came back."),
        (
            "answer-unsure",
            "An answer is to be looked at: the file says two things, or letters are damaged.",
        ),
        ("answer-beside", "Something stands beside the boxes: a note, a pen stroke, a page."),
        ("answers-odd", "A filled-in workbook is not whole, or not as it was given out."),
        ("review-conflict", "Two people read the same answer on paper differently."),
        ("file-mended", "A PDF was damaged and has been mended; something may be missing."),
        ("part-untagged", "A PDF for the pack has no good tags, so the pack claims no PDF/UA."),
        ("part-left-out", "Something of a PDF for the pack can't be taken in, such as a script."),
        ("part-paper", "A PDF for the pack has pages of another size than the pack's paper."),
        (
            "document-left-out",
            "Something of a table or document can't be taken in, such as a note.",
        ),
        ("id-missing", "A card has no Id, by which it is known when its number changes."),
        (
            "answer-id-missing",
            "Activities or points of a workbook have no Id, by which answers find them again.",
        ),
        ("encoding-guessed", "A file is not in UTF-8; its letters were guessed."),
        ("words-english", "Words that deckgen adds are not there in the deck's language."),
        ("colour-unprintable", "No press prints a section's colour; the cards have the nearest."),
        ("sections-alike", "Sections have the same colour and the same icon."),
        ("colours-shared", "Sections share a colour; icon and pattern tell them apart."),
        ("type-small", "The deck allows letters that many people can't read."),
        ("review-due", "The day by which this edition was to be reviewed is over."),
        ("reference-unchecked", "A reference was last checked too long ago."),
        ("reference-checked-early", "A reference was checked on a day that is still to come."),
        ("reference-unregistered", "A card's other references have entries; this one has none."),
        ("fonts-alike", "Several roles of fonts.toml have the same font, so they look the same."),
        ("reference-words-disagree", "The words name one section, the code beside them another."),
    ),
]

CATALOGUE = {kind.code: kind for kind in _KINDS}


def problem(code: str, place: Place, found: str, todo: str) -> Problem:
    """A Problem of a catalogued kind (KeyError for any other: that is our bug)."""
    found = found if len(found) <= LONGEST else f"{found[: LONGEST - 1]}…"
    return Problem(code, place, found, todo, CATALOGUE[code].severity)


def one_of(name: str, known: Iterable[str], otherwise: str = "", *, list_all: bool = True) -> str:
    """Advice about a name that nothing has: the nearest that something has, or all of them."""
    from difflib import get_close_matches

    names = sorted(known)
    close = get_close_matches(name[:60], names, n=1)
    if close:
        return f"Did you mean “{close[0]}”?"
    return f"Use one of: {', '.join(names)}." if names and list_all else otherwise
