"""Merging what comes back: newer work on the desk is never overwritten."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.review.exchange.samples import translation, unit
from workflow.review.exchange.merge import merge
from workflow.review.exchange.units import Refused

EXPORTED = unit(state="draft")
EDIT = "La <1>digue</1> est ouverte."
OTHER = "La <1>jetée</1> ouvre."


def verdict(theirs, ours, base=None):
    return merge(translation(theirs), translation(ours), base).verdicts[0].verdict


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        (EXPORTED, EXPORTED, "unchanged"),
        (replace(EXPORTED, target=EDIT), EXPORTED, "applied"),
        (replace(EXPORTED, state="confirmed"), EXPORTED, "applied"),
        (replace(EXPORTED, target=EDIT), replace(EXPORTED, target=OTHER), "conflict"),
        (replace(EXPORTED, target=EDIT), replace(EXPORTED, target=EDIT), "unchanged"),
        (EXPORTED, replace(EXPORTED, target=OTHER), "unchanged"),
        (replace(EXPORTED, target="", state="empty"), EXPORTED, "unchanged"),
        (
            replace(EXPORTED, target=EDIT),
            replace(EXPORTED, source="The <1>pier</1> is closed."),
            "stale source",
        ),
        (replace(EXPORTED, target=EDIT, source="The <1>pier</1>"), EXPORTED, "stale source"),
        (replace(EXPORTED, target="La digue est ouverte."), EXPORTED, "invalid codes"),
        (replace(EXPORTED, target="La <1>digue est ouverte."), EXPORTED, "invalid codes"),
        (replace(EXPORTED, key="p9", target=EDIT), EXPORTED, "unknown key"),
        (replace(EXPORTED, target=EDIT, target_hash=""), replace(EXPORTED, state="draft"), "applied"),
        (replace(EXPORTED, target=EDIT, target_hash=""), replace(EXPORTED, state="edited"), "conflict"),
        (replace(EXPORTED, target=EDIT, target_hash=""), unit(target=""), "applied"),
    ],
)
def test_each_unit_gets_its_verdict(theirs, ours, expected):
    assert verdict(theirs, ours) == expected


def test_a_known_base_counts_more_than_the_hash_in_the_file():
    theirs, ours = (
        replace(EXPORTED, target=EDIT, target_hash="0"),
        replace(EXPORTED, target=OTHER, state="edited"),
    )
    assert verdict(theirs, ours, {"p1": OTHER}) == "applied"
    assert verdict(theirs, ours, {"p1": EDIT}) == "unchanged"


def test_the_report_counts_and_names_what_is_absent():
    report = merge(
        translation(replace(EXPORTED, target=EDIT), unit("p9")), translation(EXPORTED, unit("p2"), unit("p3"))
    )
    assert {name: count for name, count in report.counts.items() if count} == {"applied": 1, "unknown key": 1}
    assert report.absent == ("p2", "p3")
    (applied,) = report.applied
    assert (applied.target, applied.current, applied.reason) == (EDIT, EXPORTED.target, "Will be taken over.")


@pytest.mark.parametrize("other", [{"locale": "ar"}, {"article_id": 8}, {"translation_id": 12}])
def test_the_file_of_another_translation_is_refused(other):
    with pytest.raises(Refused, match="another translation"):
        merge(translation(EXPORTED, **other), translation(EXPORTED))


targets = st.sampled_from(["", "a", "b", "<1>a</1>", "<1>b</1>"])


@given(targets, targets, targets, st.sampled_from(["draft", "edited", "confirmed"]))
def test_work_done_on_the_desk_since_is_never_replaced(base, current, came, state):
    exported = unit(source="<1>s</1>", target=base, state="edited" if base else "empty")
    ours = replace(exported, target=current, state="edited" if current else "empty")
    theirs = replace(exported, target=came, state=state if came else "empty")
    if verdict(theirs, ours) == "applied":
        assert current in (base, came, "")
