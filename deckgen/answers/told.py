"""What is to be said of a file that came back, where one new workbook is made of it."""

from __future__ import annotations

from deckgen.model.answers import Beside, Copy, Returned
from deckgen.problem import Place, Problem, problem
from deckgen.readback.limits import MENDED
from deckgen.readback.returned import FLATTENED, FOREIGN, PICTURES

_KEEP = "Keep the old file, and bring over by hand what is needed."
_BESIDE = {
    "comment": "a comment",
    "text": "a text beside the boxes",
    "ink": "a pen stroke or a shape",
    "stamp": "a stamp",
    "drawn": "something written or drawn into the page",
    "link": "a link",
    "attachment": "an attached file",
    "page": "an added page",
}
_MOST_NAMED = 20
_NOTHING = (
    "Nothing was filled in.",
    "Ask whether it is the right file, and whether it was saved.",
)


def refusals(returned: Returned, file: str) -> list[Problem]:
    """Why no workbook can be made of a file; empty if one can."""
    place = Place(file)
    if returned.refused:
        why, todo = returned.refused
        code = "answers-unreadable"
        if returned.refused in (FLATTENED, PICTURES):
            code = "answers-flattened"
        elif returned.refused == FOREIGN:
            code = "answers-foreign"
        return [problem(code, place, f"This file can't be used: {why}.", todo)]
    filled = [copy for copy in returned.copies if copy.said]
    return [_several(filled, place)] if len(filled) > 1 else []


def _several(copies: list[Copy], place: Place) -> Problem:
    """Two people's answers are never made one."""
    by_field: dict[str, list[str]] = {}
    for copy in copies:
        for said in copy.said:
            by_field.setdefault(said.field, []).append(said.value)
    both = [f"{name}: “{'” / “'.join(v)}”" for name, v in by_field.items() if len(v) > 1]
    found = f"The file holds {len(copies)} filled-in workbooks, one behind the other."
    found += f" {'; '.join(both[:_MOST_NAMED])}" * bool(both)
    return problem("answers-several", place, found, "Save each workbook as a file of its own.")


def told(returned: Returned, file: str) -> list[Problem]:
    """Warnings: what is odd about a file, and what has no place in a new workbook."""
    place = Place(file)
    notes = [*returned.notes, *(note for copy in returned.copies for note in copy.notes)]
    found = [_odd(note, place) for note in notes]
    if not any(copy.said for copy in returned.copies):
        found.append(problem("answers-odd", place, *_NOTHING))
    return [*found, *(_beside(one, place) for one in returned.beside)]


def _odd(note: str, place: Place) -> Problem:
    if note == MENDED[0]:
        return problem("file-mended", place, *MENDED)
    return problem("answers-odd", place, note, "Compare the new workbook with the old file.")


def _beside(one: Beside, place: Place) -> Problem:
    where = f"On page {one.page} of the old file" if one.page else "In the old file"
    words = f": “{one.words}”" if one.words else ""
    found = f"{where} is {_BESIDE[one.kind]}{words}. It is not in the new one."
    return problem("answer-beside", place, found, _KEEP)
