"""The rules of docs/architecture.md, read from the source of the package."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def floors(page: str) -> list[tuple[str, ...]]:
    """The house from the ground up, as the picture has it: names, two spaces, what they do."""
    picture = page.partition("```house\n")[2].partition("```")[0]
    return [tuple(row.split("  ")[0].split()) for row in picture.splitlines()][::-1]


def rooms(page: str) -> list[str]:
    """The rooms of layout, from the ground up."""
    said = page.partition("the same rule holds in it: ")[2].partition(".")[0]
    return said.split(", ")[::-1]


LAYERS = floors(PAGE)
ONLY_IN = {
    "reportlab": {"pdf"},
    "pypdf": {"readback", "preflight"},
    "PIL": {"pictures", "pdf", "preflight", "preview", "live", "products", "design", "paper"},
    "numpy": {"paper"},
    "zxingcpp": {"paper"},
    "resvg_py": {"pictures"},
    "xml": {"pictures", "design", "readback"},
    "pypdfium2": {"preview", "live", "readback", "products", "paper"},
    "http": {"live"},
    "socketserver": set(),
    "threading": {"live", "cli", "pictures"},
    "webbrowser": {"cli"},
    "uharfbuzz": {"design"},
    "fontTools": {"design"},
    "bidi": {"design"},
    "icu4py": {"layout"},
    "pyphen": {"layout"},
    "markdown_it": {"content"},
    "click": {"cli", "__main__"},
    **{name: {"interchange", "collecting"} for name in ("openpyxl", "xlsxwriter")},
    "docx": {"interchange"},
    "shutil": {"starter"},
    "segno": {"layout"},
    "babel": {"wording"},
    "icalendar": {"reporting"},
    "pathlib": {
        *("disk", "project", "store", "report", "starter", "preview", "products", "schemas"),
        *("building", "control", "answers", "interchange", "live", "cli"),
        *("personal", "collecting", "reporting"),
    },
    "os": {
        *("disk", "project", "store", "starter", "control", "collecting", "live", "cli"),
        *("readback", "__main__"),
    },
    "subprocess": {"control", "readback", "pictures"},
    "time": {"disk", "readback", "live", "cli"},
}
# These are asked by one module alone, or one for each use, so that another can take their place.
ALONE = {
    **{"segno": {"layout/faces/qr.py"}, "http": {"live/serve.py"}},
    "babel": {"wording/languages.py"},
    "icalendar": {"reporting/files_of_actions.py"},
    "fontTools": {"design/outlines.py", "design/svg_path.py"},
    "bidi": {"design/direction.py"},
    "icu4py": {"layout/setting/breaks.py"},
    "pyphen": {"layout/setting/breaks.py"},
    "resvg_py": {"pictures/vector.py"},
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core"}

Sources = Mapping[str, str]


@pytest.fixture(scope="module")
def sources() -> Sources:
    package = ROOT / "deckgen"
    files = sorted(p for p in package.rglob("*.py") if "starter" not in p.parts)
    return {p.relative_to(package).as_posix(): p.read_text(encoding="utf-8") for p in files}


def part_of(name: str) -> str:
    """The layer's member that a file or module belongs to: "pdf/fonts.py" → "pdf"."""
    return name.replace(".", "/").split("/")[0].removesuffix(".py")


def imports(source: str, *, typing_too: bool = True) -> Iterator[str]:
    """Every module that a source imports, wherever in it."""
    skipped: set[ast.AST] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test) and not typing_too:
            skipped.update(child for inner in node.body for child in ast.walk(inner))
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own(name: str) -> str:
    return name.removeprefix("deckgen.") if name.startswith("deckgen.") else ""


def layer_of(part: str) -> int | None:
    return next((n for n, layer in enumerate(LAYERS) if part in layer), None)


def layer_faults(sources: Sources) -> list[str]:
    """Packages that import from their own floor or from one above, and rooms of layout that do."""
    faults = []
    for file, source in sources.items():
        if file == "__init__.py":
            continue  # the lazy front door
        if layer_of(part_of(file)) is None:
            faults.append(f"{file} is on no floor")
            continue
        for name in filter(None, map(own, imports(source))):
            here, there = part_of(file), part_of(name)
            if here == there == "layout":
                here, there = (f"layout/{room_of(part)}" for part in (file, name))
            if here != there and height(there) >= height(here):
                faults.append(f"{file} imports {name}, which is not below it")
    return faults


def room_of(name: str) -> str:
    """The room of layout that a file or module is in: "layout/faces/qr.py" → "faces"."""
    return (*name.replace(".", "/").split("/"), "")[1]


def height(part: str) -> int:
    """The floor of a package, or the place of one of layout's rooms; what is no part is below."""
    if part.startswith("layout/"):
        order = rooms(PAGE)
        return order.index(part[7:]) if part[7:] in order else -1
    floor = layer_of(part)
    return -1 if floor is None else floor


def fence_faults(sources: Sources) -> list[str]:
    return [
        f"{file} imports {name}"
        for file, source in sources.items()
        for name in imports(source)
        if part_of(file) not in ONLY_IN.get(name.split(".")[0], {part_of(file)})
        or file not in ALONE.get(name.split(".")[0], {file})
    ]


def cycle_faults(sources: Sources) -> list[str]:
    modules = {
        f.removesuffix(".py").replace("/", ".").removesuffix(".__init__"): f for f in sources
    }
    graph = {
        module: {n for n in map(own, imports(sources[file], typing_too=False)) if n in modules}
        for module, file in modules.items()
    }
    return sorted(
        f"{module} imports itself in the end"
        for module in graph
        if module in reachable(graph, graph[module] - {module})
    )


def reachable(graph: Mapping[str, set[str]], start: set[str]) -> set[str]:
    seen: set[str] = set()
    todo = list(start)
    while todo:
        module = todo.pop()
        if module not in seen:
            seen.add(module)
            todo += graph[module]
    return seen


def size_faults(sources: Sources) -> list[str]:
    faults = []
    for file, source in sources.items():
        if source.count("\n") > 300:
            faults.append(f"{file} has more than 300 lines")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60:
                faults.append(f"{file}: {node.name} has more than 60 lines")
    return faults


def name_faults(sources: Sources) -> list[str]:
    return [file for file in sources if VAGUE & set(file.removesuffix(".py").split("/"))]


def clock_faults(sources: Sources) -> list[str]:
    """Who asks for today's date, beside `project` and the face."""
    return [
        f"{file} reads the clock"
        for file, source in sources.items()
        if part_of(file) not in ("project", "cli")
        and any(asked in source for asked in ("date.today(", "datetime.now(", "utcnow("))
    ]


CHECKS = [layer_faults, fence_faults, cycle_faults, size_faults, name_faults, clock_faults]


@pytest.mark.parametrize("check", CHECKS)
def test_the_package_keeps_the_rules(check: object, sources: Sources) -> None:
    assert check(sources) == []  # type: ignore[operator]


LONG_FUNCTION = "def f():\n" + "    pass\n" * 60


@pytest.mark.parametrize(
    ("check", "broken"),
    [
        (layer_faults, {"model/deck.py": "from deckgen.layout.faces.deck import x"}),
        (layer_faults, {"layout/deck.py": "def f():\n    from deckgen import cli"}),
        (layer_faults, {"loose.py": ""}),
        (layer_faults, {"content/load.py": "from deckgen.design.load import load_design"}),
        (layer_faults, {"store/record.py": "from deckgen.proof.proof import Proof"}),
        (layer_faults, {"layout/faces/card.py": "from deckgen.layout.workbooks.pen import x"}),
        (fence_faults, {"layout/deck.py": "import reportlab.pdfgen"}),
        (fence_faults, {"building/build.py": "from pypdf import PdfReader"}),
        (fence_faults, {"content/load.py": "from pathlib import Path"}),
        (fence_faults, {"pdf/paint.py": "import segno"}),
        (fence_faults, {"layout/card.py": "import segno"}),
        (fence_faults, {"live/state.py": "from http.server import HTTPServer"}),
        (fence_faults, {"pictures/dots.py": "import resvg_py"}),
        (fence_faults, {"layout/card.py": "from PIL import Image"}),
        (
            cycle_faults,
            {
                "layout/a.py": "import deckgen.layout.b",
                "layout/b.py": "from deckgen.layout.a import x",
            },
        ),
        (size_faults, {"cli/build.py": "\n" * 301}),
        (size_faults, {"cli/build.py": LONG_FUNCTION}),
        (name_faults, {"pdf/utils.py": ""}),
        (clock_faults, {"content/ageing.py": "def f():\n    return date.today()"}),
    ],
)
def test_each_rule_finds_what_breaks_it(check: object, broken: Sources) -> None:
    assert check(broken) != []  # type: ignore[operator]


def test_the_picture_shows_every_package_once(sources: Sources) -> None:
    shown = [part for floor in LAYERS for part in floor]
    assert len(shown) == len(set(shown))
    there = {part_of(file) for file in sources} - {"__init__"}
    assert set(shown) == there
    assert set(rooms(PAGE)) == {room_of(file) for file in sources if file.count("/") == 2}


def test_every_module_says_what_it_is_for(sources: Sources) -> None:
    silent = [
        f
        for f, source in sources.items()
        if source.strip() and not ast.get_docstring(ast.parse(source))
    ]
    assert silent == []
