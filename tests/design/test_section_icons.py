"""A section's icon: from the templates, a drawing of one's own, a set, or a mark of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from deckgen.building.check import check
from deckgen.design import section_icons
from deckgen.design.section_icons import mark
from deckgen.layout.faces.icon import icon_shapes
from deckgen.options import Options
from deckgen.problem import Problem
from deckgen.project import Project, read_project
from tests.conftest import ROOT
from tests.design.coloured import coloured, prefix
from tests.laid_out import lay_out

TREE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1L8 8H1z"/></svg>'


def found_in(project: Project) -> list[Problem]:
    return check(project, Options())


def test_a_drawing_is_found_in_content_and_in_templates() -> None:
    for folder in ("content", "templates"):
        project = coloured('icon = "tree.svg"', files={f"{folder}/icons/tree.svg": TREE})
        assert found_in(project) == []


def test_a_drawing_is_on_the_card() -> None:
    files = {"content/icons/tree.svg": TREE}
    plain = lay_out(coloured('icon = "book"'), Options())[0]
    drawn = lay_out(coloured('icon = "tree.svg"', files=files), Options())[0]
    assert plain and drawn and plain.cards[0].front != drawn.cards[0].front


def test_a_drawing_that_is_not_there_is_told_with_the_nearest() -> None:
    files = {"content/icons/tree.svg": TREE}
    (fault,) = found_in(coloured('icon = "tee.svg"', files=files))
    assert (fault.code, fault.place.file) == ("template-unknown", "content/deck.toml")
    assert "tree.svg" in fault.todo and fault.place.line == 37
    (fault,) = found_in(coloured('icon = "tree.svg"'))
    assert "content/icons" in fault.todo


def test_a_drawing_that_is_no_icon_is_told_in_its_own_file() -> None:
    files = {"content/icons/tree.svg": TREE.replace(b"<path", b"\n<text/><path")}
    (fault,) = found_in(coloured('icon = "tree.svg"', files=files))
    assert str(fault.place) == "content/icons/tree.svg:2:1"


def test_an_icon_of_a_set_goes_by_its_name() -> None:
    assert found_in(coloured('icon = "lucide:flame"')) == []
    (fault,) = found_in(coloured('icon = "lucide:flam"'))
    assert "“flame”" in fault.todo
    (fault,) = found_in(coloured('icon = "tabler:flame"'))
    assert "lucide" in fault.todo


def test_a_set_that_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    section_icons._archive.cache_clear()
    monkeypatch.setitem(sys.modules, "lucide", None)
    (fault,) = found_in(coloured('icon = "lucide:flame"'))
    assert 'pip install "deckgen-cards[icons]"' in fault.todo
    section_icons._archive.cache_clear()


def test_an_unknown_name_names_the_nearest() -> None:
    (fault,) = found_in(coloured('icon = "bok"'))
    assert "“book”" in fault.todo
    (fault,) = found_in(coloured("", 'icon = "zzzzzz"'))
    assert "book" in fault.todo and prefix(0) not in fault.todo


@pytest.mark.parametrize("name", ["../tree.svg", "a/b.svg", "Lucide:flame", "tree.png", "lucide:"])
def test_what_can_be_no_icon_is_told(name: str) -> None:
    (fault,) = found_in(coloured(f'icon = "{name}"'))
    assert fault.code == "setting-invalid"


def test_sixty_marks_are_sixty() -> None:
    marks = [mark(number) for number in range(60)]
    assert len(set(map(repr, marks))) == 60
    for made in marks:
        for shape in icon_shapes(made, 0, 0, 24, "#000000", "#FFFFFF"):
            numbers = [float(value) for segment in shape.path for value in segment[1:]]
            assert min(numbers) >= -0.5 and max(numbers) <= 24.5


def test_only_drawings_in_their_folders_are_read(tmp_path: Path) -> None:
    for name in ("content/icons/tree.svg", "content/tree.svg", "templates/icons/leaf.SVG"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(TREE)
    (tmp_path / "content/deck.toml").write_bytes((ROOT / "content/deck.toml").read_bytes())
    project = read_project(tmp_path, {})
    read = {name for name in project.files if name.endswith(".svg")}
    assert read == {"content/icons/tree.svg", "templates/icons/leaf.svg"}
    assert [p.place.file for p in project.problems] == ["content/tree.svg"]


def test_icons_need_nothing_that_is_slow_unless_they_are_drawings() -> None:
    project = coloured('palette = "pink"\nicon = "key"')
    for name in [n for n in sys.modules if n.startswith("fontTools.svgLib")]:
        del sys.modules[name]
    assert found_in(replace(project)) == []
    assert not any(name.startswith("fontTools.svgLib") for name in sys.modules)
