"""Cards of all kinds, made up by hypothesis as the Markdown that people might write."""

from __future__ import annotations

import re
from io import BytesIO

from hypothesis import strategies as st
from PIL import Image

from deckgen.letters import plainly
from deckgen.model.card_kind import CardKind, PartRule, Takes
from deckgen.source import forbidden
from tests.kinds import KINDS

_png = BytesIO()
Image.new("RGB", (40, 30), "red").save(_png, "PNG")
PICTURES = {"content/pictures/heron.png": _png.getvalue()}

_SNIPPETS = (
    *("plain words", "**bold**", "a **bold, then** more", "{cy: bore da}", "{cy: bore **da**}"),
    *("**{cy: bore} da**", "**a {fr: b} c**", "007", "=1+1", "+5 %", "-3", "@home", "'tis", '"so"'),
    *("3*4*5", "snake_case", "\\*star\\*", "\\_low\\_", "&#32;", "&nbsp;", "&lt;b&gt;", "a\\|b"),
    *("\\# hash", "1\\. one", "2024. A year", "K1", "Id\\: no", "Kind\\: none", "— Name", "– dash"),
    *("https://www.example.org/a_b?c=d&e", "(see https://example.org/x_(y))", "mail@example.org"),
    *("\\{cy: x}", "\\<tag\\>", "$5 and $6", "\\~\\~no\\~\\~", "a...b", "x--y", "x\\-\\-y", "…"),
    *(
        "e\u0301",
        "e&#769;",
        "\u00e9",
        "🂡",
        "الكتاب",
        "中文字",
        "a\u00adb",
        "&#42;&#42;no&#42;&#42;",
    ),
    *("_x0041_", "_x005F_", "\\\\", "`", "100 %", "a\u00a0b", "O’Neil", "“quoted”", "TRUE", "1-2"),
)
_ESCAPED = re.compile(r"[!-/:-@\[-`{-~]")


def _hidden(words: str) -> str:
    """Letters as they come, with every sign hidden that might mean something."""
    line = plainly(" ".join(words.split()))
    return _ESCAPED.sub(r"\\\g<0>", line) if not [*forbidden(line, "", 1)] else "odd"


inlines = st.lists(
    st.one_of(st.sampled_from(_SNIPPETS), st.text(min_size=1, max_size=8).map(_hidden)),
    min_size=1,
    max_size=4,
).map(lambda pieces: " ".join(pieces).strip() or "words")
_plain = inlines.filter(lambda words: "http" not in words)


def _rows(rule: PartRule, least: int) -> st.SearchStrategy[list[str]]:
    most = max(least, min(rule.most, 3))
    return st.lists(inlines, min_size=least, max_size=most)


@st.composite
def _part(draw: st.DrawFn, rule: PartRule, marks: str, *, short: bool) -> str:
    least = 0 if short and draw(st.booleans()) else rule.least
    rows = draw(_rows(rule, least))
    if not rows:
        return ""
    takes = rule.takes
    if takes in (Takes.POINTS, Takes.QUESTIONS):
        words = "\n".join(f"- {row}" for row in rows)
    elif takes is Takes.STEPS:
        words = "\n".join(f"{n}. {row}" for n, row in enumerate(rows, start=1))
    elif takes is Takes.QUOTATION:
        words = "\n>\n".join(f"> {row}" for row in rows)
        words += "\n>\n> — Somebody" if draw(st.booleans()) else ""
    elif takes is Takes.FACTS:
        other = draw(
            st.lists(st.one_of(st.just(""), inlines), min_size=len(rows), max_size=len(rows))
        )
        table = [f"| {row} | {cell} |" for row, cell in zip(rows, other, strict=True)]
        table[1:1] = ["|---|---|"] if len(rows) > 1 and draw(st.booleans()) else []
        words = "\n".join(table)
    elif takes is Takes.PICTURE:
        focus = draw(st.sampled_from(["", ' "focus 30% 20%"']))
        alt = draw(st.sampled_from(["A heron", "decorative", "A [heron", "“Heron”, 007"]))
        words = f"![{alt.replace('[', '&#91;')}](heron.png{focus})"
    elif takes is Takes.ADDRESS:
        words = draw(
            st.sampled_from(
                ["https://www.example.org", "[Our **page**](https://www.example.org/a_b)",
                 "<mail@example.org>", "mailto:a@example.org", "[{cy: Tudalen}](https://x.org)"]
            )
        )  # fmt: skip
    else:
        words = "\n\n".join(rows)
    return f"{marks} {rule.heading}\n{words}" if rule.heading else words


@st.composite
def cards(draw: st.DrawFn, number: int = 1, kind: CardKind | None = None) -> str:
    """A card's text."""
    kind = kind or draw(st.sampled_from(sorted(KINDS.by_name.values(), key=lambda k: k.key)))
    lines = [f"# K{number} {draw(_plain)}"]
    lines += [f"Id: card-{number}"] if draw(st.booleans()) else []
    lines += [f"Kind: {kind.key}"]
    lines += ["See also: K8–K11, K3, R1"] if draw(st.booleans()) else []
    lines += [f"Printed as: {draw(_plain)}"] if draw(st.booleans()) else []
    rules = list(kind.parts)
    if kind.in_any_order:
        opening = [rule for rule in rules if not rule.heading]
        opening = [*opening, *draw(st.lists(st.sampled_from(opening), max_size=3))]
        rules = [*opening, *(rule for rule in rules if rule.heading)]
    blocks = [draw(_part(rule, "##", short=False)) for rule in rules]
    if draw(st.booleans()):
        short = [draw(_part(rule, "###", short=True)) for rule in kind.parts]
        blocks += ["## In short", *short] if any(short) else []
    return "\n\n".join(("\n".join(lines), *filter(None, blocks))) + "\n"
