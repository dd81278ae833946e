"""A project's files become content and looks."""

from __future__ import annotations

from deckgen.content.ageing import overdue
from deckgen.content.load import WORKBOOKS, Content, load_content
from deckgen.design.load import Design, load_design
from deckgen.design.stock import Extent
from deckgen.options import Look
from deckgen.problem import Found, Problem
from deckgen.project import Project


def content_of(project: Project) -> tuple[Content | None, list[Problem]]:
    """A project's words, with the problems of its folder before theirs."""
    found = Found(project.problems)
    content = found.take(load_content(project.files))
    if content and project.today:
        found += overdue(content.deck, project.today)
    return content, found


def about_workbook_but(key: str, problem: Problem) -> bool:
    """Whether a problem is one of a workbook's words other than the one called `key`."""
    file = problem.place.file
    return file.startswith(WORKBOOKS) and file != f"{WORKBOOKS}{key}.md"


def design_of(
    project: Project, content: Content, look: Look, card: Extent | None = None
) -> tuple[Design | None, list[Problem]]:
    """The look that is asked for, or content/deck.toml's; a `card` overrules the stock's."""
    asked_at = {} if look.theme else {"theme": content.theme_place}
    asked_at |= {} if look.stock else {"stock": content.stock_place}
    return load_design(
        project.files,
        look.theme or content.theme,
        look.stock or content.stock,
        ink_saver=look.ink_saver,
        large_print=look.large_print,
        qr=look.qr,
        card=card,
        asked_at=asked_at,
        say=content.say,
        any_theme=bool(look.stock and not look.theme and not card),
    )
