"""What `deckgen identify` answers: in words for people, and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from deckgen.control.identify import Answer
from deckgen.editions.printed_versions import Status, Step, Version
from deckgen.model.change import Kind
from deckgen.model.edition import short_month
from deckgen.model.snapshot import INDEX_CODE
from deckgen.report import json_text, one_line, picked

_DONE: dict[Kind | None, str] = {
    None: "changed",
    Kind.LAYOUT: "drawn differently",
    Kind.CORRECTION: "corrected",
    Kind.RENUMBERED: "renumbered",
    Kind.REVISED: "revised",
    Kind.NEW: "new",
    Kind.WITHDRAWN: "withdrawn",
}


def answer_text(answer: Answer) -> str:
    """Each card that it may be, with what became of it; then the latest edition."""
    lines = [one_line(note) for note in answer.notes]
    for version in answer.matches:
        lines += [*[""] * bool(lines), *_version(version, answer.latest)]
    if answer.latest:
        drafted = "; the deck on disk is a draft of the next" * answer.drafted
        latest = f"The latest edition of “{one_line(answer.deck)}” is {answer.latest}{drafted}."
        lines += ["", latest]
    return "\n".join(lines) + "\n"


def answer_json(answer: Answer) -> str:
    """The same as an object."""
    return json_text(
        format=1,
        **picked(answer, "asked", "deck", "latest", "status"),
        matches=[version_record(version) for version in answer.matches],
        notes=answer.notes,
        draft_on_disk=answer.drafted,
    )


def version_record(version: Version) -> dict[str, object]:
    """A printed version as data."""
    plain = ("id", "code", "title", "edition", "check", "issued", "review", "status")
    now = version.steps[-1].code if version.steps else version.code
    return {**picked(version, *plain), "code_now": now, "steps": version.steps}


def _version(version: Version, latest: str) -> Iterator[str]:
    title = f"Index card of “{version.title}”" if version.is_index else version.name
    yield one_line(f"{title}, {version.mark}")
    if version.status is Status.CURRENT:
        kept = f"; it is as it was in edition {version.edition}" * (version.edition != latest)
        yield f"  In force{kept}. To be reviewed by {short_month(version.review)}."
        return
    gone = version.status is Status.WITHDRAWN
    yield "  Withdrawn: don't use it." if gone else "  Out of date."
    code = version.code
    for step in version.steps:
        yield f"  Edition {step.edition}, {day(step.issued)}: {step_said(step, code)}"
        code = step.code
    last = version.steps[-1]
    if not gone:
        moved = f" It is {version.moved_to} now." if version.moved_to else ""
        yield f"  In force is {last.code}, edition {last.edition} · {last.check}.{moved}"


def step_said(step: Step, code: str) -> str:
    """What an edition did to a card that had a code until then: "revised: the law changed"."""
    if code == step.code == INDEX_CODE:
        return "a new index card"
    said = _DONE[step.kind]
    if step.kind is Kind.RENUMBERED:
        said += f" as {step.code}"
    elif step.code not in ("", code):
        said += f" and renumbered as {step.code}"
    return one_line(f"{said}: {step.reason}" if step.reason else said)


def day(when: date) -> str:
    """A date in any locale: "23 Nov 2026"."""
    return f"{when.day} {short_month(when)}"
