"""Searching the live editions: text folded so that spelling habits do not hide an article."""

import re
import unicodedata

from django.db.models import Case, IntegerField, Q, Value, When

from .models import Edition, EditionQuerySet

LONGEST_QUERY = 120
MOST_WORDS = 8

# One form for letters that Arabic writers exchange freely: hamza seats, final ya, ta marbuta.
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'"})
_TAGS = re.compile(r"<[^>]*>")


def fold(text: str) -> str:
    """Text without case, accents, Arabic vowel signs or tatweel, with western digits and single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC).translate(_LIGATURES)
    letters = []
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            continue
        letters.append(
            str(unicodedata.digit(character)) if character.isdigit() and not character.isascii() else character
        )
    return " ".join("".join(letters).split())


def folded_words(query: str) -> list[str]:
    """The words to look for; the Arabic article is taken off, since it also hides behind و and ب."""
    words = re.findall(r"\w+", fold(query[:LONGEST_QUERY]))[:MOST_WORDS]
    return [word[2:] if word.startswith("ال") and len(word) > 4 else word for word in words]


def search_text(title: str, plain: str) -> str:
    """What is stored with an edition for searching: the title on its own line, then the text."""
    return f"{fold(title)}\n{fold(plain)}"


def find(locale: str, query: str) -> EditionQuerySet:
    """The live editions in one locale that hold every word of the query; those with it in the title first."""
    words = folded_words(query)
    editions = Edition.objects.live().filter(locale=locale)
    if not words:
        return editions.none()
    everywhere, in_title = Q(), Q()
    for word in words:
        everywhere &= Q(search_text__contains=word)
        in_title &= Q(search_text__regex=rf"\A[^\n]*{re.escape(word)}")
    rank = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    return editions.filter(everywhere).annotate(rank=rank).order_by("rank", "-published_at", "-id").light()
