"""The pipeline: segments in, drafts out; each sentence translated, guarded, joined, its codes placed.

    segments → sentences → (clauses) → n-best, batched across segments → choose → guards → retries
             → joined again → typography → codes placed by word alignment

A segment whose sentences cannot all be trusted is left empty with the reason, never half translated.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from languages.digits import Digits

from . import align, combinations, dateline, sentences
from .engine import Engine, Link
from .ladder import Choose, Ladder, Outcome
from .tagged import Mark, Note, Tagged, note
from .typography import tidied

__all__ = ["Choose", "Mark", "Note", "SegmentDraft", "SentenceDraft", "Tagged", "draft"]


@dataclass(frozen=True)
class SentenceDraft:
    """One sentence of a segment and its draft: character spans in source and target, score 0 to 1."""

    source_span: tuple[int, int]
    target_span: tuple[int, int]
    score: float


@dataclass(frozen=True)
class SegmentDraft:
    """The draft of one segment.

    Attributes:
        tagged: the draft with every code of the source exactly once, properly nested; None: no draft that
            could be trusted was found.
        score: how sure the model was, 0 to 1: the geometric mean probability of a piece; 0 without draft.
        reason: why there is no draft, one English sentence (a gettext msgid); None when there is one.
        notes: what a translator should look at: {"message": msgid with %(name)s, "params": {…}}.
        unplaced: ids of codes whose place is a guess by proportion, because no word alignment told it.
        sentences: the draft sentence by sentence.
        alternatives: other drafts of the segment, likeliest first, when they were asked for.
    """

    tagged: Tagged | None
    score: float
    reason: str | None = None
    notes: tuple[Note, ...] = ()
    unplaced: tuple[int, ...] = ()
    sentences: tuple[SentenceDraft, ...] = ()
    alternatives: tuple["SegmentDraft", ...] = ()


def draft(
    texts: Sequence[Tagged],
    engine: Engine,
    *,
    source: str,
    target: str,
    hypotheses: int = 4,
    beam: int = 4,
    choose: Choose | None = None,
    protected: Callable[[str], Sequence[tuple[int, int]]] | None = None,
    heartbeat: Callable[[], object] | None = None,
    alternatives: int = 0,
    digits: Digits | None = None,
) -> list[SegmentDraft]:
    """Drafts segments of any number of articles; one result for each, in order.

    Args:
        texts: the segments, codes beside the text.
        engine: a loaded engine (see `registry`).
        source, target: locales, BCP 47.
        hypotheses: how many drafts per sentence to choose from; 1 to `beam`.
        beam: beam size.
        choose: given a source sentence, its acceptable drafts (best first) and the target locale, the
            index of the one to take; the terminology comes in here. Default: the first.
        protected: given a text, the character spans that must stay as they are (do-not-translate).
        heartbeat: called between batches, to keep a lease alive; what it raises ends the drafting.
        alternatives: how many other drafts of each segment to give at most; they come from its
            sentences' hypotheses.
        digits: which digits numbers are written in; None: as the model writes them.

    Raises:
        EngineError: the engine does not serve the pair, or failed.
    """
    ladder = Ladder(
        engine,
        source=source,
        target=target,
        hypotheses=hypotheses,
        beam=beam,
        choose=choose,
        protected=protected,
        heartbeat=heartbeat,
    )
    spoken = [Tagged(dateline.spoken(text.plain, source), text.marks) for text in texts]
    pieces = [sentences.split(text.plain, source) for text in spoken]
    outcomes = iter(ladder.climb([piece.text for of_text in pieces for piece in of_text]))
    drafts = []
    for original, text, of_text in zip(texts, spoken, pieces, strict=True):
        chosen = [next(outcomes) for _ in of_text]
        others = _others(text, of_text, chosen, target, digits, alternatives) if alternatives else ()
        result = replace(_segment(text, of_text, chosen, target, digits), alternatives=others)
        drafts.append(result if text == original else _in_capitals(result))
    return drafts


def _in_capitals(result: SegmentDraft) -> SegmentDraft:
    """The draft of a dateline whose place stood in capitals, and its alternatives, with theirs in capitals."""
    tagged = result.tagged and Tagged(dateline.written(result.tagged.plain), result.tagged.marks)
    return replace(result, tagged=tagged, alternatives=tuple(map(_in_capitals, result.alternatives)))


def _others(
    text: Tagged,
    pieces: Sequence[sentences.Piece],
    chosen: Sequence[Outcome],
    target: str,
    digits: Digits | None,
    count: int,
) -> tuple[SegmentDraft, ...]:
    """The likeliest segments that other choices among the sentences' drafts make."""
    if any(outcome.text is None for outcome in chosen):
        return ()
    choices = [
        sorted([outcome, *outcome.others], key=lambda draft: draft.score, reverse=True) for outcome in chosen
    ]
    # One more than asked for: the draft itself is among them, or not.
    ranks = combinations.best([[draft.score for draft in drafts] for drafts in choices], count + 1)
    taken = [[drafts[at] for drafts, at in zip(choices, rank, strict=True)] for rank in ranks]
    others = (_segment(text, pieces, other, target, digits) for other in taken if other != list(chosen))
    return tuple(others)[:count]


def _segment(
    text: Tagged,
    pieces: Sequence[sentences.Piece],
    outcomes: Sequence[Outcome],
    target: str,
    digits: Digits | None,
) -> SegmentDraft:
    """Joins the sentences' drafts with the white space that stood between them, and places the codes."""
    notes = tuple(remark for outcome in outcomes for remark in outcome.notes)
    for outcome in outcomes:
        if outcome.text is None:
            return SegmentDraft(None, 0.0, reason=outcome.reason, notes=notes)
    joined, links, drafts = "", list[Link](), []
    at = 0
    for piece, outcome in zip(pieces, outcomes, strict=True):
        joined += text.plain[at : piece.start]
        shift = len(joined)
        tidy = tidied(outcome.text or "", target, digits=digits, source=piece.text)
        links += [link.shifted(piece.start, shift) for link in tidy.links(outcome.links)]
        joined += tidy.text
        drafts.append(SentenceDraft((piece.start, piece.end), (shift, len(joined)), outcome.score))
        at = piece.end
    joined += text.plain[at:]
    marks, unplaced = align.place(text, joined, links)
    if unplaced:
        told = ", ".join(map(str, unplaced))
        notes += (note("The place of code %(codes)s is a guess: please check it.", codes=told),)
    weights = [end - start for start, end in (sentence.target_span for sentence in drafts)]
    total = sum(weights)
    score = sum(s.score * w for s, w in zip(drafts, weights, strict=True)) / total if total else 1.0
    return SegmentDraft(Tagged(joined, marks), score, None, notes, unplaced, tuple(drafts))
