"""Variants of newsroom pairs with other numbers and names, so that both are copied rather than remembered.

A number is exchanged when its digits stand on both sides; numbers below 13 are left alone, since the words
around them change with them (Arabic counted nouns, "the 1st"). A name of several capitalised words is
exchanged when it stands letter for letter on both sides, that is, in languages of Latin script only.
"""

from __future__ import annotations

import random
import re

NUMBER = re.compile(r"(?<![\d.,])\d{2,}(?![.,]?\d)")
NAME = re.compile(
    r"(?<!\w)(?:Mr\.|Ms\.|Mrs\.|Dr\.|Prof\.|Professor|Ambassador|Sheikh|Engineer) "
    r"((?:[^\W\d_a-z][\w’'-]+)(?: (?:[^\W\d_a-z][\w’'-]+|al-[\w’'-]+|bin|ben|de|van))+)"
)


def names(pairs: list[tuple[str, str]]) -> list[str]:
    """Names introduced by a title in the source that the target repeats letter for letter."""
    found = {name for source, target in pairs for name in NAME.findall(source) if name in target}
    return sorted(found)


def other_number(digits: str, rng: random.Random) -> str:
    """A number of the same kind: a year for a year, a day of the month for one, else as many digits
    with the last two kept."""
    value = int(digits)
    if digits[0] == "0" or value < 13:
        return digits
    if 1900 <= value < 2100:
        return str(rng.randint(1955, 2040))
    if value <= 31:
        return str(rng.randint(13, 31))
    if value < 100:
        return str(rng.randint(32, 99))
    high = rng.randint(10 ** (len(digits) - 3), 10 ** (len(digits) - 2) - 1)
    return f"{high}{digits[-2:]}"  # the last two digits govern the Arabic noun


def variant(source: str, target: str, pool: list[str], rng: random.Random) -> tuple[str, str]:
    """One variant of a pair; the pair itself where nothing can be exchanged."""
    swaps: dict[str, str] = {}
    for digits in set(NUMBER.findall(source)) & set(NUMBER.findall(target)):
        if NUMBER.findall(source).count(digits) == NUMBER.findall(target).count(digits):
            swaps[digits] = other_number(digits, rng)
    if swaps:
        source = NUMBER.sub(lambda m: swaps.get(m[0], m[0]), source)
        target = NUMBER.sub(lambda m: swaps.get(m[0], m[0]), target)
    if pool:
        for name in set(NAME.findall(source)):
            if name in target:
                new = mixed_name(pool, rng)
                source, target = source.replace(name, new), target.replace(name, new)
    return source, target


def mixed_name(pool: list[str], rng: random.Random) -> str:
    """The first name of one person with the family name of another."""
    first, last = rng.choice(pool).split(" ", 1)[0], rng.choice(pool).split(" ", 1)[1]
    return f"{first} {last}"


def variants(pairs: list[tuple[str, str]], times: int, seed: int = 1) -> list[tuple[str, str]]:
    """Up to ``times`` distinct variants of each pair, without the pairs themselves."""
    rng = random.Random(seed)
    pool = names(pairs)
    made: dict[tuple[str, str], None] = {}
    for _ in range(times):
        for source, target in pairs:
            new = variant(source, target, pool, rng)
            if new != (source, target):
                made[new] = None
    return list(made)
