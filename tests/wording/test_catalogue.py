"""The template has all words, and the catalogues that are part of the package fit it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from deckgen.wording import catalogue
from deckgen.wording.catalogue import all_keys, catalogue_of
from deckgen.wording.languages import locale_of, messages_in, plural_of
from deckgen.wording.say import NAMED
from tests.wording.template import FILE, template, words_of, words_of_templates

FILES = sorted(FILE.parent.glob("*.po"))


def test_the_template_is_current() -> None:
    """Write it anew: .venv/bin/python -m tests.wording.template"""
    assert FILE.read_bytes() == template()


def test_words_are_found_wherever_they_stand() -> None:
    source = """
say("one", x=say.many("{count} card", "{count} cards", n))
TITLE = word("two")
job.said("three"); say(TITLE); say(f"{x}"); spoken("no"); many("no")
"""
    assert list(words_of(source)) == ["one", ("{count} card", "{count} cards"), "two", "three"]


def test_words_of_templates_are_there_without_spaces_and_names_alone_are_not() -> None:
    found = {text for _, text in words_of_templates()}
    assert {"Goes with", "Workbook:", "Review by {month}", "Turn over"} <= found
    assert not any("{short}" in text for text in found)


def test_every_key_can_be_typed() -> None:
    """People copy them into content/deck.toml: plain spaces, no quotation marks of TOML."""
    for key, forms in all_keys().items():
        assert key == " ".join(key.split()) and not set('"\\\n|') & set("".join(forms)), key
        assert not set(NAMED.findall(forms[0])) - {"count"} - set(NAMED.findall(forms[-1])), key


def faults_of(data: bytes, language: str) -> list[str]:
    """What a catalogue has that the template doesn't, and forms that lack names or are too few."""
    read = read_po(BytesIO(data), locale=locale_of(language), abort_invalid=True)
    rule = get_plural(locale_of(language))
    faults = []
    if (read.num_plurals, read.plural_expr) != (rule.num_plurals, rule.plural_expr):
        faults.append(f"its plurals are not those of {language}: {rule.plural_expr}")
    for message in (m for m in read if m.id):
        key = message.id[0] if isinstance(message.id, tuple | list) else message.id
        forms = message.string if isinstance(message.string, tuple | list) else [message.string]
        if key not in all_keys():
            faults.append(f"nothing says “{key}”")
            continue
        wanted = set(NAMED.findall(" ".join(all_keys()[key])))
        for form in filter(None, forms):
            there = set(NAMED.findall(form))
            free = {"count"} if len(all_keys()[key]) > 1 else set()
            if there - wanted or wanted - there - free:
                faults.append(f"“{form}” has not the names of “{key}”")
    return faults


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_catalogue_fits(file: Path) -> None:
    assert faults_of(file.read_bytes(), file.stem) == []


def made(*messages: tuple[str | tuple[str, ...], str | tuple[str, ...]]) -> bytes:
    """A Polish catalogue."""
    words, out = Catalog(locale="pl"), BytesIO()
    for key, said in messages:
        words.add(key, said)
    write_po(out, words)
    return out.getvalue()


CARDS = ("{count} card", "{count} cards")


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (("No such words", "Nic"), "nothing says “No such words”"),
        (("Review by {month}", "Przegląd"), "“Przegląd” has not the names of “Review by {month}”"),
        ((CARDS, ("{n} karta", "karty", "{count} kart")), "“{n} karta” has not the names"),
    ],
)
def test_a_catalogue_that_does_not_fit_is_found(message: tuple[str, str], fault: str) -> None:
    (found,) = faults_of(made(message), "pl")
    assert found.startswith(fault)


def test_other_plurals_are_found() -> None:
    data = made().replace(b"nplurals=3", b"nplurals=2")
    assert any("its plurals are not those of pl" in fault for fault in faults_of(data, "pl"))


def test_what_is_empty_or_doubtful_is_not_there() -> None:
    data = made(("Goes with", "Pasuje do"), ("Turn over", ""), (CARDS, ("{count} karta", "", "")))
    assert messages_in(data, "pl") == {"Goes with": ("Pasuje do",)}
    assert messages_in(data.replace(b'msgid "Goes', b'#, fuzzy\nmsgid "Goes'), "pl") == {}


def test_a_region_goes_before_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "pl.po": made(("Goes with", "Pasuje do"), ("Turn over", "Odwróć")),
        "pl-PL.po": made(("Turn over", "Na odwrocie")),
    }
    monkeypatch.setattr(catalogue, "_file", files.get)
    found = catalogue_of.__wrapped__("pl-PL")  # type: ignore[attr-defined]
    assert found == {"Goes with": ("Pasuje do",), "Turn over": ("Na odwrocie",)}


@pytest.mark.parametrize(
    ("language", "locale"), [("de-DE", "de_DE"), ("cy", "cy"), ("de-XX", "de"), ("qaa", None)]
)
def test_languages_are_known_by_their_codes(language: str, locale: str | None) -> None:
    assert str(locale_of(language) or "") == (locale or "")


@pytest.mark.parametrize("language", ["", "../de", "de/..", "d\0e", "x" * 5000, "d" * 9])
def test_what_is_no_language_has_no_catalogue(language: str) -> None:
    assert catalogue_of(language) == {} and locale_of(language) is None


def test_an_unknown_language_counts_as_english_does() -> None:
    count, form = plural_of("qaa")
    assert (count, form(1), form(5)) == (2, 0, 1)
