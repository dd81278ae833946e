"""What `deckgen audit` found: tables for people, and data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.control.audit import Audit, FileAudit, PagesEdition
from deckgen.control.identify_report import step_said, version_record
from deckgen.editions.held_cards import HeldCard
from deckgen.editions.printed_versions import Status, Version
from deckgen.model.lock import Ledger
from deckgen.model.snapshot import INDEX_CODE, marked_as
from deckgen.report import json_text, one_line, picked, plural

_LABELS = {
    Status.SUPERSEDED: "out of date",
    Status.WITHDRAWN: "withdrawn",
    Status.DRAFT: "draft",
    Status.DOUBTFUL: "doubtful",
    Status.UNKNOWN: "unknown",
}
_WIDE = max(map(len, _LABELS.values()))
_MOST_LINES, _MOST_CODES = 40, 30


def audit_text(audit: Audit) -> str:
    """A table for each file: what it is, then what is wrong with it, then what is in order."""
    blocks = ["\n".join(_file(file, audit.ledger)) for file in audit.files]
    if not audit.ledger.latest:
        blocks.append("No edition was issued yet, so there is nothing to compare files with.")
    return "\n\n".join(blocks) + "\n"


def audit_json(audit: Audit) -> str:
    """The same as an object: {"format": 1, "deck": …, "latest": …, "files": […]}."""
    latest = audit.ledger.latest
    return json_text(
        format=1,
        deck=latest.snapshot.title if latest else None,
        latest=latest.edition if latest else None,
        files=[_record(file) for file in audit.files],
    )


def _file(file: FileAudit, ledger: Ledger) -> Iterator[str]:
    name = one_line(file.file)
    if file.refused:
        yield f"{name} could not be read: {file.refused}."
        return
    yield f"{name}: {_head(file, ledger)}"
    if file.cut:
        yield _row("not all read", f"{file.cut}.")
    for status, label in _LABELS.items():
        cards = [card for card in file.cards if card.status is status]
        for card in cards[:_MOST_LINES]:
            yield _row(label, _card(card))
        if len(cards) > _MOST_LINES:
            yield _row(label, f"and {len(cards) - _MOST_LINES} more")
    yield from _doubled(file)
    yield from _missing(file, ledger)
    current = sum(card.status is Status.CURRENT for card in file.cards)
    if current:
        yield _row("current", plural(current, "card"))
    for pages in file.pages:
        yield _row("pages", _pages_said(pages, ledger))
    for index in [index for index in file.indexes if index.steps][:1]:
        yield f"→ deckgen reissue --since {index.edition} makes the cards that you need."


def _row(label: str, said: str) -> str:
    return f"  {label:<{_WIDE + 1}}  {one_line(said)}"


def _head(file: FileAudit, ledger: Ledger) -> str:
    """What the file is as a whole, by its index card or by what else it holds."""
    latest = ledger.latest
    if not file.cards and not file.pages:
        deck = f"“{latest.snapshot.title}”" if latest else "this deck"
        return f"no card of {deck} was found on its {plural(file.count, 'page')}"
    if not file.cards:
        return "no cards"
    said = [_index_said(version) for version in file.indexes]
    said += [
        f"a draft, “{card.mark.label}” on its index card"
        for card in file.cards
        if card.status is Status.DRAFT and marked_as(card.code) == INDEX_CODE
    ]
    strange = all(card.status is Status.UNKNOWN for card in file.cards)
    what = " that no edition of this deck has had" if strange else ", and no index card"
    said = list(dict.fromkeys(said))  # several index cards of one draft
    return one_line("; and ".join(said) or f"{plural(len(file.cards), 'card')}{what}")


def _index_said(index: Version) -> str:
    said = f"edition {index.edition} of “{index.title}” (index card {index.check})"
    return f"{said}, now superseded by edition {index.steps[-1].edition}" if index.steps else said


def _card(card: HeldCard) -> str:
    where = f"{'page' if len(card.pages) == 1 else 'pages'} {_listed(card.pages)}"
    version = card.version
    if card.status is Status.DRAFT:
        return f"{card.name}, “{card.mark.label}”: it was never issued ({where})"
    if version is None:
        return f"{card.name}, “{card.mark.label}”: no edition has such a card ({where})"
    if card.doubts:
        return f"{version.name}, {version.mark}: {'; '.join(card.doubts)} ({where})"
    last = version.steps[-1]
    if card.status is Status.WITHDRAWN:
        why = f": {last.reason}" if last.reason else ""
        return f"{version.name}: in edition {last.edition}{why}"
    if version.is_index:
        return f"{version.name}: edition {version.edition}, now edition {last.edition}"
    now = f"{version.moved_to}, " * bool(version.moved_to) + f"edition {last.edition}"
    code, said = version.code, []
    for step in version.steps:
        said.append(step_said(step, code))
        code = step.code
    return f"{version.name}: edition {version.edition}, now {now} ({'; '.join(said)})"


def _doubled(file: FileAudit) -> Iterator[str]:
    doubled = [card for card in file.cards if card.copies > 1 and card.version]
    for copies in sorted({card.copies for card in doubled}):
        codes = [card.code for card in doubled if card.copies == copies]
        yield _row("doubled", f"{copies} times: {_listed(codes)}")


def _missing(file: FileAudit, ledger: Ledger) -> Iterator[str]:
    """Cards that are new since the file's edition one by one, the others together."""
    latest = ledger.latest
    if not latest or not file.missing:
        return
    lock = ledger.lock(file.indexes[0].edition) if file.indexes else None
    new = [card for card in file.missing if lock and not lock.snapshot.card(card.id)]
    for card in new[:_MOST_LINES]:
        first = next(lock.edition for lock in ledger.locks if lock.snapshot.card(card.id))
        yield _row("missing", f"{card.name} (new in edition {first})")
    others = [card for card in file.missing if card not in new]
    if len(others) == 1:
        yield _row("missing", others[0].name)
    elif others:
        yield _row("missing", f"{len(others)} cards: {_listed([card.code for card in others])}")


def _pages_said(pages: PagesEdition, ledger: Ledger) -> str:
    said = f"{plural(pages.pages, 'page')} without cards, “{pages.mark.label}”"
    if pages.status is Status.SUPERSEDED and ledger.latest:
        return f"{said}, now superseded by edition {ledger.latest.edition}"
    if pages.status is Status.DRAFT:
        return f"{said}, which was never issued"
    return f"{said}, which this deck never had" if pages.status is Status.UNKNOWN else said


def _listed(items: Sequence[object]) -> str:
    shown = ", ".join(map(str, items[:_MOST_CODES]))
    return f"{shown} and {len(items) - _MOST_CODES} more" if len(items) > _MOST_CODES else shown


def _record(file: FileAudit) -> dict[str, object]:
    return {
        "file": file.file,
        "readable": not file.refused,
        "complete": file.readable,
        "why_not": file.refused or file.cut,
        "current": file.current,
        "pages": file.count,
        "indexes": [version_record(version) for version in file.indexes],
        "cards": [
            {
                "code": card.code,
                "mark": card.mark.label,
                **picked(card, "status", "copies", "pages", "doubts"),
                "version": version_record(card.version) if card.version else None,
            }
            for card in file.cards
        ],
        "missing": [picked(card, "id", "code", "title") for card in file.missing],
        "other_pages": [
            {"mark": pages.mark.label, **picked(pages, "status", "pages")} for pages in file.pages
        ],
    }
