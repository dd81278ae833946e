"""Tables of answers to the workbooks of a deck, as `deckgen collect` would make them."""

from __future__ import annotations

import random
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from msgspec.structs import replace
from PIL import Image, ImageDraw

from deckgen.collecting.tables import written_table
from deckgen.model.answers import Answer, AnswerTable, How, Identity, Source, Verdict
from deckgen.project import Project
from deckgen.proof.proof import Proof
from deckgen.reporting.asked import Field, Sort, asked_in

WORDS = (
    "We hold a short meeting after each placement and write down one thing that went well.",
    "Students read the policy in their first week; nobody asks them about it later.",
    "Nothing yet.",
    "People who use our services met the team twice. Their feedback went into the new form, and "
    "the manager told them what had become of it. Next time we want to ask earlier, and in a "
    "place that they choose.\nIt also showed that letters are the wrong way to ask.",
    "Mae’r myfyrwyr yn cwrdd â ni bob mis.",
)
ACTIONS = (
    "Put feedback from students on the agenda of the team meeting",
    "Ask two people who use the service to look at the form",
    "Rewrite section 3 of the placement policy",
    "Book a room for the learning group",
)
WHO = ("Anna Brown", "Siân Ŵyn", "Tom", "The team leader", "Zoë Müller")
WHEN = ("12/3/2027", "12 March 2027", "next week", "2027-01-20", "12 March", "1.2.2027", "")


def handwriting(seed: int = 1, size: tuple[int, int] = (700, 130)) -> bytes:
    """A line in somebody's hand, as it is cut out of a scan."""
    made, rng = Image.new("L", size, 250), random.Random(seed)
    draw, x, y = ImageDraw.Draw(made), 15, size[1] // 2
    while x < size[0] - 40:
        points = [(x + n * 7, y + rng.randint(-28, 28)) for n in range(rng.randint(3, 8))]
        draw.line(points, fill=40, width=4, joint="curve")
        x = points[-1][0] + rng.randint(10, 26)
    out = BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


def fields_of(project: Project, workbook: str = "") -> list[Field]:
    """All fields of a workbook of a project, by default the deck's own."""
    content = Proof(project).read[0]
    assert content
    book = content.workbook_of(workbook) if workbook else content.workbook
    assert book
    return list(asked_in([book], ()).fields.values())


def source(number: int, team: str, **more: object) -> Source:
    """A workbook that came back in order."""
    edition = str(more.pop("edition", "1"))
    workbook = str(more.pop("workbook", ""))
    made = Source(
        number=number,
        file=f"{team.lower().replace(' ', '-')}-{number}.pdf",
        team=team,
        role="Practice learning managers",
        edition=edition,
        verdict=Verdict.OK,
        reason="",
        identity=Identity(edition=edition, team=team, workbook=workbook),
    )
    return replace(made, **more)


def answer(of: Source, field: Field, value: str, **more: object) -> Answer:
    """An answer in one of its fields."""
    row = field.row.rpartition(".")[2]
    return Answer(
        source=of.number,
        file=of.file,
        team=of.team,
        role=of.role,
        edition=of.edition,
        frame=field.frame,
        activity=field.activity,
        question=field.column or field.title,
        row=int(row) if row.isdigit() else 0,
        value=value,
        how=more.pop("how", How.TYPED),  # type: ignore[arg-type]
        field=field.name,
        **more,  # type: ignore[arg-type]
    )


def filled(fields: Iterable[Field], of: Source, seed: int, share: float = 0.7) -> list[Answer]:
    """A workbook that somebody has filled in as people do, some of it not at all."""
    rng, made = random.Random(seed), []
    rows: dict[str, bool] = {}
    for field in fields:
        if field.row and not rows.setdefault(field.row, rng.random() < share * 0.6):
            continue
        if not field.row and rng.random() > share:
            continue
        value = _value(field, rng)
        if value:
            made.append(answer(of, field, value))
    return made


def _value(field: Field, rng: random.Random) -> str:
    if field.options:
        return rng.choice(field.options).value
    if field.sort is Sort.TICK:
        return "Yes"
    if field.sort is Sort.DAY:
        return rng.choice(WHEN)
    if field.sort is Sort.NAME:
        return rng.choice(WHO)
    return rng.choice(ACTIONS if field.row else WORDS)


def sample(project: Project) -> AnswerTable:
    """Four teams, one of which sent a second workbook; handwriting, doubts, a file that is none."""
    fields = fields_of(project)
    sources = [
        source(1, "Heron", edition="1"),
        source(2, "Kingfisher"),
        source(3, "Heron", edition="2"),
        source(4, "Wren", verdict=Verdict.REVIEW, reason="Two marks on one scale."),
        source(5, "", file="scan-0017.pdf", verdict=Verdict.NOTES, reason="Read from a scan."),
        source(6, "", file="holiday.jpg", verdict=Verdict.REJECTED, reason="No workbook."),
    ]
    answers = []
    for number, of in enumerate(sources[:5]):
        given = filled(fields, of, number)
        sources[number] = replace(of, answers=len(given))
        answers += given
    penned = [f for f in fields if f.sort is Sort.WORDS and not f.row][:3]
    for field in penned:
        answers = [a for a in answers if (a.source, a.field) != (5, field.name)]
        answers.append(answer(sources[4], field, "", how=How.READ, crop=handwriting(len(answers))))
    noted = next(n for n, a in enumerate(answers) if a.source == 4)
    answers[noted] = replace(answers[noted], note="The file says two things here.")
    changed = next(n for n, a in enumerate(answers) if a.source == 1)
    answers[changed] = replace(answers[changed], asked_now="asked differently in edition 1")
    answers.sort(key=lambda a: a.source)
    return AnswerTable("Learning organisations", tuple(answers), tuple(sources))


def saved(table: AnswerTable, folder: Path, name: str = "answers.json") -> Path:
    """The table as `deckgen collect` writes it."""
    path = folder / name
    for file, data in written_table(table, path).items():
        file.write_bytes(data)
    return path
