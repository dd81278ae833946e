"""Words of deckgen's own: their English is the key, and a Wording says them in its language.

    say("Review by {month}", month=Month(day))
    say.many("{count} card", "{count} cards", count)

What has not been translated is said in English and marked as such, so that a screen reader
doesn't read it as another language. What is filled in keeps its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from deckgen.model.edition import day_in_words, short_month
from deckgen.model.text import Run, Text, Worded, as_text, plain, words

ENGLISH = "en"
NAMED = re.compile(r"\{(\w+)\}")
Forms = tuple[str, ...]


class Month(Struct, frozen=True):
    """A day of which the month is said, in few letters: "Nov 2027"."""

    day: date


class Day(Struct, frozen=True):
    """A day that is said as people write it: "3 November 2027"."""

    day: date


# A text is in the deck's language, unless its runs name another. What is of no language, such as
# a code or a number, is taken for that of the words around it.
Value = str | int | Text | Month | Day
_PLAIN = (str, int)


class Wording(Struct, frozen=True, dict=True, eq=False):
    """The words of deckgen's own in a deck's language.

    `entries` are those that are there, by their English; counted ones have more than one form.
    `keys` are the English of all, needed to tell them from other people's words; English itself
    does without.
    """

    language: str = ENGLISH
    entries: tuple[tuple[str, Forms], ...] = ()
    keys: frozenset[str] = frozenset()

    @cached_property
    def _forms(self) -> Mapping[str, Forms]:
        return dict(self.entries)

    @cached_property
    def english(self) -> bool:
        """Whether the deck is in English."""
        return self.language.partition("-")[0] == ENGLISH

    @property
    def missing(self) -> frozenset[str]:
        """The English of all words that are not there, so that they stay English."""
        return frozenset() if self.english else self.keys - self._forms.keys()

    def letters(self) -> set[str]:
        """Every letter of the words that are there."""
        return {letter for forms in self._forms.values() for form in forms for letter in form}

    def __call__(self, key: str, /, **values: Value) -> Text:
        """The words for the English `key`, with `values` in place of the names in braces."""
        forms = self._forms.get(key)
        return self._filled(forms[0], values) if forms else self._in_english(key, values)

    def many(self, one: str, more: str, count: int, /, **values: Value) -> Text:
        """The same for something counted: what is said of one, and of `more`. {count} is filled."""
        filled = {"count": count, **values}
        forms = self._forms.get(one)
        if not forms:
            return self._in_english(one if count == 1 else more, filled)
        return self._filled(forms[self._form(count) if len(forms) > 1 else 0], filled)

    def given(self, text: str, **values: Value) -> Text:
        """Words of a template: deckgen's own if they are in the catalogue, else as they stand.

        Spaces around them stay.
        """
        key = text.strip()
        if not key:
            return words(text)
        if key in self._forms or key in self.keys:
            said = self(key, **values)
        else:
            said = self._filled(key, values)
        if key == text:
            return said if values else merged(said)
        before, _, after = text.partition(key)
        return merged([*words(before), *said, *words(after)])

    def day(self, day: date, beside: Text) -> Text:
        """A day as people write it, in the language of the words that it stands `beside`."""
        language = language_of(beside)
        return (Run(self._said(Day(day), language), language=language),)

    def key_in(self, written: str, keys: Iterable[str]) -> str:
        """The one of `keys` that was `written` in English or in the deck's language, or nothing.

        Capitals and the number of spaces don't count.
        """
        return _by_bare_name(self, tuple(keys)).get(_bare(written), "")

    def names_of(self, keys: Iterable[str]) -> dict[str, str]:
        """What people may write for `keys`, in the deck's language or in English, with the key."""
        keys = tuple(keys)
        return {plain(self(key)): key for key in keys} | {key: key for key in keys}

    def _form(self, count: int) -> int:
        if self.english:
            return int(count != 1)
        from deckgen.wording.languages import plural_of

        return plural_of(self.language)[1](count)

    def _in_english(self, key: str, values: Mapping[str, Value]) -> Text:
        return self._filled(key, values, "" if self.english else ENGLISH)

    def _filled(self, pattern: str, values: Mapping[str, Value], language: str = "") -> Text:
        if not values:
            return (Run(pattern, language=language),)
        runs: list[Run] = []
        for number, piece in enumerate(_pieces(pattern)):
            value = values[piece] if number % 2 else piece
            if isinstance(value, tuple):
                runs += value
            else:
                runs.append(Run(self._said(value, language), language=language))
        return merged(runs)

    def _said(self, value: str | int | Month | Day, language: str) -> str:
        if isinstance(value, _PLAIN):
            return str(value)
        if self.english or language == ENGLISH:
            return short_month(value.day) if isinstance(value, Month) else day_in_words(value.day)
        from deckgen.wording import languages

        said = languages.month_in if isinstance(value, Month) else languages.day_in
        return said(value.day, self.language)


@lru_cache(maxsize=512)
def _pieces(pattern: str) -> tuple[str, ...]:
    """A pattern's words, and between them the names in braces."""
    return tuple(NAMED.split(pattern))


@lru_cache(maxsize=64)
def _by_bare_name(say: Wording, keys: tuple[str, ...]) -> dict[str, str]:
    names = say.names_of(keys)
    return {_bare(name): names[name] for name in reversed(names)}


def merged(runs: Iterable[Run]) -> Text:
    """Runs of the same sort as one; empty ones are left out."""
    made: list[Run] = []
    for run in runs:
        if made and made[-1].strong == run.strong and made[-1].language == run.language:
            made[-1] = replace(run, text=made[-1].text + run.text)
        elif run.text:
            made.append(run)
    return tuple(made)


def listed(texts: Iterable[Worded], between: str = ", ") -> Text:
    """Texts in a row."""
    runs: list[Run] = []
    for text in texts:
        runs += words(between * bool(runs))
        runs += as_text(text)
    return merged(runs)


def sentences(*texts: Text) -> Text:
    """One behind the other."""
    return listed(texts, " ")


def unbroken(text: Text) -> Text:
    """The same with spaces at which no line ends."""
    return tuple(replace(run, text=run.text.replace(" ", "\u00a0")) for run in text)


def tied(text: Text) -> Text:
    """The same with no line's end before a number."""
    return tuple(replace(run, text=re.sub(r" (?=\d)", "\u00a0", run.text)) for run in text)


def numbered(say: Wording, first: str, more: str, count: int) -> list[str]:
    """What so many pages are labelled: the first by one key, the others with their {number}."""
    others = (plain(say(more, number=number)) for number in range(2, count + 1))
    return [plain(say(first)), *others]


def capital(text: Text) -> Text:
    """With a capital letter first."""
    return (replace(text[0], text=text[0].text[:1].upper() + text[0].text[1:]), *text[1:])


def strong(text: Text) -> Text:
    """The same in bold."""
    return tuple(replace(run, strong=True) for run in text)


def language_of(text: Text) -> str:
    """The language that most letters are in: for what can name one only, such as a tooltip."""
    if len({run.language for run in text}) < 2:
        return text[0].language if text else ""
    letters = Counter[str]()
    for run in text:
        letters[run.language] += sum(letter.isalpha() for letter in run.text)
    return max(letters, key=letters.__getitem__, default="")


def spoken(text: Worded) -> tuple[str, str]:
    """A text as a plain string, and the language to say it in; "" for the deck's."""
    return (text, "") if isinstance(text, str) else (plain(text), language_of(text))


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


SAY_ENGLISH = Wording()
