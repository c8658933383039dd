"""Measures the term matcher: labelled cases, confirmations in good translations, speed, memory, build time.

python benchmarks/terms.py                        labelled cases; speed at 1,000, 10,000 and 100,000 terms
python benchmarks/terms.py --pairs FILE…          also JSON Lines of good translations (en, fr, ar): how many of their
    [--glossary FILE…]                            terms are confirmed, and how many are found in unrelated sentences
python benchmarks/terms.py --no-speed             without the speed table

Every accuracy stands beside exact matching and beside matching of stems (Snowball, Arabic particles stripped), computed
in the same run. Times are processor times, so that a busy machine does not change them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import snowballstemmer  # noqa: E402

from glossaries import formats  # noqa: E402
from glossaries.matching import Concept, Status, Term, Termbase  # noqa: E402
from tests.glossaries import cases  # noqa: E402

LOCALES = ("fr", "ar")
_STEMMERS = {"fr": snowballstemmer.stemmer("french"), "ar": snowballstemmer.stemmer("arabic")}


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


@cache
def stem(word: str, locale: str) -> str:
    if locale == "ar":
        word = re.sub("[\u064b-\u065f\u0640]", "", word)
        word = word.translate(str.maketrans("أإآىة", "اااي" + "ه"))
        if len(word) > 4:
            word = re.sub("^[وف]?(?:ال|لل|بال|كال)?", "", word)
    return str(_STEMMERS[locale].stemWord(word))


def within(part: list[str], whole: list[str]) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def exact(term: str, text: str, locale: str) -> bool:
    return within(tokens(term), tokens(text))


def stemmed(term: str, text: str, locale: str) -> bool:
    return within([stem(w, locale) for w in tokens(term)], [stem(w, locale) for w in tokens(text)])


def baseline(concept: Concept, text: str, locale: str, match: Callable[[str, str, str], bool]) -> str:
    terms = concept.designations(locale)
    if any(match(t.text, text, locale) for t in terms if t.status != Status.FORBIDDEN):
        return "ok"
    return "forbidden" if any(match(t.text, text, locale) for t in terms) else "missing"


def labelled() -> None:
    shipped = cases.shipped()
    bases = {locale: Termbase.compile(shipped, target=locale) for locale in LOCALES}
    for title, found, base_of in (
        ("checks over the shipped glossaries", cases.checks(), lambda case: bases[case.locale]),
        ("cases with their own terms", cases.own(), lambda c: Termbase.compile([c.concept], target=c.locale)),
    ):
        count: Counter[tuple[str, str]] = Counter()
        right: Counter[tuple[str, str, str]] = Counter()
        for case in found:
            uses = base_of(case).check(case.source, case.target)
            said = {use.status for use in uses if use.concept_id == case.concept.id}
            key = (case.locale, case.expect)
            count[key] += 1
            right[*key, "matcher"] += said == {case.expect}
            for name, match in (("exact", exact), ("stems", stemmed)):
                right[*key, name] += baseline(case.concept, case.target, case.locale, match) == case.expect
        print(f"\n{title}\n{'locale':<8}{'status':<11}{'cases':>6}{'matcher':>9}{'stems':>8}{'exact':>8}")
        for (locale, expect), n in sorted(count.items()):
            shares = [right[locale, expect, name] / n for name in ("matcher", "stems", "exact")]
            print(f"{locale:<8}{expect:<11}{n:>6}{shares[0]:>9.1%}{shares[1]:>8.1%}{shares[2]:>8.1%}")


def confirmations(pairs: list[dict[str, str]], concepts: list[Concept]) -> None:
    by_id = {concept.id: concept for concept in concepts}
    print(f"\ngood translations: {len(pairs)} pairs, {len(concepts)} concepts")
    print(f"{'locale':<8}{'terms':>7}{'matcher':>9}{'stems':>8}{'exact':>8}{'unrelated':>11}{'checked':>9}")
    for locale in LOCALES:
        base = Termbase.compile(concepts, target=locale)
        spoken = [{match.concept_id for match in base.find(pair["en"])} for pair in pairs]
        chance = random.Random(1)
        total, good, stray, strays = 0, Counter[str](), 0, 0
        for i, pair in enumerate(pairs):
            if not spoken[i]:
                continue
            for use in {use.concept_id: use for use in base.check(pair["en"], pair[locale])}.values():
                concept = by_id[use.concept_id]
                total += 1
                good["matcher"] += use.status == "ok"
                good["exact"] += baseline(concept, pair[locale], locale, exact) == "ok"
                good["stems"] += baseline(concept, pair[locale], locale, stemmed) == "ok"
            # The same terms looked for in another sentence, unless its source speaks of them too.
            other = chance.randrange(len(pairs))
            for use in {use.concept_id: use for use in base.check(pair["en"], pairs[other][locale])}.values():
                if use.concept_id not in spoken[other]:
                    strays += 1
                    stray += use.status == "ok"
        if total:
            shares = [good[name] / total for name in ("matcher", "stems", "exact")]
            print(
                f"{locale:<8}{total:>7}{shares[0]:>9.1%}{shares[1]:>8.1%}{shares[2]:>8.1%}"
                f"{stray / max(strays, 1):>11.2%}{strays:>9}"
            )


def speed() -> None:
    chance = random.Random(1)
    sources = [tokens(case.source) for case in cases.checks()]
    targets = {loc: [tokens(c.target) for c in cases.checks() if c.locale == loc] for loc in LOCALES}
    article = " ".join(case.source for case in cases.checks() + cases.checks())
    article = " ".join(article.split()[:1000])

    def terms(texts: Iterable[list[str]], n: int) -> list[str]:
        # Words of the texts, two or three together and mostly with a made-up one: most terms are not in a given text.
        vocabulary = sorted({word for text in texts for word in text if len(word) > 3})
        made = [
            f"{word}{ending}"
            for word in vocabulary
            for ending in ("", *(a + b for a in "bcdfgk" for b in "lmnrt"))
        ]
        return [" ".join(chance.sample(made, chance.choice((1, 2, 2, 3)))) for _ in range(n)]

    print(
        f"\n{'terms':>8} {'locale':<7}{'build s':>8}{'memory MB':>11}{'find ms':>9}{'check ms':>10}{'found':>7}"
    )
    shipped = cases.shipped()
    for n in (1_000, 10_000, 100_000):
        for locale in LOCALES:
            texts = " ".join(c.target for c in cases.checks() if c.locale == locale)
            names = zip(terms(sources, n), terms(targets[locale], n), strict=True)
            concepts = [
                Concept(f"x{i}", terms=(Term("en", en), Term(locale, t))) for i, (en, t) in enumerate(names)
            ]
            before, started = resident(), time.process_time()
            base = Termbase.compile([*shipped, *concepts], target=locale)
            built, grown = time.process_time() - started, resident() - before
            finding = warm(lambda base=base: base.find(article))
            checking = warm(lambda base=base, texts=texts: base.check(article, texts))
            print(
                f"{n:>8} {locale:<7}{built:>8.2f}{grown:>11.0f}{finding:>9.1f}{checking:>10.1f}"
                f"{len(base.find(article)):>7}"
            )


def resident() -> float:
    """Resident memory of this process, MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def warm(action: Callable[[], object]) -> float:
    """The best of five runs after a first one, in milliseconds of processor time."""
    action()
    best = float("inf")
    for _ in range(5):
        started = time.process_time()
        action()
        best = min(best, time.process_time() - started)
    return best * 1000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", nargs="+", type=Path, default=[])
    parser.add_argument("--glossary", nargs="+", type=Path, default=[])
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args()
    labelled()
    if options.pairs:
        lines = [line for path in options.pairs for line in path.read_text(encoding="utf-8").splitlines()]
        files = options.glossary
        concepts = [c for path in files for c in formats.read(path.name, path.read_bytes())[0]]
        confirmations([json.loads(line) for line in lines], concepts or cases.shipped())
    if not options.no_speed:
        speed()


if __name__ == "__main__":
    main()
