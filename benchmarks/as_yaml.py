"""The deck's words as YAML files and its looks as JSON, for the script in idiomatic/.

    python -m benchmarks.as_yaml FOLDER

It reads the content files with a few regular expressions and shares no code with deckgen. What a
person would have to type into the YAML files (where a card is used, its mark) is worked out here.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
# Labels that say what a heading is; a script for one workbook knows that.
KINDS = re.compile(
    r"(?m)^(?:(?:Box|Id|Table|Each row|Summary|Fields|Points):.*"
    r"|Rating|Checklist|New page|Time frames|About)\n"
)
MADE_UP = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def text(lines: str) -> str:
    """Markdown's bold as reportlab's."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", lines.strip())


def points(block: str) -> list[str]:
    return [text(point) for point in re.findall(r"(?m)^- (.*)$", block)]


def labels(block: str) -> dict[str, str]:
    return dict(re.findall(r"(?m)^([A-Z][A-Za-z ]+): (.*)$", block.split("\n\n")[0]))


def lead(block: str) -> str:
    """The first paragraph that is neither labels nor points."""
    parts = [part.strip() for part in re.sub(r"(?m)^- .*$", "", block).split("\n\n")]
    return text(next(p for p in parts if p and not re.match(r"[A-Z][A-Za-z ]+: ", p)))


def split(source: str, level: int) -> list[tuple[str, str]]:
    """The (title, body) of each heading of one level."""
    parts = re.split(rf"(?m)^{'#' * level} (.*)$", source)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def card(section: dict[str, Any], heading: str, body: str, uses: dict[str, list[str]]) -> Any:
    code, _, title = heading.partition(" ")
    front, _, talk = body.partition("## Talk about it")
    known = labels(front)
    digest = hashlib.sha256(body.encode()).digest()
    return {
        "code": code,
        "title": title,
        "section": section["prefix"],
        "printed_as": known.get("Printed as", ""),
        "see_also": known.get("See also", "").split(", "),
        "lead": lead(front),
        "points": points(front),
        "talk": points(talk),
        "uses": ", ".join(uses.get(code, ())),
        "mark": "".join(MADE_UP[byte % 32] for byte in digest[:4]),
    }


def activity(heading: str, body: str) -> dict[str, Any]:
    known = labels(body)
    parts = dict(split(body, 4))
    return {
        "title": heading,
        "goal": known["Goal"],
        "cards": known["Cards"].split(", "),
        "printed_as": known.get("Printed as", ""),
        "time": known["Time"],
        "now": lead(parts["What we do now"]),
        "change": lead(parts["What we could change"]),
        "rating": lead(parts["Where are we today?"]),
        "steps": points(parts["Where are we today?"]),
        "actions": parts["Our actions"].strip().splitlines()[-1],
        "statuses": labels(parts["Our actions"].strip())["Statuses"].split(", "),
        "checklist": points(parts["Before you finish"]),
        "learned": lead(parts["One thing we learned"]),
    }


def workbook(name: str) -> dict[str, Any]:
    ((title, source),) = split((ROOT / f"content/workbooks/{name}.md").read_text("utf-8"), 1)
    source = KINDS.sub("", source)
    known, parts = labels(source.strip()), split(source, 2)
    made: dict[str, Any] = {
        "title": title,
        "subtitle": known["Subtitle"],
        "cover_fields": known["Cover fields"].split(", "),
        "frames": [],
        "pages": {},
    }
    for heading, body in parts:
        if activities := split(body, 3):
            first, *_ = re.split(r"(?m)^### ", body)
            when = labels(first.strip()).get("When")
            if when:
                made["frames"].append(
                    {
                        "name": heading,
                        "when": when,
                        "meaning": lead(first),
                        "activities": [activity(*found) for found in activities],
                    }
                )
                continue
            made["more"] = {"title": activities[0][0], "points": points(activities[0][1])}
            body = first
        made["pages"][heading] = {"lead": lead(body), "points": points(body)}
    return made


def uses_of(book: dict[str, Any], sections: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Which activities lay a card out; "K1–K12" means all between."""
    uses: dict[str, list[str]] = {}
    for frame in book["frames"]:
        for number, found in enumerate(frame["activities"], start=1):
            for span in found["cards"]:
                first, _, last = span.partition("–")
                prefix = first.rstrip("0123456789")
                ends = [int(end[len(prefix) :]) for end in (first, last or first)]
                for n in range(ends[0], ends[1] + 1):
                    uses.setdefault(f"{prefix}{n}", []).append(f"{frame['name']} {number}")
    return uses


def deck(book: dict[str, Any]) -> dict[str, Any]:
    made = toml("content/deck.toml")
    edition, uses = made["edition"], uses_of(book, made["sections"])
    cards = []
    for section in made["sections"]:
        prefix, count = section["prefix"], section["cards"]
        section["span"] = f"{prefix}1 to {prefix}{count}" if count > 1 else f"{prefix}1"
        source = (ROOT / f"content/cards/{prefix}.md").read_text("utf-8")
        cards += [card(section, *found, uses) for found in split(source, 1)]
    return made | {
        "edition": f"Edition {edition['number']}",
        "issued": f"{edition['issued']:%d %B %Y}",
        "reviewed": f"{edition['review']:%d %B %Y}",
        "review": f"{edition['review']:%b %Y}",
        "cards": cards,
    }


def looks() -> dict[str, Any]:
    """Palettes and icons, which a script would hold as constants."""
    palettes = {name: plain(found) for name, found in toml("templates/palette.toml").items()}
    return {"palettes": palettes, "icons": toml("templates/icons.toml")}


def plain(palette: dict[str, Any]) -> dict[str, Any]:
    """Colours as they are on a screen."""
    kept = {k: v["srgb"] for k, v in palette.items() if isinstance(v, dict)}
    return kept | {"tiles": [tile["srgb"] for tile in palette.get("tiles", ())]}


def write(folder: Path) -> None:
    """Write deck.yaml, workbook.yaml and looks.json."""
    folder.mkdir(parents=True, exist_ok=True)
    book = workbook(toml("content/deck.toml")["workbook"])
    for name, words in (("deck", deck(book)), ("workbook", book)):
        written = yaml.safe_dump(words, allow_unicode=True, sort_keys=False, width=100)
        (folder / f"{name}.yaml").write_text(written, encoding="utf-8")
    (folder / "looks.json").write_text(json.dumps(looks()), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
