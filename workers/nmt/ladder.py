"""How one sentence gets a draft that can be trusted: a ladder of attempts, climbed only as far as needed.

 1. The n best drafts; of those without fault, the one that `choose` takes.
 2. After a loop or a wrong length: again, kept from repeating itself.
 3. Numbers lost: the draft begun again up to and with the number (`steering.prefix`).
 4. A number substituted, its place known: the source's put there and remarked on (`steering.corrected`);
    a word said twice running: said once, and remarked on.
 5. An address, handle or protected name lost: translated round it (`protect.items`).
 6. Cut in two at a clause boundary; each half climbs the ladder itself, down to a few words.
 7. Numbers still lost: translated round dates and numbers (`protect.figures`), and remarked on.
 8. No draft, and the reason.

All sentences stand on the same rung together, so that every attempt is batched.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import exp

from . import clauses, guards, protect, steering
from .batching import batches, once_each
from .edits import Edited
from .engine import Draft, Engine, Link
from .guards import Fault
from .protect import Island
from .sentences import Piece
from .tagged import Note, note

Choose = Callable[[str, Sequence[str], str], int]
_Mended = tuple[Edited, list[Note]] | None

# Halving a sentence this often leaves a few words of the longest.
DEEPEST = 5
# Rounds of steering: one number each.
ROUNDS = 4
_NUMBERS = {guards.LOST_NUMBERS, guards.ADDED_NUMBERS}
_ENDLESS = {guards.LOOP, guards.LENGTH}
_ROUND_FIGURES = "The draft was put together round %(kept)s: please check the wording."


@dataclass(frozen=True)
class Outcome:
    """What became of a sentence: its draft (score 0 to 1) with links and remarks, or None and the reason.

    `others` are the model's further drafts without fault, best first.
    """

    text: str | None
    score: float = 0.0
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    reason: str | None = None
    others: tuple["Outcome", ...] = ()


class Ladder:
    """Translates sentences with one engine into one locale; see `drafting.draft` for the arguments."""

    def __init__(
        self,
        engine: Engine,
        *,
        source: str,
        target: str,
        hypotheses: int = 4,
        beam: int = 4,
        choose: Choose | None = None,
        protected: Callable[[str], Sequence[tuple[int, int]]] | None = None,
        heartbeat: Callable[[], object] | None = None,
    ) -> None:
        self.engine, self.source, self.target = engine, source, target
        self.hypotheses, self.beam = hypotheses, beam
        self.choose, self.heartbeat = choose, heartbeat
        self.protected = protected or (lambda sentence: ())
        # Every rung asks again about the same drafts.
        self._faults = lru_cache(maxsize=None)(self._check)

    def climb(self, sentences: Sequence[str], depth: int = 0) -> list[Outcome]:
        """An outcome for each sentence, in order."""
        return once_each(sentences, lambda distinct: self._climb(distinct, depth))

    def _climb(self, sentences: list[str], depth: int) -> list[Outcome]:
        state = _State(done={s: Outcome(s, 1.0) for s in sentences if not _has_letters(s)})
        short = [s for s in sentences if self.engine.length(s) <= self.engine.longest]
        self._attempt([s for s in short if s not in state.done], state)
        self._attempt(self._failing(state, _ENDLESS), state, unrepeated=True)
        self._steer(state)
        self._mend(state, _NUMBERS, lambda s, d: steering.corrected(s, d, self.source, self.target))
        self._mend(state, _ENDLESS, lambda s, d: steering.unstuttered(d))
        lost_items = self._failing(state, {guards.LOST_ITEMS})
        self._in_parts({s: _round(s, protect.items(s, self.protected(s))) for s in lost_items}, state, depth)
        waiting = [s for s in sentences if s not in state.done]
        if depth < DEEPEST:
            halves = {s: clauses.halve(s) for s in waiting}
            self._in_parts({s: list(parts) for s, parts in halves.items() if parts}, state, depth)
        figures = {s: protect.figures(s, self.source, self.target) for s in self._failing(state, _NUMBERS)}
        self._in_parts(
            {s: _round(s, islands) for s, islands in figures.items() if islands}, state, depth, _ROUND_FIGURES
        )
        return [state.done.get(s) or self._given_up(s, state) for s in sentences]

    def _attempt(
        self,
        sentences: Sequence[str],
        state: "_State",
        *,
        prefixes: Sequence[str] | None = None,
        unrepeated: bool = False,
    ) -> None:
        """Translates; takes a draft without fault if there is one, else remembers the least faulty."""
        for sentence, drafts in zip(sentences, self._translate(sentences, prefixes, unrepeated), strict=True):
            sound = [draft for draft in drafts if not self._faults(sentence, draft.text)]
            if sound:
                texts = [draft.text for draft in sound]
                outcomes = [Outcome(draft.text, exp(draft.score), draft.alignment) for draft in sound]
                chosen = outcomes.pop(self.choose(sentence, texts, self.target) if self.choose else 0)
                state.done[sentence] = replace(chosen, others=tuple(outcomes))
            else:
                known = [state.best[sentence]] if sentence in state.best else []
                state.best[sentence] = min(
                    [*known, *drafts], key=lambda draft: self._gravity(sentence, draft.text)
                )

    def _steer(self, state: "_State") -> None:
        for _ in range(ROUNDS):
            prefixes = {
                sentence: start
                for sentence in self._failing(state, _NUMBERS, only=True)
                if (start := steering.prefix(sentence, state.best[sentence], self.source, self.target))
            }
            before = {sentence: state.best[sentence] for sentence in prefixes}
            self._attempt(list(prefixes), state, prefixes=list(prefixes.values()))
            if all(state.best[sentence] is before[sentence] for sentence in prefixes):
                return

    def _mend(self, state: "_State", reasons: set[str], mend: Callable[[str, Draft], _Mended]) -> None:
        """Takes what `mend` makes of a least faulty draft, where that is without fault."""
        for sentence in self._failing(state, reasons, only=True):
            draft = state.best[sentence]
            if (mended := mend(sentence, draft)) and not self._faults(sentence, mended[0].text):
                edited, notes = mended
                links = edited.links(draft.alignment)
                state.done[sentence] = Outcome(edited.text, exp(draft.score), links, tuple(notes))

    def _in_parts(
        self,
        plans: Mapping[str, Sequence[Piece | Island]],
        state: "_State",
        depth: int,
        remark: str | None = None,
    ) -> None:
        """Translates sentences part by part; what lies between the parts, and islands, is copied."""
        if not plans:
            return
        pieces = [part for parts in plans.values() for part in parts if isinstance(part, Piece)]
        texts = list(dict.fromkeys(piece.text for piece in pieces))
        outcomes = dict(zip(texts, self.climb(texts, depth + 1), strict=True))
        for sentence, parts in plans.items():
            joined = _joined(sentence, parts, outcomes)
            if joined.text is None:
                state.reasons[sentence] = joined.reason
            elif not self._faults(sentence, joined.text):
                notes = joined.notes
                if remark:
                    kept = ", ".join(part.text for part in parts if isinstance(part, Island))
                    notes += (note(remark, kept=kept),)
                state.done[sentence] = replace(joined, notes=notes)

    def _given_up(self, sentence: str, state: "_State") -> Outcome:
        faults = self._faults(sentence, state.best[sentence].text) if sentence in state.best else []
        reason = faults[0].reason if faults else state.reasons.get(sentence) or guards.EMPTY
        details = ", ".join(detail for fault in faults[:1] for detail in fault.details)
        remark = note(
            "No draft of “%(sentence)s” passed the guards (%(details)s).", sentence=sentence, details=details
        )
        return Outcome(None, reason=reason, notes=(remark,))

    def _failing(self, state: "_State", reasons: set[str], *, only: bool = False) -> list[str]:
        """Sentences tried and not done whose least faulty draft has some (or only) faults of these kinds."""
        failing = []
        for sentence, draft in state.best.items():
            if sentence not in state.done:
                found = {fault.reason for fault in self._faults(sentence, draft.text)}
                if found <= reasons if only else found & reasons:
                    failing.append(sentence)
        return failing

    def _check(self, sentence: str, text: str) -> list[Fault]:
        names = [sentence[start:end] for start, end in self.protected(sentence)]
        return guards.check(sentence, text, self.source, self.target, names)

    def _gravity(self, sentence: str, text: str) -> int:
        """How bad a draft is: a loop outweighs any number."""
        return sum(
            len(fault.details) if fault.reason in _NUMBERS else 10 for fault in self._faults(sentence, text)
        )

    def _translate(
        self, sentences: Sequence[str], prefixes: Sequence[str] | None, unrepeated: bool
    ) -> list[list[Draft]]:
        results: dict[int, list[Draft]] = {}
        for batch in batches([self.engine.length(sentence) for sentence in sentences]):
            drafts = self.engine.translate(
                [sentences[index] for index in batch],
                self.source,
                self.target,
                self.hypotheses,
                beam=self.beam,
                prefixes=[prefixes[index] for index in batch] if prefixes else None,
                unrepeated=unrepeated,
            )
            results |= zip(batch, drafts, strict=True)
            if self.heartbeat:
                self.heartbeat()
        return [results[index] for index in range(len(sentences))]


@dataclass
class _State:
    """What is done, the least faulty draft of each sentence that is not, and why its parts failed."""

    done: dict[str, Outcome]
    best: dict[str, Draft] = field(default_factory=dict)
    reasons: dict[str, str | None] = field(default_factory=dict)


def _has_letters(sentence: str) -> bool:
    return any(character.isalpha() for character in sentence)


def _round(sentence: str, islands: Sequence[Island]) -> list[Piece | Island]:
    """The islands and the wording between them; punctuation and spaces between belong to neither."""
    parts: list[Piece | Island] = []
    at = 0
    for island in [*islands, Island(len(sentence), len(sentence), "")]:
        between = sentence[at : island.start]
        if words := re.search(r"\w.*\w|\w", between, re.DOTALL):
            parts.append(Piece(words.group(), at + words.start(), at + words.end()))
        if island.text:
            parts.append(island)
        at = island.end
    return parts


def _joined(sentence: str, parts: Sequence[Piece | Island], outcomes: Mapping[str, Outcome]) -> Outcome:
    """The parts' drafts in one, with what stood between the parts."""
    text, at, links, notes = "", 0, list[Link](), tuple[Note, ...]()
    weighed = [(0.0, 0)]
    for part in parts:
        text += sentence[at : part.start]
        if isinstance(part, Island):
            links.append(Link(part.start, part.end, len(text), len(text) + len(part.text)))
            text += part.text
        else:
            outcome = outcomes[part.text]
            if outcome.text is None:
                return outcome
            links += [link.shifted(part.start, len(text)) for link in outcome.links]
            notes += outcome.notes
            fitted = clauses.fitted(part.text, outcome.text, first=part.start == 0)
            weighed.append((outcome.score, len(part.text)))
            text += fitted
        at = part.end
    total = sum(weight for _, weight in weighed)
    score = sum(score * weight for score, weight in weighed) / total if total else 1.0
    return Outcome(text + sentence[at:], score, tuple(links), notes)
