"""Inline codes: text form, nodes, marks, and what people type into them."""

import json
from collections import Counter
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.articles import codes
from workflow.articles.codes import Code, Mark, Pair, Standalone, UnbalancedCodes

literal = st.text(
    alphabet=st.one_of(st.sampled_from('<>/\\0123 a&"é،١'), st.characters(exclude_categories=["Cs"])),
    max_size=12,
)
nodes = st.recursive(
    st.lists(st.one_of(literal.filter(bool), st.builds(Standalone, st.integers(0, 30))), max_size=4),
    lambda inner: st.lists(
        st.one_of(
            literal.filter(bool),
            st.builds(Standalone, st.integers(0, 30)),
            st.builds(lambda n, c: Pair(n, joined(c)), st.integers(0, 30), inner),
        ),
        max_size=4,
    ),
    max_leaves=12,
)
typed = st.text(alphabet=st.sampled_from("<>/\\12 ab"), max_size=30)


def joined(children):
    """Adjacent strings as one, as parsing gives them."""
    out = []
    for child in children:
        if isinstance(child, str) and out and isinstance(out[-1], str):
            out[-1] += child
        else:
            out.append(child)
    return tuple(out)


@given(nodes)
def test_nodes_survive_their_text_form(tree):
    assert tuple(codes.parse(codes.serialise(tree))) == joined(tree)


@given(literal)
def test_any_text_survives_escaping(text):
    assert codes.plain(codes.escape(text)) == text
    assert codes.ids(codes.escape(text)) == Counter()


@given(typed)
def test_tokens_join_to_a_text_with_the_same_tokens(text):
    kinds = [(token.form, token.text, token.id) for token in codes.tokens(text)]
    again = codes.tokens(codes.join(codes.tokens(text)))
    assert [(token.form, token.text, token.id) for token in again] == kinds


@given(typed)
def test_whatever_is_typed_can_be_read_and_mended(text):
    mended = codes.mended(text)
    assert codes.balanced(mended)
    assert codes.plain(mended) == codes.plain(text)
    if codes.balanced(text):
        assert codes.parse(mended) == codes.parse(text)


@given(nodes)
def test_marks_put_back_give_the_same_codes_in_the_same_places(tree):
    text = codes.serialise(tree)
    plain, marks = codes.marks(text)
    again = codes.from_marks(plain, marks)
    assert codes.plain(again) == plain == codes.plain(text)
    assert codes.ids(again) == codes.ids(text)
    key = lambda mark: (mark.id, mark.start, mark.end, mark.standalone)  # noqa: E731
    assert sorted(codes.marks(again)[1], key=key) == sorted(marks, key=key)
    assert codes.from_marks(*codes.marks(again)) == again


@pytest.mark.parametrize(
    "text",
    [
        "<1>Rabat</1> and <2>Fez</2>",
        "<1><2>both</2></1>",
        "one<1/>two",
        "<1>a<2>b</2>c</1>",
        r"\<1> R&D < 3 \a",
        "",
    ],
)
def test_marks_are_exact_where_no_edge_is_shared(text):
    assert codes.from_marks(*codes.marks(text)) == text


def test_it_leaves_ampersands_quotes_and_angles_alone():
    assert codes.escape('R&D, a < b > c, "x" \\ <br> <١>') == 'R&D, a < b > c, "x" \\ <br> <١>'


def test_text_that_looks_like_a_code_is_escaped_by_one_backslash():
    assert codes.escape("<1> </2> <3/>") == r"\<1> \</2> \<3/>"
    assert codes.plain(r"\<1>") == "<1>"


def test_a_backslash_before_a_real_code_stays_a_backslash():
    text = codes.serialise(["C:\\", Pair(1, ("x\\",))])
    assert text == r"C:\\<1>x\\</1>"
    assert codes.plain(text) == "C:\\x\\"


def test_it_gives_offsets_in_plain_text():
    assert codes.marks("The <1>city</1> of<2/> Fez") == (
        "The city of Fez",
        (Mark(1, 4, 8), Mark(2, 11, 11, standalone=True)),
    )


@pytest.mark.parametrize("text", ["<1>", "</1>", "<1><2></1></2>", "<1>a</1></1>"])
def test_it_says_when_codes_do_not_nest(text):
    assert not codes.balanced(text)
    with pytest.raises(UnbalancedCodes):
        codes.parse(text)


def test_crossing_marks_are_refused():
    with pytest.raises(UnbalancedCodes, match="cross"):
        codes.from_marks("abc", [Mark(1, 0, 2), Mark(2, 1, 3)])
    with pytest.raises(UnbalancedCodes, match="outside"):
        codes.from_marks("abc", [Mark(1, 0, 4)])


def test_it_counts_each_pair_once():
    assert codes.ids("<1>a</1><2/><2/>") == Counter({2: 2, 1: 1})


def test_what_a_code_stands_for_survives_json():
    code = Code(3, "a", (("href", "https://example.org/?a=1&b=2"), ("title", "“x”")))
    assert Code.from_dict(json.loads(json.dumps(asdict(code)))) == code


@given(typed)
def test_every_character_of_the_plain_text_has_its_place_in_the_text_form(text):
    plain = codes.plain(text)
    places = [codes.range_in_text_form(text, at, at + 1) for at in range(len(plain))]
    assert [text[end - 1] for _start, end in places] == list(plain)
    assert all(set(text[start : end - 1]) <= {"\\"} for start, end in places)
    edges = [edge for place in places for edge in place]
    assert edges == sorted(edges)


def test_a_range_leaves_the_codes_on_its_edges_out():
    text = "Il a <1>dit</1>: oui"
    assert codes.plain(text) == "Il a dit: oui"
    assert codes.range_in_text_form(text, 5, 8) == (8, 11)
    assert codes.range_in_text_form(text, 8, 9) == (15, 16)
    assert codes.range_in_text_form(text, 8, 8) == (11, 11)
