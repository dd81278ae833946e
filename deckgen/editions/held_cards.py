"""The cards that some pages hold, set against the editions that were issued."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.editions.face_words import is_headed, unlike
from deckgen.editions.printed_faces import FoundMark, PrintedFace
from deckgen.editions.printed_versions import Status, Version
from deckgen.model.lock import Ledger
from deckgen.model.snapshot import INDEX_CODE, CardState, marked_as

_MOST_DIFFERENCES = 5
_Titles = Iterable[tuple[str, str]]


class HeldCard(Struct, frozen=True):
    """A card with one mark: all its faces in a file.

    `version` is None if no edition has such a card. `code` is what is printed on it, as far as
    that is known. `doubts` say in words what does not agree.
    """

    mark: FoundMark
    code: str
    status: Status
    pages: tuple[int, ...]
    copies: int
    version: Version | None = None
    doubts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.version.name if self.version else self.code or "A card"


def held_cards(faces: Iterable[PrintedFace], versions: Sequence[Version]) -> list[HeldCard]:
    """What faces are, card by card: in the order of the file, those with one mark together."""
    by_mark: dict[tuple[str, str], list[Version]] = defaultdict(list)
    for version in versions:
        by_mark[version.edition, version.check].append(version)
    titles = {(version.code, version.title) for version in versions}
    groups: dict[tuple[FoundMark, str], list[PrintedFace]] = {}
    for face in faces:
        known = [] if face.mark.draft else by_mark[face.mark.edition, face.mark.code]
        # Of what no edition has, only its printed code tells one card from another.
        apart = "" if known else face.heading
        groups.setdefault((face.mark, apart), []).append(face)
    _join_backs(groups)
    return [
        _held(mark, group, by_mark.get((mark.edition, mark.code), []), titles)
        for (mark, _), group in groups.items()
    ]


def _join_backs(groups: dict[tuple[FoundMark, str], list[PrintedFace]]) -> None:
    """On small cards the back of a draft has no room for its check code; the front has it."""
    fronts = {(replace(key[0], code=""), key[1]): key for key in reversed(groups) if key[0].code}
    for key in [key for key in groups if key in fronts]:
        groups[fronts[key]] += groups.pop(key)


def missing_cards(held: Iterable[HeldCard], ledger: Ledger) -> tuple[CardState, ...]:
    """Cards of the latest edition that are not there in any version."""
    there = {card.version.id for card in held if card.version}
    latest = ledger.latest
    return tuple(c for c in latest.snapshot.cards if c.id not in there) if latest else ()


def _held(
    mark: FoundMark, faces: Sequence[PrintedFace], known: Sequence[Version], titles: _Titles
) -> HeldCard:
    pages = tuple(sorted({face.page for face in faces}))
    place = pages, max(map(_copies, _apart(faces)))
    if mark.draft:
        return HeldCard(mark, faces[0].heading, Status.DRAFT, *place)
    headed = [v for v in known if any(is_headed(face, v.code, v.title) for face in faces)]
    possible = headed or list(known)
    if not possible:
        return HeldCard(mark, faces[0].heading, Status.UNKNOWN, *place)
    version = possible[0]
    if len(possible) > 1:
        doubt = f"its mark may be that of {' or '.join(v.name for v in possible)}"
        return HeldCard(mark, version.code, Status.DOUBTFUL, *place, version, (doubt,))
    doubts = list(_doubts(version, faces, titles))[:_MOST_DIFFERENCES]
    status = Status.DOUBTFUL if doubts else version.status
    return HeldCard(mark, version.code, status, *place, version, tuple(dict.fromkeys(doubts)))


def _copies(faces: Sequence[PrintedFace]) -> int:
    """Copies of one side say the same; and a card has two sides at most."""
    alike = Counter(face.readings[0] for face in faces)
    return max(max(alike.values()), -(-len(faces) // 2))


def _apart(faces: Sequence[PrintedFace]) -> Iterable[Sequence[PrintedFace]]:
    """The faces of each index card, as all of them have one mark; other cards are one each."""
    indexes: dict[str, list[PrintedFace]] = {}
    for face in faces:
        index = marked_as(face.heading) == INDEX_CODE
        indexes.setdefault(face.heading * index, []).append(face)
    return indexes.values()


def _doubts(version: Version, faces: Sequence[PrintedFace], titles: _Titles) -> Iterable[str]:
    for face in faces:
        headed = is_headed(face, version.code, version.title)
        others = {pair for pair in titles if not headed and is_headed(face, *pair)}
        if len(others) == 1:
            code, title = others.pop()
            yield f"its mark is that of {version.name}, but it is headed {code} {title}"
        elif version.card:
            yield from unlike(version.card, face)
