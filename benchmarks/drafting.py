"""What drafting costs: `python benchmarks/drafting.py [--pair en-fr] [--threads N]`.

Prints sentences a second for ways of asking the same model for the same sentences, as ratios against one
sentence at a time (beam 4, one hypothesis), measured in the same run. The text is press releases made up
from a few sentences of ours with changing names and numbers, so that no two are alike.
"""

import argparse
import itertools
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from workers.nmt import drafting, sentences  # noqa: E402
from workers.nmt.batching import batches  # noqa: E402
from workers.nmt.registry import Registry  # noqa: E402

CITIES = ("Rabat", "Dakar", "Tashkent", "Muscat", "Kuala Lumpur", "Nouakchott", "Baku", "Amman")
RELEASE = (
    "The Director-General of the Organization received the Minister of Culture in {city} on Tuesday, {day} July "
    "2025, and discussed ways to strengthen cooperation in education, science and culture. During the meeting, "
    "the Minister praised the programme that trained {many} young people in {city}. The two parties agreed to "
    "hold a workshop on the protection of manuscripts, which will bring together {few} experts from several "
    "countries. The library of {city} has {more} books. It opens at 9 a.m."
)


def releases(count: int) -> list[str]:
    """`count` texts of five sentences, all different."""
    days = itertools.product(range(1, 29), CITIES)
    return [
        RELEASE.format(city=city, day=day, many=day * 37 + n, few=day + 11, more=f"{day + 3},{n:03d}")
        for n, (day, city) in enumerate(itertools.islice(days, count))
    ]


def seconds(work: Callable[[], object]) -> float:
    """Of the better of two runs: the machine may be busy with other things."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pair", default="en-fr")
    parser.add_argument("--threads", type=int, default=None)
    parser.add_argument("--texts", type=int, default=16)
    options = parser.parse_args()
    started = time.perf_counter()
    engine = Registry(threads=options.threads).load(ROOT / "models" / options.pair)
    loaded = time.perf_counter() - started
    target = options.pair.split("-")[1]
    texts = releases(options.texts)
    cut = [piece.text for text in texts for piece in sentences.split(text)]

    def in_batches(**how: int) -> None:
        for batch in batches([engine.length(sentence) for sentence in cut]):
            engine.translate([cut[index] for index in batch], "en", target, **how)

    def pipeline(hypotheses: int) -> None:
        tagged = [drafting.Tagged(text) for text in texts]
        drafting.draft(tagged, engine, source="en", target=target, hypotheses=hypotheses)

    ways: list[tuple[str, Callable[[], object]]] = [
        ("one by one, beam 4", lambda: [engine.translate([s], "en", target, beam=4) for s in cut]),
        ("in batches, beam 4", lambda: in_batches(beam=4)),
        ("in batches, beam 4, 4 best", lambda: in_batches(beam=4, hypotheses=4)),
        ("in batches, greedy", lambda: in_batches(beam=1)),
        ("whole pipeline, 1 best", lambda: pipeline(1)),
        ("whole pipeline, 4 best", lambda: pipeline(4)),
    ]
    engine.translate(cut[:2], "en", target)
    print(f"{options.pair}: {len(cut)} sentences; loading took {loaded:.1f} s")
    print(f"{'':<30}{'sentences/s':>12}{'ratio':>8}")
    baseline = 0.0
    for name, work in ways:
        rate = len(cut) / seconds(work)
        baseline = baseline or rate
        print(f"{name:<30}{rate:>12.1f}{rate / baseline:>8.2f}")


if __name__ == "__main__":
    main()
