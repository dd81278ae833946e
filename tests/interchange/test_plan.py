"""What an import changes, what it keeps, and what it says."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from deckgen.content.load import load_cards
from deckgen.disk import CannotWrite
from deckgen.interchange import saving
from deckgen.interchange.exporting import export_cards
from deckgen.interchange.plan import Plan, plan_import
from deckgen.interchange.report import imported_json, plan_text
from deckgen.interchange.saving import save_files
from deckgen.problem import Problem
from deckgen.project import Project, read_project
from tests.interchange.made_up import DECK, K, on_disk, project

Table = list[dict[str, str]]


def exported(made: Project) -> Table:
    data, found = export_cards(made, ".csv")
    assert data and not found
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def table(rows: Table, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    names = dict.fromkeys(name for row in rows for name in row)
    made = io.StringIO()
    writer = csv.DictWriter(made, names, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode(encoding)


def planned(made: Project, rows: Table, *, remove: bool = False) -> Plan:
    plan, found = plan_import(made, table(rows), "cards.csv", remove=remove)
    assert plan, found
    return plan


def refused(rows: Table, made: Project | None = None) -> list[Problem]:
    plan, found = plan_import(made or project(), table(rows), "cards.csv")
    assert plan is None
    return found


def test_a_changed_word_changes_its_card_alone() -> None:
    made = project({"content/cards/K.md": K.replace("\n", "\r\n")})
    rows = exported(made)
    rows[0]["lead"] = "Another **bold** thought."
    plan = planned(made, rows)
    (change,) = plan.changed
    assert (str(change.code), change.parts) == ("K1", ("lead",))
    old, new = made.files["content/cards/K.md"], plan.files["content/cards/K.md"]
    assert [*plan.files] == ["content/cards/K.md"]
    assert new[new.index(b"# K2") :] == old[old.index(b"# K2") :]
    assert b"Another **bold** thought.\r\n" in new and b"Id: first-card" in new
    assert b"\n" not in new.replace(b"\r\n", b"")
    assert "[-A lead with-] {+Another+} **bold** [-words.-] {+thought.+}" in plan_text(plan)


def test_a_new_card_gets_the_next_code_an_id_and_its_count() -> None:
    made = project()
    rows = exported(made)
    rows.append(
        {"section": "knowledge", "title": "A new one", "lead": "=1", "points": "- a\n- b"}
        | {"questions": "x?\ny?"}
    )
    plan = planned(made, rows)
    (change,) = plan.added
    assert (str(change.code), change.after["id"]) == ("K3", "new-one")
    text = plan.files["content/cards/K.md"].decode()
    assert text.startswith(K) and "# K3 A new one\nId: new-one\n\n=1\n\n- a\n- b\n" in text
    toml = plan.files["content/deck.toml"].decode()
    assert toml == DECK.replace("cards = 2   # and", "cards = 3   # and")
    assert not plan.then


def test_cards_that_the_table_lacks_stay_unless_they_are_to_go() -> None:
    made = project()
    rows = exported(made)[1:]
    kept = planned(made, rows)
    assert (kept.files, [str(c.code) for c in kept.lacking]) == ({}, ["K1"])
    assert "left as they are: K1" in plan_text(kept)
    gone = planned(made, rows, remove=True)
    assert [str(c.code) for c in gone.removed] == ["K1"]
    text = gone.files["content/cards/K.md"].decode()
    assert text == K[K.index("# K2") :]
    toml = gone.files["content/deck.toml"].decode()
    assert "cards = 1   # and this one\nwithdrawn = [1]\n" in toml


def test_a_deck_toml_of_another_form_is_left_to_its_author() -> None:
    deck = DECK.replace('cards = 1\nkind = "story"', '"cards" = 0x1\nkind = "story"')
    made = project(deck=deck)
    rows = exported(made)
    story = {"code": "S2", "title": "B", "story": "x", "source": "y", "try-this": "z"}
    plan = planned(made, [*rows, story])
    assert not plan.counts_written
    assert "Write this yourself in content/deck.toml, section S: cards = 2" in plan_text(plan)


def test_an_id_goes_where_its_code_goes() -> None:
    made = project()
    rows = exported(made)
    rows[0]["code"], rows[1]["code"] = "K2", "K1"
    plan = planned(made, rows)
    changed = {str(c.code): c.after["id"] for c in plan.changed}
    assert changed == {"K1": "second-card", "K2": "first-card"}
    assert plan.then  # K2 names itself now
    lost = exported(made)[:1]
    lost[0]["code"] = "K2"
    (found,) = refused(lost)
    assert (found.code, found.place.spot) == ("card-repeated", "cell A2")


def test_an_emptied_id_is_kept_and_a_broken_one_is_told() -> None:
    rows = exported(project())
    for row in rows:
        row["id"] = ""
    assert planned(project(), rows).files == {}
    rows[0]["id"] = "Not an id!"
    (found,) = refused(rows)
    assert (found.code, found.place.spot) == ("id-invalid", "cell C2")


@pytest.mark.parametrize(
    ("column", "words", "code", "spot"),
    [
        ("questions", "Only one?", "part-count", "cell E2"),
        ("lead", "## Talk about it\nHa", "table-cell", "cell H2"),
        ("lead", "# K9 Other card", "table-cell", "cell H2"),
        ("lead", "a ~~struck~~ word", "markup-unknown", "cell H2"),
        ("lead", "see K99", "", ""),
        ("section", "Nowhere", "table-cell", "cell A2"),
        ("section", "Stories", "card-code-misplaced", "cell B2"),
        ("code", "X1", "card-code-invalid", "cell B2"),
        ("code", "K2", "card-repeated", "cell A3"),
        ("kind", "talks", "template-unknown", "cell D2"),
        ("kind", "story", "table-cell", "cell H2"),
        ("story", "a story", "table-cell", "cell K2"),
        ("title", "", "part-empty", "cell A2"),
        ("see also", "K1 to", "reference-invalid", "cell F2"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(column: str, words: str, code: str, spot: str) -> None:
    rows = exported(project())
    rows[0][column] = words
    plan, found = plan_import(project(), table(rows), "cards.csv")
    if not code:
        assert plan and plan.changed
        return
    assert plan is None
    assert code in [p.code for p in found]
    assert any(p.place.spot == spot for p in found) or code == "part-count", found
    assert all(p.place.file == "cards.csv" for p in found)


def test_a_heading_of_a_part_or_its_name_may_head_its_column() -> None:
    rows = [
        {("Talk about it" if n == "questions" else n.upper()): w for n, w in row.items()}
        for row in exported(project())
    ]
    assert planned(project(), rows).files == {}
    (found,) = refused([{**row, "leed": "x"} for row in rows])
    assert (found.code, "“lead”" in found.todo) == ("table-columns", True)
    assert refused([{"code": "K1"}])[0].code == "table-columns"
    assert plan_import(project(), b"", "cards.csv")[1][0].code == "table-columns"


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8"), ("\t", "utf-16"), (",", "cp1252")]
)
def test_tables_come_as_spreadsheets_write_them(delimiter: str, encoding: str) -> None:
    rows = exported(project())
    rows[0]["title"] = "Café"
    plan, found = plan_import(project(), table(rows, delimiter, encoding), "cards.csv")
    assert plan and plan.changed[0].after["title"] == "Café"
    assert [p.code for p in found] == ["encoding-guessed"] * (encoding == "cp1252")


@pytest.mark.parametrize("data", [b'code,title\r\nK1,"open', b"a\x00b", b'title\r\n"a"b\r\n'])
def test_what_is_no_table_is_told(data: bytes) -> None:
    plan, found = plan_import(project(), data, "cards.csv")
    assert plan is None and found[0].code in ("table-unreadable", "file-not-text")


def test_cards_whose_words_could_not_be_read_are_never_written_over() -> None:
    made = project({"content/cards/K.md": K + "\n## What is this\nLost words.\n"})
    data, found = export_cards(made, ".csv")
    assert data is None and found[0].code == "heading-unknown"
    plan, found = plan_import(made, table(exported(project())), "cards.csv")
    assert plan is None and found[0].place.file == "content/cards/K.md"


def test_files_are_written_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = on_disk(tmp_path)
    rows = exported(made)
    rows[0]["lead"], rows[2]["source"] = "New.", "Newer."
    plan = planned(made, rows)
    before = {p: p.read_bytes() for p in (tmp_path / "content" / "cards").iterdir()}
    real, calls = saving.swap_in, []

    def fails_once(new: Path, target: Path) -> None:
        calls.append(new)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(new, target)

    with monkeypatch.context() as patch:
        patch.setattr(saving, "swap_in", fails_once)
        with pytest.raises(CannotWrite):
            save_files(made, plan.files)
    assert {p: p.read_bytes() for p in (tmp_path / "content" / "cards").iterdir()} == before
    assert len(save_files(made, plan.files)) == 2
    with pytest.raises(CannotWrite, match="a moment ago"):
        save_files(made, plan.files)
    again = read_project(tmp_path)
    assert planned(again, rows).files == {}
    assert not load_cards(again.files)[1]
    assert sorted(p.name for p in (tmp_path / "content" / "cards").iterdir()) == ["K.md", "S.md"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_files_keep_their_encoding_unless_it_was_guessed(encoding: str) -> None:
    typed = K.replace("Another", "Élan").encode(encoding)
    made = project({"content/cards/K.md": typed})
    rows = exported(made)
    rows[0]["lead"] = "New."
    new = planned(made, rows).files["content/cards/K.md"]
    assert "Élan" in new.decode("utf-8" if encoding == "cp1252" else encoding)
    assert encoding != "utf-8-sig" or new.startswith(b"\xef\xbb\xbf")


def test_a_file_is_found_by_the_name_that_it_has_on_the_disk(tmp_path: Path) -> None:
    on_disk(tmp_path)
    (tmp_path / "content/cards/K.md").rename(tmp_path / "content/cards/k.MD")
    made = read_project(tmp_path)
    rows = exported(made)
    rows[0]["lead"] = "New."
    (path,) = save_files(made, planned(made, rows).files)
    assert path.name == "k.MD" and b"New." in path.read_bytes()


def test_a_plan_as_json() -> None:
    rows = exported(project())
    rows[0]["lead"] = "New."
    assert '"after": {' in imported_json(planned(project(), rows), [], [])
