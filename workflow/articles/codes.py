"""Inline codes: protected pieces of mark-up inside a segment, and their text form `<1>…</1>`, `<2/>`.

The text form is what people and engines see; what a code stands for in HTML is kept beside it (`Code`).
Only literal text that looks like a code is escaped, by one backslash put before it, so `R&D`, `a < b` and
quotation marks stay as they are. Backslashes standing directly before a code, or before text that looks
like one, are doubled; everywhere else a backslash is a backslash.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

# Nine digits at most: longer runs are text, and int() of a very long run of digits is an error in Python.
_CODE = re.compile(r"(\\*)<(/?)([0-9]{1,9})(/?)>")


class UnbalancedCodes(ValueError):
    """The inline codes of a text do not nest: one is opened and not closed, closed twice, or they cross."""


@dataclass(frozen=True)
class Code:
    """What code `id` stands for in HTML. Attribute values are unescaped text, in their order."""

    id: int
    tag: str
    attrs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Code":
        """The inverse of `dataclasses.asdict`, also after a round through JSON."""
        return cls(int(data["id"]), str(data["tag"]), tuple((str(k), str(v)) for k, v in data["attrs"]))


@dataclass(frozen=True)
class Standalone:
    """A code with nothing inside it, such as a line break: `<2/>`."""

    id: int


@dataclass(frozen=True)
class Pair:
    """A code round text and other codes: `<1>…</1>`."""

    id: int
    children: tuple["Node", ...]


Node = str | Standalone | Pair


@dataclass(frozen=True)
class Mark:
    """Where a code stands in the plain text: character offsets; start == end when it is standalone."""

    id: int
    start: int
    end: int
    standalone: bool = False


class _MarkLike(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def standalone(self) -> bool: ...


@dataclass(frozen=True)
class Token:
    """A piece of the text form: literal `text` (unescaped), or a code: `form` open, close or standalone.

    `start` and `end` are offsets in the text form.
    """

    form: str
    start: int = 0
    end: int = 0
    text: str = ""
    id: int = 0


def tokens(text: str) -> list[Token]:
    """Splits the text form into literal text and codes, in order; never fails."""
    found: list[Token] = []
    literal, literal_start, last = "", 0, 0

    def flush(upto: int) -> None:
        nonlocal literal
        if literal:
            found.append(Token("text", literal_start, upto, text=literal))
        literal = ""

    for match in _CODE.finditer(text):
        backslashes, closing, number, alone = match.groups()
        literal += text[last : match.start()] + "\\" * (len(backslashes) // 2)
        look = match.group()[len(backslashes) :]
        if len(backslashes) % 2 or (closing and alone):
            # `</1/>` is never a code, so it is text even without a backslash.
            literal += look
        else:
            flush(match.end(1))
            form = "close" if closing else "standalone" if alone else "open"
            found.append(Token(form, match.end(1), match.end(), id=int(number)))
            literal_start = match.end()
        last = match.end()
    literal += text[last:]
    flush(len(text))
    return found


def parse(text: str) -> list[Node]:
    """The text form as nodes.

    Raises:
        UnbalancedCodes: the codes do not nest.
    """
    stack: list[tuple[int, list[Node]]] = [(0, [])]
    for token in tokens(text):
        if token.form == "text":
            stack[-1][1].append(token.text)
        elif token.form == "standalone":
            stack[-1][1].append(Standalone(token.id))
        elif token.form == "open":
            stack.append((token.id, []))
        elif len(stack) > 1 and stack[-1][0] == token.id:
            number, children = stack.pop()
            stack[-1][1].append(Pair(number, tuple(children)))
        else:
            raise UnbalancedCodes(f"Code </{token.id}> closes nothing.")
    if len(stack) > 1:
        raise UnbalancedCodes(f"Code <{stack[-1][0]}> is not closed.")
    return stack[0][1]


def serialise(nodes: Iterable[Node]) -> str:
    """The text form of the nodes; the inverse of `parse` (adjacent strings become one)."""
    return _serialise(nodes, code_follows=False)


def _serialise(nodes: Iterable[Node], code_follows: bool) -> str:
    parts: list[str] = []
    literal = ""
    for node in nodes:
        if isinstance(node, str):
            literal += node
            continue
        parts.append(_escaped(literal, code_follows=True))
        literal = ""
        if isinstance(node, Standalone):
            parts.append(f"<{node.id}/>")
        else:
            parts.append(f"<{node.id}>{_serialise(node.children, code_follows=True)}</{node.id}>")
    parts.append(_escaped(literal, code_follows))
    return "".join(parts)


def _escaped(literal: str, code_follows: bool) -> str:
    text = _CODE.sub(lambda look: rf"{look[1]}{look[1]}\<{look[2]}{look[3]}{look[4]}>", literal)
    if code_follows:
        text += "\\" * (len(text) - len(text.rstrip("\\")))
    return text


def plain(text: str) -> str:
    """The text without its codes, unescaped; works on unbalanced text too."""
    return "".join(token.text for token in tokens(text))


def escape(literal: str) -> str:
    """The text form of a text without codes; `plain` is its inverse."""
    return serialise([literal])


def ids(text: str) -> Counter[int]:
    """How often each code occurs; a pair counts once, a closing code alone does not count."""
    return Counter(token.id for token in tokens(text) if token.form in ("open", "standalone"))


def balanced(text: str) -> bool:
    """Whether the codes of the text nest."""
    try:
        parse(text)
    except UnbalancedCodes:
        return False
    return True


def range_in_text_form(text: str, start: int, end: int) -> tuple[int, int]:
    """Where plain[start:end] stands in the text form: from its first character to behind its last.

    Codes on the edges stay outside. An empty range lies behind the character before it.
    """
    places: list[tuple[int, int]] = []
    for token in tokens(text):
        if token.form == "text":
            places += _places(text, token)
    if start < end:
        return places[start][0], places[end - 1][1]
    at = places[start - 1][1] if start else 0
    return at, at


def _places(text: str, token: Token) -> list[tuple[int, int]]:
    """Where each character of a literal token stands in the text form."""
    places, last = list[tuple[int, int]](), token.start
    for match in _CODE.finditer(text, token.start):
        look = match.end(1)
        if look > token.end:
            break
        places += [(i, i + 1) for i in range(last, match.start())]
        # Two backslashes are one character; an odd one belongs to what looks like a code.
        places += [(i, i + 2) for i in range(match.start(), look - 1, 2)]
        last = match.end()
        if look < token.end:
            places.append((look - len(match[1]) % 2, look + 1))
            places += [(i, i + 1) for i in range(look + 1, last)]
    return places + [(i, i + 1) for i in range(last, token.end)]


def mended(text: str) -> str:
    """The text with those codes left out that do not nest, for showing unfinished work."""
    open_at: list[int] = []
    pieces = tokens(text)
    partner: dict[int, int] = {}
    for index, token in enumerate(pieces):
        if token.form == "open":
            open_at.append(index)
        elif token.form == "close":
            matching = next((at for at in reversed(open_at) if pieces[at].id == token.id), None)
            if matching is not None:
                del open_at[open_at.index(matching) :]
                partner[matching], partner[index] = index, matching
    kept = [
        token
        for index, token in enumerate(pieces)
        if token.form in ("text", "standalone") or index in partner
    ]
    return join(kept)


def join(pieces: Iterable[Token]) -> str:
    """The text form of tokens; the inverse of `tokens` (neighbouring texts become one)."""
    parts: list[str] = []
    literal = ""
    for token in pieces:
        if token.form == "text":
            literal += token.text
            continue
        parts.append(_escaped(literal, code_follows=True))
        literal = ""
        parts.append({"open": "<%d>", "close": "</%d>", "standalone": "<%d/>"}[token.form] % token.id)
    return "".join([*parts, _escaped(literal, code_follows=False)])


def marks(text: str) -> tuple[str, tuple[Mark, ...]]:
    """The plain text and where its codes stand, in the order in which they open.

    Raises:
        UnbalancedCodes: the codes do not nest.
    """
    found: list[Mark] = []

    def walk(nodes: Iterable[Node], at: int) -> int:
        for node in nodes:
            if isinstance(node, str):
                at += len(node)
            elif isinstance(node, Standalone):
                found.append(Mark(node.id, at, at, standalone=True))
            else:
                place, start = len(found), at
                found.append(Mark(node.id, at, at))
                at = walk(node.children, at)
                found[place] = Mark(node.id, start, at)
        return at

    walk(parse(text), 0)
    return plain(text), tuple(found)


def from_marks(text: str, placed: Iterable[_MarkLike]) -> str:
    """Puts codes back into plain text; the inverse of `marks`.

    Offsets cannot tell whether a code of no length on the edge of a pair stands inside or outside of it:
    it is put outside. Pairs of the same span nest in the order given, the first one outermost.

    Raises:
        UnbalancedCodes: two pairs cross, or an offset lies outside the text.
    """
    order = list(placed)
    for mark in order:
        if not 0 <= mark.start <= mark.end <= len(text):
            raise UnbalancedCodes(f"Code {mark.id} lies outside the text.")
    empty: dict[int, list[Node]] = {}
    opening: dict[int, list[tuple[int, int]]] = {}
    for mark in order:
        if mark.start == mark.end:
            node: Node = Standalone(mark.id) if mark.standalone else Pair(mark.id, ())
            empty.setdefault(mark.start, []).append(node)
        else:
            opening.setdefault(mark.start, []).append((mark.end, mark.id))
    cuts = sorted({0, len(text)} | {offset for mark in order for offset in (mark.start, mark.end)})
    stack: list[tuple[int, int, list[Node]]] = [(len(text) + 1, 0, [])]
    for position, cut in enumerate(cuts):
        while stack[-1][0] == cut:
            _, number, children = stack.pop()
            stack[-1][2].append(Pair(number, tuple(children)))
        stack[-1][2].extend(empty.get(cut, ()))
        for end, number in sorted(opening.get(cut, ()), key=lambda pair: -pair[0]):
            if end > stack[-1][0]:
                raise UnbalancedCodes(f"Codes {stack[-1][1]} and {number} cross.")
            stack.append((end, number, []))
        if position + 1 < len(cuts):
            stack[-1][2].append(text[cut : cuts[position + 1]])
    return serialise(stack[0][2])
