"""A tiny translation to exchange, and strategies for arbitrary ones."""

from hypothesis import strategies as st

from workflow.articles import codes
from workflow.articles.codes import Code
from workflow.review.exchange.units import ExchangeFile, ExchangeUnit, digest


def unit(key="p1", source="The <1>pier</1> is open.", target="La <1>jetée</1> est ouverte.", **known):
    known.setdefault("state", "edited" if target else "empty")
    known.setdefault("target_hash", digest(target))
    return ExchangeUnit(key, source, target, **known)


def translation(*units, **known):
    identity = {"locale": "fr", "article_id": 7, "title": "Pier “opens”", "revision": 2}
    identity |= {"translation_id": 11, "version": 5}
    return ExchangeFile(**{**identity, **known}, units=units)


SAMPLE = translation(
    unit("title", "Pier opens", "La jetée ouvre", state="confirmed", order=0, version=3),
    unit(
        order=1, version=4, state="draft", notes=("paragraph 1 of 2",), findings=("“3” is missing.",),
        codes=(Code(1, "a", (("href", "https://example.org/?a=1&b=2"),)),),
    ),
    unit("p2", "It is <2/>free.", "", order=2),
    unit("p3", "A\nB \\ \"C\" & <D>", "E\tF", order=3, previous_source="A B", state="edited"),
)  # fmt: skip

line = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab <>/&\"'\\12 é،%"), st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
    ),
    max_size=15,
)
text = st.lists(st.one_of(line, st.sampled_from(["<1>", "</1>", "<2/>", "\n", "\t"])), max_size=6).map(
    "".join
)
nested = text.map(codes.mended)
label = line.map(lambda value: " ".join(value.split()))


@st.composite
def files(draw, texts=nested):
    units = []
    for order, key in enumerate(
        draw(st.lists(st.from_regex(r"[a-z]{1,4}[0-9]{1,3}", fullmatch=True), unique=True))
    ):
        target = draw(texts)
        state = draw(st.sampled_from(["draft", "edited", "confirmed"])) if target else "empty"
        units.append(
            ExchangeUnit(
                key=key,
                source=draw(texts.filter(bool)),
                target=target,
                state=state,
                previous_source=draw(st.none() | line.filter(bool)),
                notes=tuple(draw(st.lists(label.filter(bool), max_size=2))),
                findings=tuple(draw(st.lists(label.filter(bool), max_size=2))),
                order=order,
                version=draw(st.integers(0, 10**6)),
                target_hash=draw(st.sampled_from(["", digest(target)])),
            )
        )
    return ExchangeFile(
        locale=draw(st.sampled_from(["fr", "ar", "fr-CA"])),
        article_id=draw(st.integers(0, 10**9)),
        title=draw(label),
        revision=draw(st.integers(1, 99)),
        translation_id=draw(st.integers(0, 10**9)),
        version=draw(st.integers(0, 10**9)),
        units=tuple(units),
        final=draw(st.booleans()),
    )
