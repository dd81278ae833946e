from __future__ import annotations

from deckgen.editions.compare import compare, exchanged_ids
from deckgen.model.change import Change, Kind
from deckgen.model.snapshot import LookFact
from tests.editions.made_up import card, page, snapshot

FEEDBACK = card("feedback", "K1", title="Feedback", look="a")
TEAMS = card("teams", "K2", title="Teams", lead="A team learns.", look="b")


def only(changes: tuple[Change, ...]) -> Change:
    assert len(changes) == 1, changes
    return changes[0]


def kinds(changes: tuple[Change, ...]) -> dict[str, Kind]:
    return {change.key: change.floor for change in changes}


def test_the_same_is_no_change() -> None:
    pages = (page(),)
    one = snapshot(FEEDBACK, TEAMS, pages=pages)
    assert compare(one, snapshot(FEEDBACK, TEAMS, pages=pages, edition="2")) == ()


def test_new_and_withdrawn() -> None:
    changes = compare(snapshot(FEEDBACK), snapshot(TEAMS))
    assert kinds(changes) == {"teams": Kind.NEW, "feedback": Kind.WITHDRAWN}
    assert changes[1].shown == "K1 Feedback"


def test_a_card_under_another_number_has_moved() -> None:
    moved = card("feedback", "K2", title="Feedback", look="other number")
    change = only(compare(snapshot(FEEDBACK), snapshot(moved)))
    assert change.floor is Kind.RENUMBERED
    assert change.moved
    assert change.why == ("It was K1 and is K2 now",)


def test_two_cards_that_exchange_their_numbers() -> None:
    one, other = (
        card("feedback", "K2", title="Feedback"),
        card("teams", "K1", lead="A team learns."),
    )
    old = snapshot(
        card("feedback", "K1", title="Feedback"), card("teams", "K2", lead="A team learns.")
    )
    assert kinds(compare(old, snapshot(other, one))) == {
        "teams": Kind.RENUMBERED,
        "feedback": Kind.RENUMBERED,
    }


def test_a_renumbered_card_with_other_words_is_revised() -> None:
    change = only(compare(snapshot(FEEDBACK), snapshot(card("feedback", "K3", title="Complaints"))))
    assert change.floor is Kind.REVISED
    assert change.why == ("It was K1 and is K3 now", "What it says differs")


def test_a_renumbered_card_with_a_slip_is_renumbered() -> None:
    slip = card(
        "feedback", "K3", title="Feedback", points=("Ask early", "Pay poeple fairly for their time")
    )
    assert only(compare(snapshot(FEEDBACK), snapshot(slip))).floor is Kind.RENUMBERED


def test_a_card_that_goes_to_another_section() -> None:
    moved = card("feedback", "R1", title="Feedback", section="References")
    change = only(compare(snapshot(FEEDBACK), snapshot(moved)))
    assert change.floor is Kind.RENUMBERED
    assert change.why == ("It was K1 and is R1 now, in “References” and no longer in “Knowledge”",)


def test_a_section_s_name_is_words_on_its_cards() -> None:
    def floor(name: str) -> Kind:
        return only(
            compare(snapshot(card(section="Do not touch")), snapshot(card(section=name)))
        ).floor

    assert floor("Do touch") is Kind.REVISED
    assert floor("Do not Touch") is Kind.CORRECTION


def test_names_of_cards_follow_the_cards_and_not_their_numbers() -> None:
    old = card(goes_with=("K2",), links=("teams",))
    same = compare(snapshot(old), snapshot(card(goes_with=("K3",), links=("teams",))))
    other = compare(snapshot(old), snapshot(card(goes_with=("K2",), links=("values",))))
    assert (only(same).floor, only(same).why) == (
        Kind.CORRECTION,
        ("It names cards that have other numbers now",),
    )
    assert (only(other).floor, only(other).why) == (
        Kind.REVISED,
        ("It names other cards, under the same numbers",),
    )


def test_activities_follow_the_cards_too() -> None:
    uses = (page(cards=("K1",)),)
    old = snapshot(FEEDBACK, TEAMS, pages=uses)
    moved = (
        card("teams", "K1", title="Teams", lead="A team learns."),
        card("feedback", "K2", title="Feedback"),
    )
    stayed = compare(old, snapshot(*moved, pages=(page(cards=("K2",)),)))
    exchanged = compare(old, snapshot(*moved, pages=uses))
    assert stayed[-1].floor is Kind.CORRECTION
    assert exchanged[-1].floor is Kind.REVISED


def test_a_look_is_explained_by_what_it_depends_on() -> None:
    def facts(colour: str, uses: str = "none") -> tuple[LookFact, ...]:
        return (
            LookFact("section colour", "K", colour),
            LookFact("section colour", "R", colour),
            LookFact("theme files", "", "abc"),
            LookFact("workbook activities", "K1", uses),
        )

    new = card("feedback", "K1", title="Feedback", look="c")
    change = only(
        compare(snapshot(FEEDBACK, looks=facts("#fff")), snapshot(new, looks=facts("#000")))
    )
    assert change.floor is Kind.LAYOUT
    assert change.why == (
        "Its words are the same; it is drawn differently: section colour: #fff → #000",
    )


def test_a_moved_card_is_compared_with_its_own_facts() -> None:
    uses = "workbook activities"
    old = snapshot(
        FEEDBACK, looks=(LookFact(uses, "K1", "Immediate 1"), LookFact(uses, "K2", "none"))
    )
    new = snapshot(
        card("feedback", "K2", title="Feedback", look="x"),
        looks=(LookFact(uses, "K1", "none"), LookFact(uses, "K2", "Immediate 1")),
    )
    assert only(compare(old, new)).why == ("It was K1 and is K2 now",)


def test_looks_count_only_where_both_sides_were_drawn() -> None:
    assert compare(snapshot(FEEDBACK), snapshot(card("feedback", "K1", title="Feedback"))) == ()


def test_pages_are_compared_like_cards() -> None:
    old = snapshot(pages=(page("w/a"), page("w/b"), page("w/c", goal=("Ask poeple.",))))
    new = snapshot(
        pages=(
            page("w/a", goal=("Find two changes.",)),
            page("w/c", goal=("Ask people.",)),
            page("w/d"),
        )
    )
    assert kinds(compare(old, new)) == {
        "w/a": Kind.REVISED,
        "w/c": Kind.CORRECTION,
        "w/d": Kind.NEW,
        "w/b": Kind.WITHDRAWN,
    }


def test_a_card_that_lost_its_id_is_recognised_by_its_words() -> None:
    other = card("feed-back", "K4", title="Feedback", goes_with=("K2",), links=("teams",))
    assert exchanged_ids(snapshot(FEEDBACK, TEAMS), snapshot(other, TEAMS)) == ((FEEDBACK, other),)
    assert exchanged_ids(snapshot(FEEDBACK), snapshot(TEAMS)) == ()
    assert exchanged_ids(snapshot(FEEDBACK), snapshot(FEEDBACK, other)) == ()
