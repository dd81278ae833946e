"""A filled-in workbook that came back, by whatever program it was filled in, saved or joined.

Another process reads the file (`returned_file`), with bounds of time and memory. Here what it
found is laid out: which fields are the workbook's, how many copies the file holds, what each says
of itself, and what a person has to look at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct, convert
from msgspec.structs import replace

from deckgen.model.answers import Asked, Beside, Copy, Identity, Returned, Said
from deckgen.readback.box_names import Entry, Part, copies_of, plain_names, share_of_ours
from deckgen.readback.box_places import names_by_place
from deckgen.readback.carriers import HIDDEN_FIELD, Carried, as_told, carried_in, foot_code
from deckgen.readback.limits import BROKEN, MENDED, Limits, Refused, in_child

LIMITS = Limits(megabytes=20, seconds=30)
_ASK = "Ask for the workbook as it was saved"
FLATTENED = (
    "no boxes are in the file; the words are on the page: it was printed to a PDF or flattened",
    f"{_ASK}, or let `deckgen collect` read the answers by their places and look at each.",
)
PICTURES = (
    "no boxes and no words are in the file, only pictures of pages: it was scanned",
    f"{_ASK}, or let `deckgen collect` read the scan.",
)
FOREIGN = (
    "it is not a workbook of this kind: none of its fields could be one of ours",
    "Look for the workbook itself, or go to the folder of the deck that it belongs to.",
)
_MAKER = "deckgen"
_MANY = "The file holds {count} copies of a workbook, one behind the other."
_MIXED = "Pages of several workbooks are mixed: see whose answer each one is."
_WORDS_UNREAD = "The words on its pages could not be read: {why}."
_GONE = "Answers of pages that are no longer in the file were read all the same: {names}."
_LACKING = "Boxes are not in the file, so pages may be missing: {count} of {all}."
_CARRIER = "What the file says of itself in its hidden field can't be understood."
_NAMELESS = "A box on page {page} has lost its name; it says: “{value}”."
_PART = "page {page}: {name}"
_ELSEWHERE = "two places in the file keep different answers"
_PAGE_ONLY_BLANK = "the box on the page is empty; another place in the file keeps this answer"


class _Heard(Struct, frozen=True):
    """What the other process said. `texts` are None if it did not come to that."""

    entries: tuple[Entry, ...]
    beside: tuple[Beside, ...]
    notes: tuple[str, ...]
    mended: bool
    title: str
    maker: str
    carried: str
    tagged: tuple[bool, ...]
    pictures: bool
    written_on: tuple[int, ...] = ()
    texts: tuple[tuple[str, str], ...] | None = None
    ended: str = ""

    @property
    def feet(self) -> list[str]:
        """What stands at the foot of each page."""
        return [foot for _, foot in self.texts or ()]


def read_returned(
    data: bytes, file: str, password: str = "", asked: Sequence[Asked] = ()
) -> Returned:
    """All answers of a file that came back, and everything else that a person put into it.

    Never raises for what is in the file. A tick's answer is "Yes", a choice's its value. `asked`
    are the workbooks that it may be: with them, a copy is known that no longer says what it is,
    and so are fields that have lost their names.
    """
    try:
        heard = _heard(data, password)
    except Refused as refusal:
        return Returned(refused=(refusal.why, refusal.todo))
    return _returned(heard, asked)


@lru_cache(maxsize=4)
def _heard(data: bytes, password: str) -> _Heard:
    lines, ended = in_child("returned_file:said", data, password, limits=LIMITS)
    if not lines:
        raise Refused(ended or BROKEN[0], BROKEN[1])
    told = {key: value for line in lines for key, value in line.items()}
    return convert({**told, "ended": ended}, _Heard)


def _returned(heard: _Heard, asked: Sequence[Asked]) -> Returned:
    metadata, entries = carried_in(heard.carried), _named(heard, asked)
    code = foot_code(heard.feet)
    notes = [*heard.notes, *[MENDED[0]][: heard.mended], *_unread(heard), *_nameless(entries)]
    beside = (*heard.beside, *_added_pages(heard, entries))
    known = _known(heard, asked)
    if refused := _refusal(heard, entries, bool(metadata or code), known):
        hidden = (carried_in(e.value) for e in entries if e.name == HIDDEN_FIELD)
        carried = as_told(*hidden, metadata)[0]
        identity = carried.identity() if carried.code else replace(carried.identity(), code=code)
        only = (Copy(identity),) if identity != Identity() else ()
        return Returned(only, beside, tuple(notes), refused, heard.title)
    beside += tuple(Beside("drawn", page) for page in heard.written_on)
    parts = copies_of([e for e in entries if e.name])
    copies = tuple(_copy(part, metadata, code, len(parts) == 1) for part in parts)
    if len(parts) > 1:
        notes.append(_MANY.format(count=len(parts)))
    if any(part.mixed for part in parts):
        copies = tuple(replace(copy, notes=(*copy.notes, _MIXED)) for copy in copies)
    return Returned(copies, beside, tuple(notes), None, heard.title)


def _known(heard: _Heard, asked: Sequence[Asked]) -> frozenset[str]:
    """Names that the project's workbooks have, and those that the file itself tells of."""
    carriers = [heard.carried, *(e.value for e in heard.entries if _is_hidden(e))]
    told = [carried.asked.keys() for words in carriers if (carried := carried_in(words))]
    questions = [q for one in asked for q in one.questions]
    return frozenset(name for q in questions for name in (q.field, *q.once)).union(*told)


def _named(heard: _Heard, asked: Sequence[Asked]) -> list[Entry]:
    """The fields by the names that the workbook gave them."""
    known = _known(heard, asked)
    names = plain_names([entry.name for entry in heard.entries], known)
    both = zip(heard.entries, names, strict=True)
    entries = [replace(e, name=HIDDEN_FIELD if _is_hidden(e) else n) for e, n in both]
    by_place = names_by_place(entries, asked, [text for text, _ in heard.texts or ()])
    ends = {name[at + 1 :] for name in known for at, sign in enumerate(name) if sign == "."}
    ends -= known
    for entry in entries:
        if entry.node in by_place:
            entry.name = by_place[entry.node]
        elif entry.name in ends:  # a part of several names: pages that have it are no copies
            entry.name = _PART.format(page=max(entry.pages) + 1, name=entry.name)
    return entries


def _nameless(entries: list[Entry]) -> list[str]:
    """What fields say that have lost their names."""
    said = [(e.pages[0] + 1, e.value) for e in entries if not e.name and (e.value or e.note)]
    return [_NAMELESS.format(page=page, value=value) for page, value in said]


def _is_hidden(entry: Entry) -> bool:
    """Whether it is the field by which a file says what it is; its name may have lost its start."""
    if plain_names([entry.name], [HIDDEN_FIELD])[0] == HIDDEN_FIELD:
        return True
    last = HIDDEN_FIELD.rpartition(".")[2]
    return plain_names([entry.name], [last])[0] == last and carried_in(entry.value) is not None


def _unread(heard: _Heard) -> list[str]:
    """A note if the other process ended before it had read the words on pages."""
    why = heard.ended or "the file is damaged"
    return [_WORDS_UNREAD.format(why=why)] if heard.texts is None else []


def _refusal(
    heard: _Heard, entries: list[Entry], told: bool, known: Collection[str]
) -> tuple[str, str] | None:
    """Why a file is no workbook with boxes; None if it is one, or `told` that it is."""
    names = [entry.name for entry in entries if entry.listed or set(entry.pages) != {-1}]
    if not names:
        words = any(text.strip() for text, _ in heard.texts or ())
        return PICTURES if heard.pictures and not words else FLATTENED
    ours = told or HIDDEN_FIELD in names or not set(names).isdisjoint(known)
    made_here = heard.maker == _MAKER and any("." in name for name in names)
    return None if ours or made_here or share_of_ours(names) > 0.5 else FOREIGN


def _added_pages(heard: _Heard, entries: list[Entry]) -> Iterator[Beside]:
    """Pages that are none of the workbook's: not tagged, without its boxes, code and words."""
    boxes, texts = {p for e in entries for p in e.pages}, heard.texts or ()
    first = {" ".join(text.split()) for (text, _), ours in zip(texts, heard.tagged, strict=False)
             if ours}  # fmt: skip
    code = foot_code(heard.feet)
    coded = f"{code[:3]}-{code[3:]}" if code else ""
    if not any(heard.tagged) and not code:
        return
    for number, ours in enumerate(heard.tagged):
        text, foot = texts[number] if number < len(texts) else ("", "")
        if ours or number in boxes or (coded and coded in foot) or " ".join(text.split()) in first:
            continue
        yield Beside("page", number + 1, text.replace("\r\n", "\n").strip()[:2000])


def _copy(part: Part, metadata: Carried | None, code: str, alone: bool) -> Copy:
    """One workbook: what it says of itself, and its answers."""
    own = [e for e in part.entries.values() if e.name == HIDDEN_FIELD]
    hidden = [carried_in(e.value) for e in own if e.value]
    carried, notes = as_told(*hidden, metadata if alone or not any(hidden) else None)
    if hidden and not any(hidden):
        notes.append(_CARRIER)
    identity = carried.identity()
    if code and not identity.code:
        identity = replace(identity, code=code)
    twins: dict[str, list[Entry]] = {}
    for entry in part.entries.values():
        if entry.name != HIDDEN_FIELD:
            twins.setdefault(entry.name, []).append(entry)
    said = tuple(filter(None, (_said(name, several) for name, several in twins.items())))
    gone = [n for n, e in twins.items() if all(set(one.pages) == {-1} for one in e)]
    gone = [one.field for one in said if one.field in gone]
    if gone:
        notes.append(_GONE.format(names=", ".join(gone)))
    lacking = carried.asked.keys() - twins.keys()
    if lacking:
        notes.append(_LACKING.format(count=len(lacking), all=len(carried.asked)))
    tooltips = {
        n: told for n, e in twins.items() if (told := next((o.told for o in e if o.told), ""))
    }
    of_copy = Copy(identity, said, frozenset(twins), carried.asked, kept=carried.kept)
    return replace(of_copy, notes=tuple(notes), told=tooltips)


def _said(name: str, twins: list[Entry]) -> Said | None:
    """An answer, where it may be kept in several places: on a page, and on none."""
    shown = [e for e in twins if set(e.pages) != {-1}]
    order = [*shown, *(e for e in twins if e not in shown)]
    values = dict.fromkeys(v for e in order for v in (e.value, *e.others) if v)
    notes = dict.fromkeys(e.note for e in order if e.note)
    mains = dict.fromkeys(e.value for e in order if e.value)
    if len(mains) > 1:
        notes[_ELSEWHERE] = None
    if shown and mains and not any(e.value for e in shown):
        notes[_PAGE_ONLY_BLANK] = None
    first, *others = values or [""]
    if not first and not notes:
        return None
    return Said(name, first, others=tuple(others), note="; ".join(notes))
