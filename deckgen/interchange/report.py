"""What an import would change, in words for a person and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.editions.worddiff import pieces
from deckgen.interchange.plan import CardChange, Plan
from deckgen.report import json_text, one_line, plural, problem_record

_BRACKETS = {"-": "[-{}-]", "+": "{{+{}+}}", "=": "{}"}
_CONTEXT = 4  # words that are shown on either side of a change


def plan_text(plan: Plan) -> str:
    """Every card that changes with the words that go and come; then a count."""
    lines = []
    for said, changes in (("new", plan.added), ("changed", plan.changed), ("gone", plan.removed)):
        for change in changes:
            lines += [f"{change.code} {one_line(change.title)}  {said}", *_told(change)]
    lines += [_counted(plan)]
    if plan.lacking:
        names = ", ".join(str(change.code) for change in plan.lacking[:12])
        more = ", …" * (len(plan.lacking) > 12)
        lines.append(
            f"Not in the file, and left as they are: {names}{more} (--remove takes them out)."
        )
    for count in plan.counts:
        where = f"content/deck.toml, section {count.prefix}: {count.said}"
        lines.append(where if plan.counts_written else f"Write this yourself in {where}")
    if plan.then:
        lines.append("Afterwards “deckgen check” will say:")
        lines += [f"    {found.place}: {one_line(found.found)}" for found in plan.then]
    return "\n".join(lines) + "\n"


def _told(change: CardChange) -> Iterator[str]:
    if change.before and change.after:
        for name in change.parts:
            old, new = change.before.get(name, ""), change.after.get(name, "")
            changed = [p for p in pieces(old, new) if p[0] != "="]
            shown = _words(old, new) if changed else "other line breaks"
            yield f"    {name}: {shown}"


def _words(old: str, new: str) -> str:
    """The words that go and come, with a few of those around them."""
    made = pieces(old, new)
    shown = []
    for at, (sign, text) in enumerate(made):
        words = text.split()
        head, tail = _CONTEXT * (at > 0), _CONTEXT * (at < len(made) - 1)
        if sign == "=" and len(words) > head + tail + 1:
            words = [*words[:head], "…", *words[len(words) - tail :]]
        shown.append(_BRACKETS[sign].format(" ".join(words)))
    return one_line(" ".join(shown))


def _counted(plan: Plan) -> str:
    counts = [
        (len(plan.added), "new"),
        (len(plan.changed), "changed"),
        (len(plan.removed), "gone"),
        (plan.unchanged, "unchanged"),
    ]
    total = plural(sum(number for number, _ in counts), "card")
    return f"{total}: {', '.join(f'{number} {name}' for number, name in counts if number)}"


def plan_json(plan: Plan) -> dict[str, object]:
    """The same for programs."""
    return {
        **{
            name: [
                {"code": str(c.code), "title": c.title, "before": c.before, "after": c.after}
                for c in changes
            ]
            for name, changes in (
                ("added", plan.added),
                ("changed", plan.changed),
                ("removed", plan.removed),
                ("lacking", plan.lacking),
            )
        },
        "unchanged": plan.unchanged,
        "files": sorted(plan.files),
        "settings": [{"section": c.prefix, "said": c.said} for c in plan.counts],
        "then": [problem_record(found) for found in plan.then],
    }


def imported_json(plan: Plan, problems: list[object], outputs: list[str]) -> str:
    """All of it as one object."""
    return json_text(plan=plan_json(plan), problems=problems, outputs=outputs)
