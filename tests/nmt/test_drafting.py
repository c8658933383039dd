"""The whole pipeline with the models we ship: what every draft must keep, whatever the model knows."""

import subprocess
import sys
from pathlib import Path

import pytest

from workers.nmt import align, guards, numbers
from workers.nmt.drafting import Mark, SegmentDraft, Tagged, draft
from workers.nmt.registry import Registry

from .scripted import Scripted

ROOT = Path(__file__).parents[2]
TEXTS = [
    "Museum of Crafts Opens in Zinder with 340 Works",
    "The Museum of Crafts in Zinder opened on Tuesday, 3 June 2025, with 340 works by 28 weavers. "
    "Ms. Amina Diallo, its director, received the guests at 5 p.m. and thanked the town.",
    "Questions may be sent to press@example.org; the programme is on https://example.org/zinder/2025.",
    "Follow @zindermuseum for news.",
    "Entry is free until 15 September.",
    "2025",
    "",
    "Entry is free until 15 September.",
]


@pytest.fixture(scope="module", params=["fr", "ar"])
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def drafts(locale: str) -> list[SegmentDraft]:
    engine = Registry(threads=1).load(ROOT / "models" / f"en-{locale}")
    return draft([_tagged(text) for text in TEXTS], engine, source="en", target=locale)


def _tagged(text: str) -> Tagged:
    if "director" not in text:
        return Tagged(text)
    start, name = text.index("Museum of Crafts"), text.index("Crafts")
    marks = (
        Mark(1, start, start + 16),
        Mark(2, name, name + 6),
        Mark(3, len(text) // 2, len(text) // 2, True),
    )
    return Tagged(text, marks)


def test_no_segment_is_lost_and_the_order_is_kept(drafts: list[SegmentDraft]) -> None:
    assert len(drafts) == len(TEXTS)
    assert [result.reason for result in drafts] == [None] * len(TEXTS)
    assert drafts[4] == drafts[7]
    assert drafts[5].tagged == Tagged("2025") and drafts[6].tagged == Tagged("")


def test_every_number_and_address_is_in_the_draft(drafts: list[SegmentDraft], locale: str) -> None:
    for text, result in zip(TEXTS, drafts, strict=True):
        assert result.tagged is not None
        assert numbers.lost(text, result.tagged.plain, "en", locale) == []
        assert guards.lost_items(text, result.tagged.plain) == []
        assert guards.loop(text, result.tagged.plain) is None


def test_every_code_is_there_once_and_nested(drafts: list[SegmentDraft]) -> None:
    for text, result in zip(TEXTS, drafts, strict=True):
        assert result.tagged is not None
        assert sorted(m.id for m in result.tagged.marks) == sorted(m.id for m in _tagged(text).marks)
        assert align.nested(result.tagged.marks)


def test_sentences_have_places_and_scores(drafts: list[SegmentDraft]) -> None:
    first, second = drafts[1].sentences
    assert TEXTS[1][slice(*second.source_span)].startswith("Ms. Amina")
    assert first.target_span[1] <= second.target_span[0]
    assert all(0 < sentence.score <= 1 for sentence in (first, second))


def test_a_segment_with_a_sentence_nobody_can_translate_stays_empty_with_the_reason() -> None:
    engine = Scripted(lambda s, start, again: ["Bonjour."] if s == "Hello." else ["non " * 20])
    (result,) = draft([Tagged("Hello. The museum opened its doors.")], engine, source="en", target="fr")
    assert (result.tagged, result.reason) == (None, guards.LOOP)
    assert "The museum opened its doors." in str(result.notes)


def test_the_default_path_needs_neither_torch_nor_a_network() -> None:
    code = (
        "import sys, socket\n"
        "socket.socket.connect = None\n"
        "sys.modules['torch'] = None\n"
        "from pathlib import Path\n"
        "import workers.nmt.drafting as d, workers.nmt.registry as r\n"
        "assert not {'transformers', 'ctranslate2', 'sentencex'} & set(sys.modules), 'imported too early'\n"
        "engine = r.Registry(threads=1).load(Path('models/en-fr'))\n"
        "print(d.draft([d.Tagged('The museum opened.')], engine, source='en', target='fr')[0].tagged.plain)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
