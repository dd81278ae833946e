"""A small table of answers that came back on paper."""

from __future__ import annotations

import json
from typing import Any

from PIL import Image

from deckgen.geometry import Rect
from deckgen.model.answers import (
    Answer,
    AnswerTable,
    Asks,
    How,
    Identity,
    Option,
    Question,
    Source,
    Spot,
    Verdict,
)
from deckgen.paper.doubts import HANDWRITING, MAY_BE_MARKED, NONE_MARKED, PALE
from deckgen.paper.review import digest_of
from tests.paper.cameras import BytesIO

HOSTILE = '"><script>document.title = "taken"</script><img src=x onerror=alert(1)>'
SPOT = (Spot(1, Rect(0, 0, 10, 10), "often"), Spot(1, Rect(20, 0, 10, 10), "never"))
QUESTIONS = (
    Question("a.now", Asks.LINES, "What we do now", "Now", "First"),
    Question("a.done", Asks.TICK, "Every action has a name", "Now", "First"),
    Question("a.met", Asks.TICK, "We met", "Now", "First"),
    Question(
        "a.today",
        Asks.OPTION,
        "Where are we?",
        "Now",
        "First",
        options=(Option("often", "Often"), Option("never", "Not yet")),
        spots=SPOT,
    ),
)


def png() -> bytes:
    out = BytesIO()
    Image.new("L", (300, 60), 200).save(out, "PNG")
    return out.getvalue()


def answer(source: int, field: str, value: str = "", note: str = "", **more: Any) -> Answer:
    question = next(q for q in QUESTIONS if q.field == field)
    words, crop = more.get("question", question.words), png() if note else b""
    return Answer(
        source, f"scan{source}.pdf", str(source), "Teams", "1", "Now", "First", words, 0, value,
        How.READ, field, note=note, crop=crop,
    )  # fmt: skip


def table() -> AnswerTable:
    """Two workbooks with six answers in doubt, and one that is not."""
    answers = (
        answer(1, "a.now", note=HANDWRITING),
        answer(1, "a.done", note=MAY_BE_MARKED),
        answer(1, "a.today", note=NONE_MARKED),
        answer(2, "a.now", note=HANDWRITING, question=HOSTILE),
        answer(2, "a.done", note=PALE),
        answer(2, "a.met", note=PALE),
        answer(2, "a.today", "often"),
    )
    sources = tuple(
        Source(n, f"scan{n}.pdf", str(n), "Teams", "1", Verdict.REVIEW, "read from paper", n + 2,
               Identity(code="481526"))
        for n in (1, 2)
    )  # fmt: skip
    return AnswerTable("Made up", answers, sources, QUESTIONS)


def review(by: str, answers: dict[str, str | None], of: AnswerTable | None = None) -> bytes:
    """A file as the page saves it; None stands for what somebody couldn't tell."""
    said = [{"key": k, "unread": True} if v is None else {"key": k, "value": v}
            for k, v in answers.items()]  # fmt: skip
    whole = {"deckgen": "review", "version": 1, "table": digest_of(of or table()), "part": ""}
    return json.dumps({**whole, "by": by, "answers": said}).encode()
