"""Read the parallel material: yields ``(tag, source sentence, target sentence)``.

Expected layout of the corpus folder::

    news/*.jsonl           {"en", "fr", "ar"} a line, newsroom sentences
    heldout/*.jsonl        the same, never trained on
    grammar/generate.py    prints {"en", "fr", "ar"} lines: --n COUNT --seed SEED
    generic/generic.en-xx.tsv.xz    tag <TAB> source <TAB> target
"""

from __future__ import annotations

import json
import lzma
import re
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

Pair = tuple[str, str, str]


ARABIC_MARKS = re.compile("[\u0640\u064b-\u0652]")


def tidy(target: str, language: str) -> str:
    """Bring open text to the newsroom's spelling: straight French apostrophes, Arabic without vowel marks."""
    if language == "fr":
        return target.replace("’", "'")
    return ARABIC_MARKS.sub("", target) if language == "ar" else target


def read_jsonl(folder: Path, target: str, tag: str, source: str = "en") -> Iterator[Pair]:
    """Yield the pairs of every ``*.jsonl`` file of a folder, in file and line order."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    row = json.loads(line)
                    if row.get(source) and row.get(target):
                        yield tag, row[source], row[target]


def read_grammar(corpus: Path, target: str, count: int, seed: int = 1, source: str = "en") -> Iterator[Pair]:
    """Yield generated sentences of the synchronous grammar."""
    script = corpus / "grammar" / "generate.py"
    command = [sys.executable, str(script), "--n", str(count), "--seed", str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        for line in process.stdout:
            row = json.loads(line)
            yield "grammar", row[source], row[target]


def read_generic(corpus: Path, target: str, drop: Iterable[str], source: str = "en") -> Iterator[Pair]:
    """Yield the open parallel text, without the sources named in ``drop``."""
    left_out = set(drop)
    with lzma.open(corpus / "generic" / f"generic.{source}-{target}.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 3 and cells[0] not in left_out:
                yield cells[0], cells[1], cells[2]


def is_dev(sentence: str, one_in: int = 50) -> bool:
    """Whether a newsroom sentence belongs to the small slice kept for loss curves (by hash of its text)."""
    return zlib.crc32(sentence.encode()) % one_in == 0
