"""Activities of older editions are known by their titles or words, whatever their keys were."""

from __future__ import annotations

from deckgen.editions.compare import compare
from deckgen.editions.declarations import judged
from deckgen.model.change import Declaration, Kind
from deckgen.model.snapshot import PageState, WordsPart
from deckgen.problem import Place
from tests.editions.made_up import snapshot


def page(key: str, title: str, *, said: str = "", book: str = "w") -> PageState:
    texts = {"title": title, "goal": said or f"The goal of {title}.", "time": "An hour"}
    parts = tuple(WordsPart(name, (text,)) for name, text in texts.items())
    return PageState(f"{book}/{key}", f"Now 1: {title}", parts)


def changes(old: list[PageState], new: list[PageState]) -> dict[str, Kind]:
    return {c.key: c.floor for c in compare(snapshot(pages=tuple(old)), snapshot(pages=tuple(new)))}


OLD = [page("now-1", "Walk"), page("now-2", "Look"), page("later-1", "Plan")]


def test_an_activity_that_moved_and_has_a_name_now_has_not_changed() -> None:
    new = [page("thank", "Thank"), page("walk", "Walk"), page("look", "Look"), page("plan", "Plan")]
    assert changes(OLD, new) == {"w/thank": Kind.NEW}


def test_one_with_another_title_is_known_by_its_own_words() -> None:
    new = [page("stroll", "Stroll", said="The goal of Walk."), *OLD[1:]]
    assert changes(OLD, new) == {"w/stroll": Kind.REVISED}


def test_one_with_other_words_is_another() -> None:
    new = [page("bake", "Bake"), *OLD[1:]]
    assert changes(OLD, new) == {"w/bake": Kind.NEW, "w/now-1": Kind.WITHDRAWN}


def test_a_title_in_another_workbook_is_another_activity() -> None:
    new = [*OLD[1:], page("walk", "Walk", book="v")]
    assert changes(OLD, new) == {"v/walk": Kind.NEW, "w/now-1": Kind.WITHDRAWN}


def test_what_was_declared_by_the_old_key_still_counts() -> None:
    new = [page("walk", "Walk", said="Something else."), *OLD[1:]]
    found = compare(snapshot(pages=tuple(OLD)), snapshot(pages=tuple(new)))
    for key in ("w/now-1", "w/walk"):
        declared = [Declaration((key,), Kind.REVISED, "It was too long.", Place("2-changes.toml"))]
        assert judged(found, declared, "2") == [], key
    assert [p.code for p in judged(found, [], "2")] == ["change-undeclared"]
