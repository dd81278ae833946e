"""templates/cards/*.toml: the kinds of cards that a deck can have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from deckgen.model.card_kind import CardKind, Takes
from deckgen.problem import Found, Place, Problem, one_of, problem
from deckgen.settings import locate, read_settings
from deckgen.source import read_source
from deckgen.wording.say import SAY_ENGLISH, Wording

FOLDER = "templates/cards/"


class Kinds(Struct, frozen=True):
    """The kinds by name, and that of sections which name none.

    `say` has their headings, and the labels of cards, in the deck's language.
    """

    by_name: Mapping[str, CardKind]
    usual: CardKind | None
    say: Wording = SAY_ENGLISH

    def named(self, name: str, place: Place) -> tuple[CardKind | None, list[Problem]]:
        """A kind by its name ("" is the usual one); a Problem at `place` if there is none."""
        kind = self.by_name.get(name) if name else self.usual
        if kind or not self.by_name:  # without any, that is what is told
            return kind, []
        said, todo = f"There is no kind of card called “{name}”.", one_of(name, self.by_name)
        if not name:
            said, todo = (
                "No kind of card is named here.",
                f"Add kind = … {one_of('', self.by_name)}",
            )
        return None, [problem("template-unknown", place, said, todo)]


def load_kinds(
    files: Mapping[str, bytes], say: Wording = SAY_ENGLISH
) -> tuple[Kinds, list[Problem]]:
    """Every kind that can be read; a file that can't be understood is a Problem."""
    found, kinds = Found(), dict[str, CardKind]()
    for file in sorted(files):
        name = file.removeprefix(FOLDER).removesuffix(".toml")
        if file == f"{FOLDER}{name}.toml" and "/" not in name:
            text = found.take(read_source(files[file], file))
            kind = found.take(read_settings(text, file, CardKind)) if text is not None else None
            faults = list(_faults(kind, file, text or "")) if kind else []
            found += faults
            if kind and not faults:
                kinds[name] = replace(kind, key=name)
    usual = [kind for kind in kinds.values() if kind.default]
    for other in usual[1:]:
        said = f"Both “{usual[0].key}” and “{other.key}” say that they are the default."
        todo = "Take default = true out of one of them."
        found.append(problem("template-invalid", Place(f"{FOLDER}{other.key}.toml"), said, todo))
    if not kinds and not found:
        said = "There are no kinds of cards in this folder."
        found.append(problem("file-missing", Place(FOLDER), said, "Put one back, or copy one."))
    return Kinds(kinds, usual[0] if usual else None, say), found


# What blocks of a content file a part is made of, for parts that no heading tells apart.
_ALIKE = {
    Takes.SENTENCE: "words",
    Takes.PARAGRAPHS: "words",
    Takes.POINTS: "points",
    Takes.QUESTIONS: "points",
}


def _faults(kind: CardKind, file: str, text: str) -> Iterator[Problem]:
    """Parts that nobody could tell apart when reading a card."""
    names, headings, opening = set[str](), set[str](), set[str]()
    for number, rule in enumerate(kind.parts):
        faults = []
        if rule.name in names:
            said, todo = f"Two parts have the name “{rule.name}”.", "Give one another name."
            faults.append((said, todo))
        if rule.heading and rule.heading.lower() in headings:
            said, todo = f"Two parts have the heading “{rule.heading}”.", "Give one another."
            faults.append((said, todo))
        alike = "" if rule.heading else _ALIKE.get(rule.takes, str(rule.takes))
        if alike and alike in opening:
            said = f"The part “{rule.name}” can't be told from another that takes the same."
            faults.append((said, "Give it a heading."))
        for said, todo in faults:
            place = Place(file, *locate(text, ["parts", number]))
            yield problem("template-invalid", place, said, todo)
        names.add(rule.name)
        headings.add(rule.heading.lower())
        opening.add(alike)
