"""Places inline codes in a draft: each goes round the words that translate what it stood round.

The model's attention says which source pieces each target word came from. A code's place is the run of
target words that owe most to the source words inside it (the best-scoring subarray, after Kadane), within
the place of the code around it and outside its neighbours'. Text the draft copied word for word is found
without attention. What neither tells is placed by proportion and reported, never dropped.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from .engine import Link
from .tagged import Mark, Tagged

# An article elided before its noun is a word of its own ("l’", "d'"), as is each mark of punctuation.
_WORD = re.compile(r"aujourd['’]hui|\w+['’](?=\w)|\w+(?:[-.@/:]\w+)*|[^\w\s]")
# A target word belongs to a code when more than this share of its attention lies within the code.
BELONGS = 0.45


def place(source: Tagged, target: str, links: Sequence[Link]) -> tuple[tuple[Mark, ...], tuple[int, ...]]:
    """Marks for `target` that carry the codes of `source`, and the ids of those that were guessed.

    Every code comes exactly once, in the source's order of opening, properly nested.
    """
    words = [match.span() for match in _WORD.finditer(target)]
    placer = _Placer(source.plain, target, words, links)
    marks = placer.place(_forest(source.marks), 0, len(words))
    return tuple(marks), tuple(placer.guessed)


class _Node:
    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.children: list[_Node] = []


def _forest(marks: Sequence[Mark]) -> list[_Node]:
    """The marks as trees; an outer mark comes before those within it."""
    roots: list[_Node] = []
    stack: list[_Node] = []
    order = sorted(range(len(marks)), key=lambda i: (marks[i].start, -marks[i].end, i))
    for index in order:
        node = _Node(marks[index])
        while stack and not _within(node.mark, stack[-1].mark):
            stack.pop()
        (stack[-1].children if stack else roots).append(node)
        if not node.mark.standalone:
            stack.append(node)
    return roots


def _within(inner: Mark, outer: Mark) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.start < outer.end


class _Placer:
    def __init__(self, source: str, target: str, words: list[tuple[int, int]], links: Sequence[Link]) -> None:
        self.source, self.target, self.words = source, target, words
        self.guessed: list[int] = []
        # A piece may spell parts of two words ("d'hui"): it counts for both.
        self.by_word = [
            [link for link in links if link.target_start < end and start < link.target_end]
            for start, end in words
        ]

    def place(self, nodes: Sequence[_Node], first: int, last: int) -> list[Mark]:
        """Places sibling codes, and those within them, among the words first … last (excluded)."""
        taken: list[tuple[int, int]] = []
        marks: dict[int, list[Mark]] = {}
        # The widest first: they have most evidence, and leave the others their place.
        for node in sorted(nodes, key=lambda node: node.mark.start - node.mark.end):
            mark = node.mark
            if mark.start == mark.end:
                word = self._boundary(mark, taken, first, last)
                at = self._offset(word, first, last)
                marks[id(node)] = [Mark(mark.id, at, at, mark.standalone)]
                marks[id(node)] += [Mark(c.mark.id, at, at, c.mark.standalone) for c in _all(node.children)]
                continue
            start, end = self._run(mark, taken, first, last)
            taken.append((start, end))
            inside = self.place(node.children, start, end)
            if start < end:
                span = self.words[start][0], self.words[end - 1][1]
            else:
                at = self._offset(start, first, last)
                span = at, at
            marks[id(node)] = [Mark(mark.id, *span), *inside]
        ordered = sorted(nodes, key=lambda node: (marks[id(node)][0].start, marks[id(node)][0].end))
        return [mark for node in ordered for mark in marks[id(node)]]

    def _offset(self, word: int, first: int, last: int) -> int:
        """The character before which something between words stands."""
        if first == last or word >= last:
            return self.words[word - 1][1] if word else 0
        return self.words[word][0]

    def _free(self, taken: Sequence[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
        edges = [first, *(edge for run in sorted(taken) for edge in run), last]
        return [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]

    def _run(self, mark: Mark, taken: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
        """The words a pair of codes goes round, as a half-open range of word numbers."""
        free = self._free(taken, first, last)
        if mark.start == 0 and mark.end >= len(self.source.rstrip()) and not taken:
            return first, last
        if copied := self._copied(mark, free):
            return copied
        best, span = 0.0, None
        for start, end in free:
            total, begin = 0.0, start
            for index in range(start, end):
                if total <= 0:
                    total, begin = 0.0, index
                total += self._gain(index, mark)
                if total > best + 1e-9:
                    best, span = total, (begin, index + 1)
        if span is None:
            self.guessed.append(mark.id)
            return self._proportional(mark, free)
        return self._trimmed(mark, *span)

    def _gain(self, index: int, mark: Mark) -> float:
        """How much a word belongs to a code: positive inside, negative outside, 0 unknown."""
        links = self.by_word[index]
        total = sum(link.weight for link in links)
        if not total:
            return 0.0
        inside = sum(
            link.weight for link in links if mark.start <= link.source_start and link.source_end <= mark.end
        )
        return inside / total - BELONGS

    def _copied(self, mark: Mark, free: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
        text = self.source[mark.start : mark.end].strip()
        if len(text) < 2 or self.target.count(text) != 1 or self.source.count(text) != 1:
            return None
        at = self.target.index(text)
        inside = [i for i, (s, e) in enumerate(self.words) if at <= s and e <= at + len(text)]
        if not inside or self.words[inside[0]][0] != at or self.words[inside[-1]][1] != at + len(text):
            return None
        run = inside[0], inside[-1] + 1
        return run if any(start <= run[0] and run[1] <= end for start, end in free) else None

    def _proportional(self, mark: Mark, free: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """A guess: at the same share of the text, in the free run nearest to it."""
        length, count = max(len(self.source), 1), len(self.words)
        middle = (mark.start + mark.end) / 2 / length * count
        start, end = min(
            free, key=lambda run: max(run[0] - middle, middle - run[1], 0.0 if run[0] < run[1] else 1e9)
        )
        if start == end:
            return start, start
        wanted = max(1, round((mark.end - mark.start) / length * count))
        begin = min(max(round(mark.start / length * count), start), end - 1)
        return begin, min(begin + wanted, end)

    def _trimmed(self, mark: Mark, start: int, end: int) -> tuple[int, int]:
        """Without punctuation at the ends, unless the source has it there."""
        inside = self.source[mark.start : mark.end].strip()
        while end - start > 1 and inside[-1:].isalnum() and not self._spoken(end - 1):
            end -= 1
        while end - start > 1 and inside[:1].isalnum() and not self._spoken(start):
            start += 1
        return start, end

    def _spoken(self, index: int) -> bool:
        return any(character.isalnum() for character in self.target[slice(*self.words[index])])

    def _boundary(self, mark: Mark, taken: Sequence[tuple[int, int]], first: int, last: int) -> int:
        """The word before which a code with nothing inside stands: fewest words on the wrong side."""
        allowed = [at for at in range(first, last + 1) if not any(start < at < end for start, end in taken)]
        if mark.start == 0:
            return first
        if mark.start >= len(self.source.rstrip()):
            return last
        if not any(self.by_word[first:last]):
            self.guessed.append(mark.id)
            wanted = first + (last - first) * mark.start / max(len(self.source), 1)
            return min(allowed, key=lambda at: abs(at - wanted))
        before = [0.0]
        for index in range(first, last):
            links = self.by_word[index]
            total = sum(link.weight for link in links) or 1.0
            late = sum(link.weight for link in links if link.source_start >= mark.start) / total
            before.append(before[-1] + (2 * late - 1 if links else 0.0))
        return min(allowed, key=lambda at: before[at - first])


def _all(nodes: Sequence[_Node]) -> list[_Node]:
    return [found for node in nodes for found in (node, *_all(node.children))]


def nested(marks: Sequence[Mark]) -> bool:
    """Whether no two codes cross."""
    order = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    return all(b.start >= a.end or b.end <= a.end for a, b in pairwise(order))
