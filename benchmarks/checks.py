"""Measures the quality checks: precision on the labelled corpus, false alarms on clean pairs, speed.

python benchmarks/checks.py                      labelled corpus only
python benchmarks/checks.py --pairs FILE…        also JSON Lines of good translations: en, fr, ar
python benchmarks/checks.py --pairs FILE… --show CHECK   prints what the check says of them
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.damage import DAMAGES  # noqa: E402
from workflow.checks.rules import check_unit  # noqa: E402

LABELLED = ROOT / "tests" / "checks" / "labelled.jsonl"
LOCALES = ("fr", "ar")


def labelled() -> None:
    """Precision and recall per check: lines of {locale, source, target, findings: [check, …]}."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    lines = [json.loads(line) for line in LABELLED.read_text().splitlines() if line.strip()]
    for line in lines:
        wanted = set(line["findings"])
        found = {finding.check for finding in check_unit(line["source"], line["target"], line["locale"])}
        right.update(found & wanted)
        wrong.update(found - wanted)
        missed.update(wanted - found)
    print(
        f"labelled corpus: {len(lines)} pairs, {sum(not line['findings'] for line in lines)} of them clean\n"
    )
    print(f"{'check':<18}{'right':>6}{'false':>6}{'missed':>7}{'precision':>11}{'recall':>8}")
    for check in sorted(right | wrong | missed):
        given, due = right[check] + wrong[check], right[check] + missed[check]
        precision = f"{right[check] / given:.0%}" if given else "-"
        recall = f"{right[check] / due:.0%}" if due else "-"
        print(f"{check:<18}{right[check]:>6}{wrong[check]:>6}{missed[check]:>7}{precision:>11}{recall:>8}")


def clean(paths: list[Path], show: str | None) -> None:
    """False alarms on translations taken to be good, and the time a unit takes."""
    pairs = [json.loads(line) for path in paths for line in path.read_text().splitlines() if line.strip()]
    for locale in LOCALES:
        errors = warnings = 0
        by_check: Counter[str] = Counter()
        examples: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        times = []
        for pair in pairs:
            start = time.thread_time()
            found = check_unit(pair["en"], pair[locale], locale)
            times.append(time.thread_time() - start)
            errors += any(finding.severity == "error" for finding in found)
            warnings += any(finding.severity == "warning" for finding in found)
            for finding in {finding.check: finding for finding in found}.values():
                by_check[finding.check] += 1
                examples[finding.check].append((str(finding), pair["en"], pair[locale]))
        times.sort()
        print(f"\nclean pairs en-{locale}: {len(pairs)}")
        print(f"  with an error   {errors / len(pairs):.2%}\n  with a warning  {warnings / len(pairs):.2%}")
        print(
            f"  time a unit     median {times[len(times) // 2] * 1000:.2f} ms, "
            f"99th percentile {times[len(times) * 99 // 100] * 1000:.2f} ms"
        )
        for check, count in by_check.most_common():
            print(f"  {check:<18}{count:>6}  {count / len(pairs):.2%}")
        for message, source, target in examples.get(show or "", []):
            print(f"  * {message}\n    {source}\n    {target}")


def damaged(paths: list[Path]) -> None:
    """Recall: good translations are damaged in known ways, and the check has to notice."""
    pairs = [json.loads(line) for path in paths for line in path.read_text().splitlines() if line.strip()]
    print(f"\n{'damage':<20}{'locale':>7}{'texts':>7}{'found':>8}")
    for name, (ways, checks) in DAMAGES.items():
        for locale, damage in ways.items():
            tried = noticed = 0
            for pair in pairs:
                worse = damage(pair["en"], pair[locale])
                if worse == pair[locale]:
                    continue
                tried += 1
                noticed += any(finding.check in checks for finding in check_unit(pair["en"], worse, locale))
            print(f"{name:<20}{locale:>7}{tried:>7}{noticed / max(tried, 1):>8.0%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", nargs="*", type=Path, default=[])
    parser.add_argument("--show", metavar="CHECK")
    parser.add_argument("--damage", action="store_true")
    arguments = parser.parse_args()
    if LABELLED.exists():
        labelled()
    if arguments.pairs:
        clean(arguments.pairs, arguments.show)
    if arguments.damage:
        damaged(arguments.pairs)


if __name__ == "__main__":
    main()
