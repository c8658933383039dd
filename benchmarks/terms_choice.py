"""What choosing among drafts by terminology gains and costs: `python benchmarks/terms_choice.py [--files FILE…]`.

Drafts articles (default: those of the demo newsroom) with the shipped models, once taking the model's first draft of
each sentence and once the one `Termbase.choose` takes, and counts for both the terms of the shipped glossaries that
the drafts honour. Prints the gain in points, the forbidden terms in both, and the time of the second as a ratio of the
first, of the same number of hypotheses and of a single one, all in the same run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from glossaries import formats  # noqa: E402
from glossaries.matching import Concept, Termbase  # noqa: E402
from workers.nmt import drafting  # noqa: E402
from workers.nmt.drafting import Choose, SegmentDraft, Tagged  # noqa: E402
from workers.nmt.engine import Engine  # noqa: E402
from workers.nmt.registry import Registry  # noqa: E402
from workflow.articles import codes, segmentation  # noqa: E402
from workflow.intake.documents.reading import read  # noqa: E402

SHIPPED = ROOT / "glossaries" / "data"
NEWSROOM = ROOT / "workflow" / "demo" / "newsroom"


def segments(path: Path) -> list[Tagged]:
    """The segments of one article as the desk drafts them."""
    document = segmentation.extract(read(path.name, path.read_bytes()).body_html)
    return [Tagged.of(*codes.marks(segment.text)) for segment in document.segments]


def concepts(paths: Sequence[Path]) -> list[Concept]:
    return [concept for path in paths for concept in formats.read(path.name, path.read_bytes())[0]]


def verdicts(terms: Termbase, texts: Sequence[Tagged], drafts: Sequence[SegmentDraft]) -> Counter[str]:
    """How many terms of the segments are ok, missing and forbidden; segments without draft do not count."""
    return Counter(
        use.status
        for text, draft in zip(texts, drafts, strict=True)
        if draft.tagged is not None
        for use in terms.check(text.plain, draft.tagged.plain)
    )


def timed(
    texts: Sequence[Tagged], engine: Engine, locale: str, hypotheses: int, choose: Choose | None
) -> tuple[list[SegmentDraft], float]:
    """The drafts, and the seconds of the better of two runs: the machine may be busy with other things."""
    best = float("inf")
    drafts: list[SegmentDraft] = []
    for _ in range(2):
        started = time.perf_counter()
        drafts = drafting.draft(
            texts,
            engine,
            source="en",
            target=locale,
            hypotheses=hypotheses,
            beam=max(4, hypotheses),
            choose=choose,
        )
        best = min(best, time.perf_counter() - started)
    return drafts, best


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", nargs="+", type=Path, default=sorted(NEWSROOM.glob("*.md")))
    parser.add_argument("--glossary", nargs="+", type=Path, default=sorted(SHIPPED.glob("*.csv")))
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--hypotheses", type=int, default=4)
    parser.add_argument("--show", action="store_true", help="print the sentences that changed")
    options = parser.parse_args()
    texts = [segment for path in options.files for segment in segments(path)]
    found = concepts(options.glossary)
    n = options.hypotheses
    print(f"{len(options.files)} articles, {len(texts)} segments, {len(found)} concepts, {n} hypotheses")
    print(
        f"{'locale':<8}{'terms':>6}{'first draft':>13}{'chosen':>9}{'gain':>11}{'forbidden':>11}"
        f"{'time':>7}{'time against one hypothesis':>29}"
    )
    for locale in ("fr", "ar"):
        terms = Termbase.compile(found, target=locale)

        def choose(source: str, drafts: Sequence[str], _locale: str, terms: Termbase = terms) -> int:
            return terms.choose(source, drafts)

        engine = Registry().load(options.models / f"en-{locale}")
        timed(texts[:2], engine, locale, n, choose)
        _, single = timed(texts, engine, locale, 1, None)
        first, plain = timed(texts, engine, locale, n, None)
        chosen, choosing = timed(texts, engine, locale, n, choose)
        before, after = verdicts(terms, texts, first), verdicts(terms, texts, chosen)
        shares = [100 * count["ok"] / (count.total() or 1) for count in (before, after)]
        print(
            f"{locale:<8}{before.total():>6}{shares[0]:>12.1f}%{shares[1]:>8.1f}%"
            f"{shares[1] - shares[0]:>+7.1f} pts{before['forbidden']:>6} → {after['forbidden']:<2}"
            f"{choosing / plain:>7.2f}{choosing / single:>29.2f}"
        )
        if options.show:
            for text, one, other in zip(texts, first, chosen, strict=True):
                if one.tagged and other.tagged and one.tagged != other.tagged:
                    print("", text.plain, one.tagged.plain, other.tagged.plain, sep="\n  ")


if __name__ == "__main__":
    main()
