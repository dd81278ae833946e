from __future__ import annotations

import pytest

from deckgen.model.answers import AnswerTable
from deckgen.project import Project, read_project
from deckgen.reporting.report import Made, make_report
from tests.conftest import ROOT
from tests.reporting.made_up import sample

EXPECTED = ("Heron", "Kingfisher", "Wren", "Magpie")


@pytest.fixture(scope="session")
def deck() -> Project:
    return read_project(ROOT)


@pytest.fixture(scope="session")
def table(deck: Project) -> AnswerTable:
    return sample(deck)


@pytest.fixture(scope="session")
def made(deck: Project, table: AnswerTable) -> Made:
    return make_report(deck, table, expected=EXPECTED)
