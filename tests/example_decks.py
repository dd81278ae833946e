"""Decks to try deckgen with: the examples that ship, and larger ones that are made up here."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path

import fontpkg
from msgspec.structs import replace
from PIL import Image, ImageDraw

from deckgen.project import Project, read_project, starter_folder

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"


def example(name: str) -> Project:
    """One of those in the folder examples, as it is there."""
    return read_project(EXAMPLES / name)


def _project(made: Mapping[str, str | bytes]) -> Project:
    """A project of these files; the looks that it has none of are the built-in ones."""
    usual = read_project(starter_folder())
    files = {n: data for n, data in usual.files.items() if not n.startswith("content/")}
    files |= {n: data.encode() if isinstance(data, str) else data for n, data in made.items()}
    return replace(usual, files=dict(sorted(files.items())))


def _deck(title: str, sections: str, language: str = "en-GB", stock: str = "a4") -> str:
    theme = "pocket" if stock == "a4-poker" else "gallery"
    return (
        f'title = "{title}"\nsubtitle = "{title}"\npublisher = "Ada"\ncontact = "Bea"\n'
        f'language = "{language}"\ntheme = "{theme}"\nstock = "{stock}"\n'
        '[edition]\nnumber = "1"\nissued = 2026-11-23\nreview = 2027-11-23\n' + sections
    )


def _section(prefix: str, name: str, cards: int, kind: str) -> str:
    return f'[[sections]]\nprefix = "{prefix}"\nname = "{name}"\ncards = {cards}\nkind = "{kind}"\n'


# A pack of playing cards: four suits, and two jokers.

SUITS = {"Spades": "#1B263B", "Hearts": "#B3261E", "Clubs": "#1F5C3A", "Diamonds": "#B4560A"}
RANKS = "Ace Two Three Four Five Six Seven Eight Nine Ten Jack Queen King".split()


def _round(draw: ImageDraw.ImageDraw, x: float, y: float, r: float, colour: str) -> None:
    draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)


def _pip(draw: ImageDraw.ImageDraw, suit: str, x: float, y: float, r: float) -> None:
    """The sign of a suit, about r high above and below its middle."""
    colour = SUITS[suit]
    if suit == "Diamonds":
        draw.polygon([(x, y - r), (x + 0.75 * r, y), (x, y + r), (x - 0.75 * r, y)], fill=colour)
        return
    if suit == "Clubs":
        for dx, dy in ((0.0, -0.5), (-0.48, 0.2), (0.48, 0.2)):
            _round(draw, x + dx * r, y + dy * r, 0.46 * r, colour)
    else:
        up = 1 if suit == "Hearts" else -1
        for dx in (-0.43, 0.43):
            _round(draw, x + dx * r, y - up * 0.3 * r, 0.5 * r, colour)
        low, high = y + up * 0.95 * r, y - up * 0.1 * r
        draw.polygon([(x - 0.9 * r, high), (x + 0.9 * r, high), (x, low)], fill=colour)
    if suit != "Hearts":
        draw.polygon([(x, y), (x + 0.4 * r, y + r), (x - 0.4 * r, y + r)], fill=colour)


def _playing_card(suit: str, rank: int) -> bytes:
    """A picture of as many signs as the rank says; a court card has a crown."""
    image = Image.new("RGB", (840, 680), "#FBF7EC")
    draw = ImageDraw.Draw(image)
    if rank > 10:
        points = [(270, 480), (250, 230), (345, 340), (420, 190), (495, 340), (590, 230)]
        draw.polygon([*points, (570, 480)], fill="#E0A526")
    count = rank if rank <= 10 else rank - 10
    rows = 1 if count < 4 else 2 if count < 9 else 3
    for i in range(count):
        row, of_row = i % rows, math.ceil((count - i % rows) / rows)
        x = 420 + (i // rows - (of_row - 1) / 2) * 150
        y = (570 if rank > 10 else 340) + (row - (rows - 1) / 2) * 190
        _pip(draw, suit, x, y, 55 if rank > 10 else 150 if count == 1 else 75)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _joker(ground: str) -> bytes:
    image = Image.new("RGB", (840, 680), ground)
    corners = [
        (420 + r * math.sin(i * math.pi / 8), 340 - r * math.cos(i * math.pi / 8))
        for i in range(16)
        for r in (260 if i % 2 == 0 else 120,)
    ]
    ImageDraw.Draw(image).polygon(corners, fill="#FBF7EC")
    return _png(image)


def poker() -> Project:
    """54 cards with a picture each, of the size of playing cards."""
    made: dict[str, str | bytes] = {}
    sections = []
    for suit in SUITS:
        cards = []
        for number, rank in enumerate(RANKS, start=1):
            name = f"{rank}-of-{suit}".lower()
            made[f"content/pictures/{name}.png"] = _playing_card(suit, number)
            cards.append(f"# {suit[0]}{number} {rank} of {suit.lower()}\nId: {name}\n")
            cards.append(f"![{rank} of {suit.lower()}]({name}.png)\n")
        made[f"content/cards/{suit[0]}.md"] = "\n".join(cards)
        sections.append(_section(suit[0], suit, len(RANKS), "picture"))
    made["content/pictures/light.png"] = _joker("#C98A1B")
    made["content/pictures/dark.png"] = _joker("#3B2A6B")
    made["content/cards/J.md"] = "\n".join(
        f"# J{number} {name.title()} joker\nId: {name}-joker\n\n![A star]({name}.png)\n"
        for number, name in enumerate(("light", "dark"), start=1)
    )
    sections.append(_section("J", "Jokers", 2, "picture"))
    return _project(
        {**made, "content/deck.toml": _deck("Cards", "".join(sections), "en", "a4-poker")}
    )


# Numbers to learn, in languages with many accents and long words.

_ONES = {
    "pl": "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć",
    "cs": "jedna dva tři čtyři pět šest sedm osm devět",
    "cy": "un dau tri pedwar pump chwech saith wyth naw",
}
_TEENS = {
    "pl": "dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście "
    "osiemnaście dziewiętnaście",
    "cs": "deset jedenáct dvanáct třináct čtrnáct patnáct šestnáct sedmnáct osmnáct devatenáct",
}
_TENS = {
    "pl": "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt "
    "osiemdziesiąt dziewięćdziesiąt",
    "cs": "dvacet třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát",
}
_HUNDRED = {"pl": "sto", "cs": "sto", "cy": "cant"}
_COUNTS = {"pl": 110, "cs": 100, "cy": 90}
_NAMES = {"pl": "Polish", "cs": "Czech", "cy": "Welsh"}


def _number(language: str, value: int) -> str:
    """A number from 1 to 199 in words."""
    ones = ["", *_ONES[language].split()]
    if value >= 100:
        return f"{_HUNDRED[language]} {_number(language, value - 100)}" if value > 100 else "sto"
    ten, one = divmod(value, 10)
    if language == "cy":
        tens = f"{ones[ten] if ten > 1 else 'un'} {'ddeg' if ten == 2 else 'deg'}" if ten else ""
    elif ten == 1:
        return _TEENS[language].split()[one]
    else:
        tens = _TENS[language].split()[ten - 2] if ten else ""
    return f"{tens} {ones[one]}".strip()


def vocabulary() -> Project:
    """300 cards in three sections: a number in front, how it is said on the back."""
    made: dict[str, str | bytes] = {}
    sections = []
    for language, count in _COUNTS.items():
        prefix, cards = _NAMES[language][0], []
        for n in range(1, count + 1):
            words = _number(language, n)
            cards.append(f"# {prefix}{n} {words}\nId: {language}-{n}\n")
            cards.append(f"How do you say {n}?\n")
            cards.append(f"{{{language}: **{words}**}}\n")
        made[f"content/cards/{prefix}.md"] = "\n".join(cards)
        sections.append(_section(prefix, f"Numbers in {_NAMES[language]}", count, "text"))
    return _project({**made, "content/deck.toml": _deck("Numbers", "".join(sections))})


# Words that run from right to left, in a font that has them; and some of those that deckgen adds.

_ADDED = {
    "ar": {
        "Talk about it": "لنتحدّث",
        "Goes with": "مع",
        "Cards in force": "البطاقات السارية",
        "How to use these cards": "كيف تُستعمل البطاقات",
        "Index": "الفهرس",
    },
    "he": {
        "Talk about it": "נדבר על זה",
        "Goes with": "ביחד עם",
        "Cards in force": "הכרטיסים שבתוקף",
        "How to use these cards": "איך משתמשים בכרטיסים",
        "Index": "מפתח",
    },
}

_SPOKEN = {
    "ar": (
        "نتعلّم معًا",
        "الفريق الذي يتكلّم بصراحة يتعلّم أسرع.",
        ("اسأل سؤالًا واحدًا في كلّ اجتماع", "اكتب ما تغيّر منذ 2025"),
        ("ماذا تعلّمنا هذا الأسبوع؟", "من لم نسمع رأيه بعد؟"),
    ),
    "he": (
        "לומדים יחד",
        "צוות שמדבר בגלוי לומד מהר יותר.",
        ("שאלו שאלה אחת בכל ישיבה", "כתבו מה השתנה מאז 2025"),
        ("מה למדנו השבוע?", "את מי עוד לא שמענו?"),
    ),
}


def _list(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def from_the_right(language: str) -> Project:
    """Three cards in a language that is written from right to left."""
    title, lead, points, questions = _SPOKEN[language]
    added = "".join(f'"{word}" = "{said}"\n' for word, said in _ADDED[language].items())
    talk = _ADDED[language]["Talk about it"]
    card = f"{lead}\n\n{_list(points)}\n## {talk}\n{_list(questions)}"
    labels = "Id: card-{}\nSee also: A{}\n"
    cards = [f"# A{n} {title} {n}\n{labels.format(n, n % 3 + 1)}\n{card}" for n in (1, 2, 3)]
    sections = _section("A", title, 3, "talk")
    parts = ("regular", "medium", "semibold", "bold", "extrabold")
    return _project(
        {
            "content/deck.toml": _deck(title, f"{sections}[words]\n{added}", language),
            "content/cards/A.md": "\n".join(cards),
            "templates/fonts.toml": "".join(f'{part} = "Rubik.ttf"\n' for part in parts),
            "fonts/Rubik.ttf": Path(fontpkg.path("Rubik")).read_bytes(),
        }
    )


MADE: dict[str, Callable[[], Project]] = {
    "poker": poker,
    "vocabulary": vocabulary,
    "arabic": lambda: from_the_right("ar"),
    "hebrew": lambda: from_the_right("he"),
}
NAMES = (*sorted(folder.name for folder in EXAMPLES.iterdir()), *MADE)


def deck(name: str) -> Project:
    """An example, or a deck that is made up."""
    return MADE[name]() if name in MADE else example(name)
