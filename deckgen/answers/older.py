"""What a workbook asked before questions had names: by the words that its lock has, or its file.

Names were places then ("tonight-1.checklist.2"). What comes of it has today's names for all that
is still asked, with the old ones as `once`; the options of a question are in their old order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec.structs import replace

from deckgen.content.point_ids import id_in_words
from deckgen.editions.same_page import paired_pages
from deckgen.layout.workbooks.asked import sentences
from deckgen.model.answers import Asked, Asks, Identity, Option, Question
from deckgen.model.snapshot import PageState, Snapshot, WordsPart

_UNTITLED = {"tick": ("items",), "option": ("steps", "options"), "row": ("table",), "": ()}
CHANGED = "changed"  # the fingerprint of words that are not today's
_MARKUP = re.compile(r"\*\*|\{[a-zA-Z-]+: |\}")
_COUNTED = re.compile(r" [0-9]+\Z")
_FRAME = re.compile(r" [0-9]+: ")
_ROWS = re.compile(r"[0-9]+ rows")
_COVER_HEAD = 3  # title, subtitle and role stand before what the cover asks for


def asked_by_words(was: Snapshot, today: Asked, snapshot: Snapshot) -> Asked:
    """What a workbook asked in an edition whose lock has only the words of its pages."""
    book, by_part = today.identity.workbook, defaultdict[str, list[Question]](list)
    for question in today.questions:
        by_part[question.field.partition(".")[0]].append(question)
    made = list[Question]()
    for old, new in paired_pages(was, snapshot):
        if old is None or not old.key.startswith(f"{book}/"):
            continue
        key = old.key.partition("/")[2]
        if not _part(old.parts, "title"):
            made += _of_a_part(old, new, today.questions)
        elif new:
            made += _of_an_activity(key, old, new, by_part[new.key.partition("/")[2]])
        else:
            made += _gone(key, old, today.questions)
    identity = Identity(was.title, book, was.edition, was.language)
    # Nobody knows where these were, nor what was told of them.
    questions = tuple(replace(question, spots=(), told="") for question in made)
    return Asked(identity, today.title, today.role, questions)


def placed(question: Question) -> str:
    """The name that a question of today had when names were places."""
    return question.once[-1] if question.once else question.field


def _of_an_activity(
    key: str, old: PageState, new: PageState, questions: Iterable[Question]
) -> Iterator[Question]:
    """Questions of an activity that is still there, as they were."""
    title = _text(_part(old.parts, "title"))
    frame = _FRAME.split(old.name, maxsplit=1)[0]
    for block in _blocks(questions, new):
        was, now = (_part(page.parts, block[0]) for page in (old, new))
        for question in _of_a_block(block[0], block[1], was, now):
            rest = question.once[0].partition(".")[2]
            yield replace(question, once=(f"{key}.{rest}",), activity=title, frame=frame)


def _of_a_block(
    title: str, questions: Sequence[Question], was: WordsPart | None, now: WordsPart | None
) -> Iterator[Question]:
    """A block's questions; `once` is the name of each by its old place."""
    texts = [_plain(text) for text in was.texts] if was else []
    same = was is not None and now is not None and _said(was) == _said(now)
    if questions[0].asks is Asks.TICK and not questions[0].row:
        yield from _ticks(title, questions, texts)
        return
    for q in questions:
        old = placed(q)
        if was and not same and not q.row:
            q = replace(q, words=sentences(title or q.words, texts[0] if texts else ""))
        if was is None:  # the block was not there, or had no words
            yield replace(q, once=(old,), digest=q.digest if now is None else CHANGED)
        elif q.asks is Asks.OPTION and not q.row:
            yield replace(q, once=(old,), options=_options(q, texts[1:]), digest=_print(q, same))
        else:
            yield replace(q, once=(old,), digest=_print(q, same))


def _said(part: WordsPart) -> list[str]:
    """Words of a block; how many rows a table has is none."""
    return [_plain(text) for text in part.texts if not _ROWS.fullmatch(text)]


def _print(question: Question, same: bool) -> str:
    return question.digest if same else CHANGED


def _ticks(title: str, questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Question]:
    """Ticks are told apart by their words alone."""
    start = placed(questions[0]).rpartition(".")[0]
    today = {q.words.removeprefix(f"{title}: "): q for q in questions}
    for number, text in enumerate(texts, start=1):
        name = f"{start}.{number}"
        if text in today:
            yield replace(today[text], once=(name,))
        else:
            gone = replace(questions[0], field=f"{name}?", words=f"{title}: {text}", spots=())
            yield replace(gone, once=(name,), digest=CHANGED)


def _options(question: Question, texts: Sequence[str]) -> tuple[Option, ...]:
    today = {option.words: option.value for option in question.options}
    return tuple(Option(today.get(text) or id_in_words(text), text) for text in texts)


def _gone(key: str, old: PageState, questions: Iterable[Question]) -> Iterator[Question]:
    """Questions of an activity that is no longer there: what other activities call such blocks."""
    title, frame = _text(_part(old.parts, "title")), _FRAME.split(old.name, maxsplit=1)[0]
    seen = set[str]()
    for name, block in _blocks(questions, old):
        if not name or name in seen:
            continue
        seen.add(name)
        for q in _of_a_block(name, block, _part(old.parts, name), None):
            rest = q.once[0].partition(".")[2]
            field = f"{key}.{rest}"
            yield replace(q, field=f"{field}?", once=(field,), activity=title, frame=frame)


def _blocks(questions: Iterable[Question], page: PageState) -> Iterator[tuple[str, list[Question]]]:
    """The questions of each block with the block's title, as far as a page has words of it."""
    blocks = defaultdict[str, list[Question]](list)
    for question in questions:
        blocks[".".join(question.field.split(".")[:2])].append(question)
    names = {part.name for part in page.parts}
    titles = sorted((_COUNTED.sub("", part.name) for part in page.parts), key=len, reverse=True)
    for block in blocks.values():
        title = next((name for name in titles if block[0].words.startswith(name)), "")
        untitled = (name for name in _UNTITLED[_sort(block[0])] if name in names)
        yield title or next(untitled, ""), block


def _sort(question: Question) -> str:
    """What a block without a title is called in locks depends on this."""
    if question.row:
        return "row"
    return str(question.asks) if question.asks in (Asks.TICK, Asks.OPTION) else ""


def _of_a_part(
    old: PageState, new: PageState | None, questions: Sequence[Question]
) -> Iterator[Question]:
    """Questions of the cover and of parts, which had names already; those of the cover counted."""
    if old.key.endswith("/cover"):
        words = _part(old.parts, "words")
        labels = list(map(_plain, words.texts[_COVER_HEAD:])) if words else []
        today = {q.words: q for q in questions if q.field.startswith("cover.")}
        for number, label in enumerate(labels, start=1):
            name = f"cover.{number}"
            usual = Question(f"{name}?", Asks.LINE, label, digest=CHANGED)
            yield replace(today.get(label, usual), once=(name,))
        return
    if new is None:
        return
    title = new.name
    mine = [q for q in questions if (q.activity or q.frame) and _is_of(q, title)]
    for name, block in _blocks(mine, new):
        was, now = (_part(page.parts, name) if name else None for page in (old, new))
        yield from _of_a_block(name, block, was, now)


def _is_of(question: Question, page: str) -> bool:
    """Whether a question stands on a part's page, or on a time frame's own."""
    heading = question.activity or question.frame
    return page == heading or page.startswith(f"{heading} (")


def _part(parts: Iterable[WordsPart], name: str) -> WordsPart | None:
    return next((part for part in parts if name and _COUNTED.sub("", part.name) == name), None)


def _text(part: WordsPart | None) -> str:
    return part.text if part else ""


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())


def asked_by_tooltips(fields: Mapping[str, str], today: Asked) -> Asked | None:
    """What a file asked by what its tooltips say, as nothing else tells; None if they don't."""
    options = [tail(q.told) for q in today.questions if q.asks is Asks.OPTION and not q.row]
    tails = {name: _without(tail(told), options) for name, told in fields.items() if told}
    by_place, ours = _grouped(tails), _grouped({q.field: tail(q.told) for q in today.questions})
    common = {said for group in (by_place, ours) for said in _often(group)}
    votes = Counter[tuple[str, str]]()
    for old, mine in by_place.items():
        for new, theirs in ours.items():
            votes[old, new] = len((set(mine.values()) & set(theirs.values())) - common - {""})
    paired = dict[str, str]()
    for (old, new), count in votes.most_common():
        if count and old not in paired and new not in paired.values():
            paired[old] = new
    if not paired:
        return None
    for start in by_place:  # parts had names
        if start in ours and start not in paired and start not in paired.values():
            paired[start] = start
    whole = {old for old, new in paired.items() if _all_of(by_place[old]) <= _all_of(ours[new])}
    return replace(today, questions=tuple(_told(today, paired, tails, whole)))


def _told(
    today: Asked, paired: Mapping[str, str], tails: Mapping[str, str], whole: Set[str]
) -> Iterator[Question]:
    """The questions of a file; in a list the tooltip says which tick, elsewhere the name does.

    Only in a `whole` activity, of which every question is still there, are words surely the same.
    """
    by_tail = {(q.field.partition(".")[0], tail(q.told)): q for q in today.questions}
    by_name = {q.field: q for q in today.questions}
    for name, said in tails.items():
        start, _, rest = name.partition(".")
        new = paired.get(start, "")
        question = by_name.get(f"{new}.{rest}") or by_tail.get((new, said))
        if question is None or (question.asks is Asks.TICK and tail(question.told) != said):
            yield Question(f"{name}?", Asks.LINES, said or name, once=(name,), digest=CHANGED)
            continue
        same, words = start in whole, question.words if tail(question.told) == said else said
        yield replace(question, once=(name,), words=words, digest=_print(question, same))


def tail(told: str) -> str:
    """A tooltip without its beginning, which counts activities, and without a number at its end,
    which counts what is alike.
    """
    return _COUNTED.sub("", " ".join((told.partition(": ")[2] or told).split()))


def _without(said: str, options: Iterable[str]) -> str:
    """What a group of options is told as, where this is told of one of them."""
    return next(
        (told for told in options if told and said.startswith((f"{told} ", f"{told}:"))), said
    )


def _all_of(tails: Mapping[str, str]) -> set[str]:
    return set(tails.values()) - {""}


def _grouped(tails: Mapping[str, str]) -> dict[str, dict[str, str]]:
    groups = defaultdict[str, dict[str, str]](dict)
    for name, said in tails.items():
        groups[name.partition(".")[0]][name] = said
    return groups


def _often(groups: Mapping[str, Mapping[str, str]]) -> set[str]:
    """What the tooltips of several activities say."""
    counts = Counter(said for group in groups.values() for said in set(group.values()))
    return {said for said, count in counts.items() if count > 1}
