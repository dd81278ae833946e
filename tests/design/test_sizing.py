"""Themes on other cards, and large print: what grows, what only as far as it must."""

from __future__ import annotations

import pytest

from deckgen.design.load import Measures, load_design
from deckgen.design.sizing import LARGE_PT, Sizing, sized_theme, sizing_for
from deckgen.design.stock import Extent
from deckgen.design.theme import Heading, Pips, Theme, Tiles
from tests.layout.made_up import design_of, look_files


def test_on_its_own_card_a_theme_stays_as_it_is() -> None:
    design = design_of()
    assert design.sizing == Sizing()
    assert sized_theme(design.theme, design.stock.card, design.sizing) == design.theme


@pytest.mark.parametrize("theme", ["gallery", "masthead"])
def test_large_print_has_nothing_below_eighteen_points(theme: str) -> None:
    design = design_of(theme, large_print=True)
    cards = [style.size for style in design.theme.styles.values() if style.size]
    pages = [style.size for style in design.paper.styles.values()]
    assert min(*cards, *pages) == LARGE_PT
    assert min(size for size, _ in design.theme.size_classes) == LARGE_PT
    assert all(leading >= 1.2 * size for size, leading in design.theme.size_classes)
    assert design.stock.name == "A4, one large card"


def test_lengths_follow_the_card_and_counts_do_not() -> None:
    usual, large = design_of().theme, design_of(large_print=True).theme
    assert large.margin == 2 * usual.margin
    for before, after in zip(usual.front, large.front, strict=True):
        if isinstance(before, Tiles):
            assert after == before
        if isinstance(before, Pips) and isinstance(after, Pips):
            assert after.at == (2 * before.at[0], 2 * before.at[1])


def test_words_to_read_never_shrink_with_the_card() -> None:
    small = on_card(63, 88)
    assert min(style.size for style in small.styles.values() if style.size) == 12
    assert small.styles["code"].size < design_of().theme.styles["code"].size


@pytest.mark.parametrize("card", [(105, 148), (148, 210), (97, 140)])
def test_on_a_larger_card_words_may_be_as_small_as_on_its_own(card: tuple[float, float]) -> None:
    """They grow with the card, but only as long as there is room."""
    sizes = [size for size, _ in on_card(*card).size_classes]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 14 and sizes[-1] == 12


def test_a_theme_of_large_type_keeps_it_unless_the_deck_says_otherwise() -> None:
    files, file = look_files(), "templates/themes/gallery.toml"
    classes = b"[[14, 19], [13, 17.5], [12, 16.5]]"
    assert classes in files[file]
    files[file] = files[file].replace(classes, b"[[16, 21], [15, 20]]")
    for floor, sizes in ((12.0, [16, 15]), (11.5, [16, 15, 14, 13, 12, 11.5])):
        measures = Measures(smallest_pt=floor)
        design, found = load_design(files, "gallery", "a4", ink_saver=False, measures=measures)
        assert design and not found
        assert [size for size, _ in design.theme.size_classes] == sizes


def on_card(width: float, height: float) -> Theme:
    design, card = design_of(), Extent(width=width, height=height)
    sizing = sizing_for(design.theme, design.paper, card, large_print=False)
    return sized_theme(design.theme, card, sizing)


@pytest.mark.parametrize("card", [(105, 148), (99, 128.5), (63.5, 88.9), (148, 210), (85, 55)])
def test_the_title_stays_below_the_picture(card: tuple[float, float]) -> None:
    theme = on_card(*card)
    picture = next(part for part in theme.front if isinstance(part, Tiles))
    heading = next(part for part in theme.front if isinstance(part, Heading))
    bottom = picture.rows * card[0] / picture.columns
    assert heading.code[1] < bottom < heading.title[1] < card[1]


def test_a_stock_may_be_its_own_large_print() -> None:
    files = look_files()
    stock = files["templates/stocks/a4.toml"].decode()
    files["templates/stocks/a4.toml"] = stock.replace("large_print", "# large_print").encode()
    design, found = load_design(files, "gallery", "a4", ink_saver=False, large_print=True)
    assert not found and design is not None
    assert design.stock.card.width == 95
    assert design.sizing.large_print


def test_a_large_print_stock_that_is_not_there_is_located() -> None:
    files = look_files()
    stock = files["templates/stocks/a4.toml"].decode()
    files["templates/stocks/a4.toml"] = stock.replace("a4-large", "a4-huge").encode()
    design, found = load_design(files, "gallery", "a4", ink_saver=False, large_print=True)
    assert design is None
    assert [(p.code, p.place.file) for p in found] == [
        ("template-unknown", "templates/stocks/a4.toml")
    ]
    assert "a4-huge" in found[0].found
