"""How a report says what was found: answers, teams and days in the cells of its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from deckgen.model.text import Text, words
from deckgen.reporting.document import Cell, Cut, Para, Part
from deckgen.reporting.found import TICKED, Action, Said
from deckgen.wording.say import Wording, listed, strong

# Looks at a picture: what of it is shown, and its dots; None if it can't be shown.
Look = Callable[[bytes], tuple[bytes, tuple[int, int]] | None]


class Teller(Struct, frozen=True):
    """Says things in the language of the deck, and looks at pictures of handwriting.

    `teams` is false if there is only one, so that it need not be named on each line.
    """

    say: Wording
    look: Look
    teams: bool = True

    def paragraphs(self, written: str) -> list[Part]:
        """An answer's paragraphs; a tick is a word, as not every font has the sign."""
        if written == TICKED:
            return [Para(self.say("yes"))]
        return [Para(words(line)) for line in written.split("\n") if line.strip()]

    def said(self, said: Said, alt: Text = (), *more: Part) -> Cell:
        """An answer, or the picture of its handwriting, and what is to be known about it."""
        parts = self.paragraphs(said.words)
        if said.crop:
            parts.append(self.cutting(said.crop, alt))
        if said.asked_now:
            parts.append(Para(words(said.asked_now), quiet=True))
        return (*parts, *more)

    def cutting(self, png: bytes, alt: Text) -> Part:
        """Handwriting as a picture; words in its place if it can't be shown."""
        seen = self.look(png)
        if seen is None:
            return Para(self.say("Handwriting, of which there is no picture here."), quiet=True)
        return Cut(*seen, alt or self.say("Handwriting that nobody has typed"))

    def of_team(self, what: str, team: str) -> Text:
        """What is said of a picture of handwriting to those who can't see it."""
        if not what:
            return self.say("Handwriting of {team} that nobody has typed", team=words(team))
        return self.say(
            "Handwriting of {team}, “{question}”, that nobody has typed",
            team=words(team),
            question=words(what),
        )

    def quiet(self, *texts: Text) -> list[Part]:
        """Lines that say something about what stands above them."""
        return [Para(text, quiet=True) for text in texts if text]

    def bold(self, name: str) -> Para:
        """A name in bold."""
        return Para(strong(words(name)))

    def what(self, action: Action) -> Cell:
        """An action, what else stands in its row, and where it was written."""
        team = action.team.called(action.source)
        more = [part for title, said in action.beside for part in self._beside(title, said, team)]
        where = action.activity or action.frame
        return self.said(action.what, self.of_team(where, team), *more, *self.quiet(words(where)))

    def _beside(self, title: str, said: Said, team: str) -> Iterable[Part]:
        if said.crop:
            return [*self.quiet(words(title)), self.cutting(said.crop, self.of_team(title, team))]
        told = self.say("yes") if said.words == TICKED else words(" ".join(said.words.split()))
        return self.quiet(listed((title, told), ": "))

    def who(self, action: Action) -> Cell:
        """Who does it."""
        return self.said(action.who, self.of_team("", action.team.called(action.source)))

    def day(self, action: Action) -> Cell:
        """By when: the day, or what was written in its place."""
        if action.day:
            beside = self.say("Day")
            return (Para(self.say.day(action.day, beside)), *self._asked(action.written))
        team = action.team.called(action.source)
        return self.said(action.written, self.of_team("", team)) or tuple(
            self.quiet(self.say("nothing written"))
        )

    def status(self, action: Action) -> Cell:
        """How far it is, and what it was before."""
        before = self.say("before: {status}", status=words(action.before)) if action.before else ()
        team = action.team.called(action.source)
        return self.said(action.status, self.of_team("", team), *self.quiet(before))

    def team(self, action: Action) -> Cell:
        """Whose it is."""
        return (Para(words(action.team.called(action.source))),)

    def _asked(self, said: Said) -> list[Part]:
        return self.quiet(words(said.asked_now))
