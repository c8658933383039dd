"""Sentences of newsroom paragraphs: cut where a reader would, every character kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.nmt.sentences import split

PARAGRAPHS = [
    ["Dr. Salim M. AlMalik met H.E. Mrs. Sadia Faizunnesa on 2–3 July.", "He left at 5 p.m.", "It ended."],
    ["The talks ended at 5 p.m. in Rabat."],
    ["The deadline is 5 p.m. GMT on Friday."],
    ["The prize went to Ms. Dina Khoury.", "Amb. Koné and Eng. Omran Al-Hosani applauded."],
    ["Mr. A. Koné met É. Diallo.", "Then they left."],
    ["“We agree,” he said.", "“We will sign.”", "They left."],
    ["He paused… then he went on.", "They waited…", "Then came the answer."],
    ["He waited...", "Then he spoke."],
    ["It grew by 3.5 percent.", "See www.example.org.", "Write to a.b@example.org.", "Thank you!"],
    ["The U.S. delegation met the U.N. team.", "J. R. R. Tolkien was read by Prof. A. B. Khan."],
    ["(It ended late.)", "Nobody left."],
    ["Was it ready?", "“Yes!” they cried.", "Good."],
    ["No. 5 was chosen.", "Art. 12 applies, cf. p. 33."],
    ["Approx. 24 researchers, incl. Mr. Ali, etc., came.", "All spoke."],
    ["1. Decides to establish a committee."],
    ["This is point 1.", "This is point 2."],
    ["He said: “It is done.”", "Then he left."],
    ["Who pays?", "Who decides?", "Ms. Diallo does."],
    ["ICESCO, Mali Discuss Strengthening Cooperation"],
]


@pytest.mark.parametrize("sentences", PARAGRAPHS, ids=lambda sentences: sentences[0][:30])
def test_it_cuts_where_a_reader_would(sentences: list[str]) -> None:
    assert [piece.text for piece in split(" ".join(sentences))] == sentences


@given(st.one_of(st.text(), st.text(alphabet='ab A.!?…"”“()1\n\r\t\u00a0\u2028Msé،؟ \u200f')))
def test_every_character_is_in_a_sentence_or_is_white_space_between(text: str) -> None:
    at = 0
    for piece in split(text):
        assert piece.text == text[piece.start : piece.end] == piece.text.strip() != ""
        assert not text[at : piece.start].strip()
        at = piece.end
    assert not text[at:].strip()
