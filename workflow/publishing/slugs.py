"""Addresses that people can read: letters of every script stay, everything else becomes a hyphen."""

import re
import unicodedata

LONGEST = 90
# What the site itself has at the place of an article's address.
RESERVED = frozenset({"archive", "search", "feedback", "about-translation", "feed"})
# Arabic diacritics and the tatweel are ornaments: two spellings of a title give one address.
ORNAMENTS = re.compile(r"[\u0640\u064b-\u0652\u0670]")


def slugify(title: str) -> str:
    """The slug of a title: lower case, words joined by hyphens, cut at a word, at most 90 characters."""
    text = ORNAMENTS.sub("", unicodedata.normalize("NFKC", title)).lower()
    words = re.findall(r"[^\W_]+", text)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug
