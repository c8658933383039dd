"""Folds text for searching, so that case, accents and Arabic spelling habits do not hide an article. Pure."""

import re
import unicodedata

LONGEST_QUERY = 120
MOST_WORDS = 8

# One form for letters that Arabic writers exchange freely: hamza seats, final ya, ta marbuta.
_ARABIC = str.maketrans("أإآٱىئؤة", "ااااييوه", "ـ")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'"})


def fold(text: str) -> str:
    """Text without case, accents, Arabic vowel signs or tatweel, with western digits and single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC).translate(_LIGATURES)
    letters = []
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            continue
        letters.append(
            str(unicodedata.digit(character))
            if character.isdigit() and not character.isascii()
            else character
        )
    return " ".join("".join(letters).split())


def folded_words(query: str) -> list[str]:
    """The words to look for; the Arabic article is taken off, since it also hides behind و and ب."""
    words = re.findall(r"\w+", fold(query[:LONGEST_QUERY]))[:MOST_WORDS]
    return [word[2:] if word.startswith("ال") and len(word) > 4 else word for word in words]


def search_text(title: str, plain: str) -> str:
    """What is stored with an edition for searching: the title on its own line, then the text."""
    return f"{fold(title)}\n{fold(plain)}"
