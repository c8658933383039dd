"""Searching the live editions of a locale."""

import re

from django.db.models import Case, IntegerField, Q, Value, When

from .folding import folded_words
from .models import Edition, EditionQuerySet


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
