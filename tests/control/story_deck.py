"""A project that is edited, declared and issued as people do it, for tests that tell a story."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from deckgen.control.issue import declared_changes, issue_edition
from deckgen.editions.compare import compare
from deckgen.editions.declarations import changes_file, declarations_text
from deckgen.model.change import Change, Kind
from deckgen.model.lock import Lock
from deckgen.problem import blocks
from deckgen.project import Project, read_project
from deckgen.proof.marks import EditionState
from deckgen.proof.proof import Proof

ROOT = Path(__file__).resolve().parents[2]
LONG_BEFORE_REVIEW = date(2026, 12, 1)


class StoryDeck:
    """A copy of the real deck in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in ("content", "templates", "fonts"):
            shutil.copytree(ROOT / part, folder / part)

    def edit(self, file: str, old: str, new: str) -> None:
        """Change words in a file; they must be there exactly once."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old, text.count(old))
        path.write_text(text.replace(old, new), encoding="utf-8")

    def number(self, edition: str, year: int) -> None:
        """Give the deck the next edition's number and dates."""
        path = self.folder / "content/deck.toml"
        text = path.read_text(encoding="utf-8")
        for name, value in (
            ("number", f'"{edition}"'),
            ("issued", f"{year}-03-03"),
            ("review", f"{year + 1}-03-03"),
        ):
            text, count = re.subn(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.MULTILINE)
            assert count == 1, name
        path.write_text(text, encoding="utf-8")

    def project(self) -> Project:
        return read_project(self.folder, {}, today=LONG_BEFORE_REVIEW)

    def state(self) -> EditionState:
        """Where the deck stands, with its faces drawn."""
        proof = Proof(self.project())
        assert not blocks(proof.state[1]), proof.state[1]
        assert proof.drawn is not None
        return proof.drawn

    def changes(self, since: str = "") -> dict[str, Change]:
        """What changed since an edition, or the latest, by key."""
        state = self.state()
        lock = state.ledger.lock(since) if since else state.ledger.latest
        assert lock is not None
        return {change.key: change for change in compare(lock.snapshot, state.snapshot)}

    def declare(self, reasons: dict[str, str], kinds: dict[str, Kind] | None = None) -> None:
        """Say why each change was made; the kinds are as proposed, or as given here."""
        project = self.project()
        state = self.state()
        changes, declared, _ = declared_changes(project, state)
        edition = state.snapshot.edition
        text = declarations_text(changes, declared, edition)
        blocks_of = text.split("[[changes]]")
        made = [blocks_of[0]]
        for block in blocks_of[1:]:
            key = re.findall(r'"([^"]+)",?\s*(?:\]|#)', block)[0]
            reason = reasons.get(key, "It was time.")
            block = block.replace('reason = ""', f'reason = "{reason}"')
            if kinds and key in kinds:
                block = re.sub(r'kind = "\w+"', f'kind = "{kinds[key]}"', block)
            made.append(block)
        path = self.folder / changes_file(edition)
        path.parent.mkdir(exist_ok=True)
        path.write_text("[[changes]]".join(made), encoding="utf-8")

    def issue(self, edition: str) -> Lock:
        """Issue an edition; it must work."""
        issued, problems = issue_edition(self.project(), edition, "Jo Learner", "Alex Lead")
        assert issued is not None, problems
        return issued.lock
