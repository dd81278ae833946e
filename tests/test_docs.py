"""The documentation is complete and current. Run as a script, it writes docs/commands.md."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from deckgen.cli.group import COMMANDS, cli
from deckgen.exit_codes import ExitCode
from deckgen.products.table import BY_NAME

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md")), ROOT / "fonts/README.md"]
COMMANDS_PAGE = ROOT / "docs" / "commands.md"
COMPLETION = r"""## Let the shell complete words

Once deckgen is [installed as a command](../README.md#install-it-as-a-command), your shell can
complete its commands and options when you press Tab. Add one line to the file that your shell
reads at its start:

- bash, in `~/.bashrc`: `eval "$(_DECKGEN_COMPLETE=bash_source deckgen)"`
- zsh, in `~/.zshrc`: `eval "$(_DECKGEN_COMPLETE=zsh_source deckgen)"`
- fish, in `~/.config/fish/config.fish`: `_DECKGEN_COMPLETE=fish_source deckgen | source`"""
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")


def command_of(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return command


def help_of(command: click.Command, name: str, parent: click.Context | None = None) -> str:
    context = click.Context(command, parent, name, terminal_width=90, **command.context_settings)
    return command.get_help(context)


def commands_page() -> str:
    """The help of every command as one page."""
    top = click.Context(cli, info_name="deckgen", **cli.context_settings)
    sections = [
        f"# Commands\n\nThis is what `deckgen --help` says.\n\n```\n{help_of(cli, 'deckgen')}\n```"
    ]
    sections += [
        f"## deckgen {name}\n\n```\n{help_of(command, name, top)}\n```"
        for name, command in ((name, command_of(name)) for name in COMMANDS)
    ]
    return "\n\n".join([*sections, COMPLETION]) + "\n"


def broken_links(page: Path, text: str) -> list[str]:
    text = re.sub(r"(?ms)^```.*?^```|`[^`\n]+`", "", text)  # examples are no links
    return [
        target
        for target, _ in LINK.findall(text)
        if "://" not in target
        and not target.startswith("mailto:")
        and not (page.parent / target).exists()
    ]


def shell_words(text: str) -> Iterator[list[str]]:
    """The commands of a page's code blocks that call deckgen, without what calls it."""
    for block in re.findall(r"```\w*\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            words = line.split()
            if words[:2] == ["python3", "start.py"]:
                yield words[2:]
            elif words[:1] == ["deckgen"]:
                yield words[1:]


def unknown_words(words: list[str]) -> list[str]:
    """What in a command line deckgen or start.py would not understand."""
    name, *rest = words
    if name in ("test", "cover", "lint", "--help"):
        return []
    if name not in COMMANDS:
        return [name]
    options = {o for param in command_of(name).params for o in param.opts}
    unknown = [word for word in rest if word.startswith("-") and word not in options]
    if name == "build":
        first = rest[: next((n for n, w in enumerate(rest) if w.startswith("-")), len(rest))]
        unknown += [word for word in first if word not in BY_NAME]
    return unknown


def test_the_page_of_commands_is_current() -> None:
    assert COMMANDS_PAGE.read_text(encoding="utf-8") == commands_page()


@pytest.mark.parametrize("name", ["", *sorted(COMMANDS)])
def test_every_command_and_option_explains_itself(name: str) -> None:
    command = command_of(name) if name else cli
    assert command.help
    assert "Examples:" in (command.epilog or "")
    for param in command.params:
        assert isinstance(param, click.Argument) or getattr(param, "help", ""), param.name


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_no_link_leads_nowhere(page: Path) -> None:
    assert broken_links(page, page.read_text(encoding="utf-8")) == []


def test_a_link_that_leads_nowhere_is_found() -> None:
    assert broken_links(ROOT / "README.md", "[x](docs/none.md) [y](LICENSE)") == ["docs/none.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_in_the_documentation_exist(page: Path) -> None:
    for words in shell_words(page.read_text(encoding="utf-8")):
        if page != COMMANDS_PAGE:
            assert unknown_words(words) == [], words


def test_a_command_that_does_not_exist_is_found() -> None:
    page = "```\ndeckgen bild\ndeckgen build cards\npython3 start.py check --fast\n```"
    assert [unknown_words(words) for words in shell_words(page)] == [
        ["bild"],
        ["cards"],
        ["--fast"],
    ]


def test_the_readme_starts_with_what_start_py_does() -> None:
    commands = list(shell_words((ROOT / "README.md").read_text(encoding="utf-8")))
    assert commands[:2] == [["build"], ["test"]]


def test_exit_codes_are_in_the_help_and_the_documentation() -> None:
    help_text = help_of(cli, "deckgen")
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for code in ExitCode:
        assert f"{code.value:>3}  {code.meaning}" in help_text
        assert f"| {code.value} | {code.meaning} |" in text


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["dev"]
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower()
    for requirement in asked:
        name = re.split(r"[<>=\[ ]", requirement)[0]
        assert re.search(rf"^\| [\w, -]*\b{name}\b[\w, -]* \|", text, re.MULTILINE), name
        assert re.search(rf"^{name}==", constraints, re.MULTILINE), name


def test_fonts_are_those_that_their_page_names() -> None:
    from hashlib import sha256

    text = (ROOT / "fonts" / "README.md").read_text(encoding="utf-8")
    for path in (p for p in (ROOT / "fonts").iterdir() if p.name != "README.md"):
        assert f"| {path.name} | `{sha256(path.read_bytes()).hexdigest()}` |" in text


def test_the_version_has_an_entry_in_the_changelog() -> None:
    from deckgen import __version__

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(__version__)}\b", text, re.MULTILINE)


if __name__ == "__main__":
    COMMANDS_PAGE.write_text(commands_page(), encoding="utf-8")
