"""A project's files become content and looks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from deckgen.content.ageing import overdue
from deckgen.content.load import WORKBOOKS, Content, load_content
from deckgen.design.load import Design, Measures, load_design
from deckgen.design.press import Press, TradeSize
from deckgen.design.stock import Extent
from deckgen.options import Look
from deckgen.problem import Found, Problem
from deckgen.project import Project, meant_name
from deckgen.source import as_typed


def content_of(project: Project) -> tuple[Content | None, list[Problem]]:
    """A project's words, with the problems of its folder before theirs."""
    found = Found(project.problems)
    content, faults = load_content(project.files)
    found += as_typed(faults, project.files)
    found = Found(_linked(found, project.files))
    if content and project.today:
        found += overdue(content.deck, project.today)
    return content, found


def _linked(found: Iterable[Problem], files: Collection[str]) -> Iterator[Problem]:
    """The same, but a file that is missing and one of nearly its name are one Problem."""
    there = list(found)
    ignored = {_stem(p.place.file): p for p in there if p.code == "file-ignored"}
    missing = {_stem(p.place.file) for p in there if p.code == "file-missing"}
    for fault in there:
        stem = _stem(fault.place.file)
        near = ignored.get(stem) if fault.code == "file-missing" else None
        if near:
            name = fault.place.file.rpartition("/")[2]
            said = f"This file is missing, but there is {near.place.file.rpartition('/')[2]}."
            todo = f"Save that as plain text under the name {name}."
            if near.place.file.lower().endswith(".txt"):
                todo = f"Rename that to {name}. Your computer may not show the ending .txt."
            yield replace(fault, found=said, todo=todo)
        elif fault.code != "file-ignored" or stem not in missing:
            twin = meant_name(fault.place.file) if fault.code == "file-ignored" else ""
            if twin and fault.place.file.rpartition("/")[0] + f"/{twin}" in files:
                todo = f"{twin} is there as well. Put all that you need into that, and delete this."
                fault = replace(fault, todo=todo)
            yield fault


def _stem(file: str) -> str:
    """A file's name without its endings, whatever its capitals."""
    folder, slash, name = file.casefold().rpartition("/")
    return folder + slash + name.partition(".")[0]


def about_workbook_but(key: str, problem: Problem) -> bool:
    """Whether a problem is one of a workbook's words other than the one called `key`."""
    file = problem.place.file
    return file.startswith(WORKBOOKS) and file != f"{WORKBOOKS}{key}.md"


def design_of(
    project: Project, content: Content, look: Look, press: tuple[Press, TradeSize] | None = None
) -> tuple[Design | None, list[Problem]]:
    """The look that is asked for, or content/deck.toml's; for a `press`, its size and its bleed."""
    asked_at = {} if look.theme else {"theme": content.theme_place}
    asked_at |= {} if look.stock else {"stock": content.stock_place}
    page = Extent(*look.page_mm) if look.page_mm else None
    measures = Measures(page=page, smallest_pt=content.deck.smallest_pt)
    if press:
        measures = replace(measures, card=press[1], bleed_mm=press[0].settings.bleed)
    return load_design(
        project.files,
        look.theme or content.theme,
        look.stock or content.stock,
        ink_saver=look.ink_saver,
        large_print=look.large_print,
        qr=look.qr,
        measures=measures,
        asked_at=asked_at,
        sections=content.deck.sections,
        any_theme=bool(look.stock and not look.theme and not press),
        say=content.say,
    )
