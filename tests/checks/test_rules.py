"""The quality checks as a whole: the labelled corpus, errors first, robust against anything typed."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.digits import Digits
from workflow.articles import codes
from workflow.checks.findings import Finding
from workflow.checks.rules import check_unit

LINES = [json.loads(line) for line in (Path(__file__).parent / "labelled.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['locale']}-{line['target'][:30]}")
def test_it_finds_what_people_marked_and_nothing_else(line):
    found = check_unit(line["source"], line["target"], line["locale"])
    assert {finding.check for finding in found} == set(line["findings"])


def test_an_empty_target_has_no_findings():
    assert check_unit("Text", " ", "fr") == []


def test_errors_come_first():
    found = check_unit("Did <1>it</1> cost 45 dirhams on Monday?", "Cela a coûté 46 dirhams mardi.", "fr")
    severities = [finding.severity for finding in found]
    assert severities == sorted(severities) and set(severities) == {"error", "warning"}


def test_a_draft_nobody_touched_is_pointed_out_until_it_is_edited():
    draft = "La digue tient."
    assert [f.check for f in check_unit("The wall holds.", draft, "fr", draft=draft)] == ["untouched"]
    assert check_unit("The wall holds.", "La digue tient bon.", "fr", draft=draft) == []


def test_a_finding_says_where_and_what():
    (finding,) = check_unit("The wall cost 45 dirhams.", "La digue a coûté 46 dirhams.", "fr")
    assert str(finding) == "The number “45” has become “46”."
    assert finding.severity == "error"
    assert (finding.source_span, finding.target_span) == ((14, 16), (17, 19))


def test_offsets_count_plain_text_not_codes():
    (finding,) = check_unit("<1>The</1> wall cost 45 dirhams.", "<1>La</1> digue a coûté 46 dirhams.", "fr")
    assert finding.source_span == (14, 16)


def test_a_lost_code_is_offered_for_insertion():
    (finding,) = check_unit("The <1>wall</1> holds.", "La digue tient.", "fr")
    assert (finding.check, finding.suggestion) == ("code_missing", "<1></1>")


def test_a_missing_space_is_offered_as_the_right_one():
    findings = check_unit("Did it hold? Yes: it did.", "A-t-elle tenu ? Oui: elle a tenu.", "fr")
    assert [(f.suggestion, f.target_span) for f in findings] == [("\u202f?", (13, 15)), ("\u00a0:", (19, 20))]


def test_digits_other_than_the_newsrooms_are_offered_in_its_own():
    source, target = (
        "The town has <1>12</1> schools and 3,400 pupils.",
        "في المدينة <1>١٢</1> مدرسة و3,400 تلميذ.",
    )
    (mixed,) = check_unit(source, target, "ar")
    assert mixed.check == "mixed_digits"
    (finding,) = check_unit(source, target, "ar", wanted_digits=Digits.WESTERN)
    assert (finding.check, finding.suggestion, finding.target_span) == ("digits", "12", (11, 13))
    assert str(finding) == "“١٢” is written “12” here."
    (finding,) = check_unit(source, target, "ar", wanted_digits=Digits.ARABIC_INDIC)
    assert (finding.suggestion, finding.severity) == ("٣٬٤٠٠", "warning")


@pytest.mark.parametrize("finding", check_unit("Is 45 <1>x</1>?", "46, non", "ar"))
def test_findings_survive_json(finding):
    assert Finding.from_dict(json.loads(json.dumps(finding.as_dict()))) == finding


# fmt: off
pieces = [
    "<1>", "</1>", "<2/>", "12", "1,200", "٣", " ", "x", "not", "ne", "لا", "«", "»", '"', ".", "?", "%",
    "three", "trois", "ثلاثة", "cent", "et", "\u00a0", "IV", "Mr. Ba", "https://a.org", "\\", "(", "Monday",
    "é", ":", "ـ",
]
# fmt: on
typed = st.lists(st.sampled_from(pieces), max_size=20).map("".join)
anything = st.one_of(typed, st.text(max_size=40))


@settings(max_examples=200, deadline=None)
@given(
    anything,
    anything,
    st.sampled_from(["fr", "ar", "fr-CA", "de"]),
    st.none() | anything,
    st.none() | st.sampled_from(Digits),
)
def test_no_text_breaks_the_checks_and_spans_lie_in_the_text(source, target, locale, draft, digits):
    for finding in check_unit(source, target, locale, draft, wanted_digits=digits):
        assert str(finding)
        assert json.loads(json.dumps(finding.as_dict()))["check"] == finding.check
        for span, text in ((finding.source_span, source), (finding.target_span, target)):
            if span:
                assert 0 <= span[0] <= span[1] <= len(codes.plain(text))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=4), st.sampled_from([",", " ", "\u202f", ""]))
def test_a_number_is_the_same_number_whatever_parts_its_thousands(numbers, separator):
    source = "; ".join(f"{number:,} boats" for number in numbers)
    target = "; ".join(f"{number:,} bateaux".replace(",", separator) for number in numbers)
    found = Counter(finding.check for finding in check_unit(source, target, "fr"))
    assert not {check for check in found if check.startswith("number")}
