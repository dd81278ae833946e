"""[words] in content/deck.toml, and the catalogue of the deck's language: a Wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deckgen.content.deck import FILE, DeckSettings
from deckgen.problem import Place, Problem, one_of, problem
from deckgen.settings import locate
from deckgen.wording.catalogue import all_keys, catalogue_of
from deckgen.wording.say import ENGLISH, NAMED, SAY_ENGLISH, Forms, Wording

BETWEEN = "|"  # stands between the forms of what is counted


def wording_of(settings: DeckSettings, text: str) -> tuple[Wording, list[Problem]]:
    """The words that deckgen adds, in the deck's language; `text` is deck.toml as it is written.

    A deck in English that overrules none costs nothing.
    """
    language = settings.language
    english = language.partition("-")[0] == ENGLISH
    if english and not settings.words:
        return SAY_ENGLISH, []
    keys = all_keys()
    own: dict[str, Forms] = {}
    found: list[Problem] = []
    for written, given in settings.words.items():
        key = " ".join(written.split())
        forms = tuple(" ".join(form.split()) for form in given.split(BETWEEN))
        place = Place(FILE, *locate(text, ["words", written]))
        faults = list(_faults(key, forms, keys, language, place))
        found += faults
        if not faults:
            own[key] = forms
    say = wording_in(language, own)
    if say.missing:
        found.append(_in_english(say, text))
    return say, found


def wording_in(language: str, own: Mapping[str, Forms] | None = None) -> Wording:
    """The catalogue of a language; a deck's `own` words go before it."""
    english = language.partition("-")[0] == ENGLISH
    if english and not own:
        return SAY_ENGLISH
    keys = all_keys()
    there = {} if english else {k: v for k, v in catalogue_of(language).items() if k in keys}
    entries = tuple(sorted({**there, **(own or {})}.items()))
    return Wording(language, entries, frozenset(keys))


def _faults(
    key: str, forms: Forms, keys: Mapping[str, Forms], language: str, place: Place
) -> Iterator[Problem]:
    """What is wrong with one overruled word."""
    if key not in keys:
        said = f"“{key}” is none of the words that deckgen adds."
        todo = one_of(key, keys, "“deckgen words” lists them.", list_all=False)
        yield problem("words-unknown", place, said, todo)
        return
    from deckgen.wording.languages import plural_of

    wanted = plural_of(language)[0] if len(keys[key]) > 1 else 1
    if len(forms) not in (1, wanted):
        said = f"“{key}” has {len(forms)} forms here; {language} takes {wanted}."
        todo = f"Write one form for all numbers, or {wanted} with a {BETWEEN} between them."
        yield problem("words-invalid", place, said, todo if wanted > 1 else f"Leave {BETWEEN} out.")
    names = set(NAMED.findall(" ".join(keys[key])))
    needed = names - {"count"} if len(keys[key]) > 1 else names
    if not all(forms):
        said = f"A form of “{key}” is empty."
        yield problem("words-invalid", place, said, "Write some words for it.")
    for form in filter(None, forms):
        there = set(NAMED.findall(form))
        if needed - there or there - names:
            wanted_names = ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"
            said = f"“{form[:60]}” should have the same names between braces as “{key}”."
            yield problem("words-invalid", place, said, f"They are: {wanted_names}.")


def _in_english(say: Wording, text: str) -> Problem:
    place = Place(FILE, *locate(text, ["language"]))
    count, every = len(say.missing), len(say.keys)
    some = f"{count} of the {every}" if count < every else f"The {every}"
    said = (
        f"{some} words that deckgen adds are not there in “{say.language}”: "
        "they are printed in English, and tagged as English."
    )
    todo = "Write yours below [words] in this file: “deckgen words” lists what is missing."
    return problem("words-english", place, said, todo)


def as_settings(say: Wording, *, every: bool = False) -> str:
    """Lines for [words]: those that are missing, or `every` one as it is, commented out."""
    there = dict(say.entries)
    lines = [
        f"# {_quoted(key)} = {_quoted(f' {BETWEEN} '.join(there.get(key, forms)))}\n"
        for key, forms in all_keys().items()
        if every or key in say.missing
    ]
    return "".join(["[words]\n", *lines]) if lines else ""


def _quoted(text: str) -> str:
    import json  # whoever builds does without it

    return json.dumps(text, ensure_ascii=False)
