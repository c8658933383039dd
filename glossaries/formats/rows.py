"""The columns of a term table, shared by CSV and XLSX: one row is one concept.

Columns: concept_id, domain, definition_en, en, en_variants, pos, then for each locale its preferred term (`fr`),
`fr_admitted` and `fr_forbidden`, then mode, case_sensitive, note. Optional: `fr_mode` where a locale's mode differs
from the row's, `fr_forms` with listed inflections (`term=form;form`). `|` parts the members of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from glossaries.formats.errors import GlossaryFormatError as GlossaryFormatError
from glossaries.formats.errors import RowError as RowError
from glossaries.formats.errors import RowRefused, mode_named
from glossaries.matching.concepts import Concept, Mode, Status, Term

SOURCE = "en"
MAX_TERM = 500
_HEAD = ("concept_id", "domain", "definition_en", "en", "en_variants", "pos")
_TAIL = ("mode", "case_sensitive", "note")
_KINDS = ("admitted", "forbidden", "forms", "mode", "variants")
_LOCALE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_YES = frozenset({"yes", "true", "1", "y", "oui", "نعم"})
_NO = frozenset({"no", "false", "0", "n", "non", "", "لا"})


def locales(header: Iterable[str]) -> list[str]:
    """The target locales a header speaks of, in its order: those with a column of their own code."""
    reserved = {*_HEAD, *_TAIL}
    return [name for name in header if name not in reserved and _LOCALE.match(name)]


def parse(
    table: Iterable[tuple[int, Sequence[str]]], header: Sequence[str]
) -> tuple[list[Concept], list[RowError]]:
    """Concepts of numbered rows; a bad row becomes a RowError and the rest goes in."""
    targets = locales(header)
    found: list[Concept] = []
    errors: list[RowError] = []
    seen: set[str] = set()
    for line, cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        try:
            concept = _concept(dict(zip(header, cells, strict=False)), targets)
            if concept.id in seen:
                raise RowRefused(message="%(concept)s was already used by a row above", concept=concept.id)
        except RowRefused as error:
            errors.append(RowError(line, error))
            continue
        seen.add(concept.id)
        found.append(concept)
    return found, errors


def table(concepts: Iterable[Concept]) -> tuple[list[str], list[list[str]]]:
    """Header and rows of some concepts, the mirror of `parse`."""
    concepts = list(concepts)
    spoken = {term.locale for concept in concepts for term in concept.terms} - {SOURCE}
    targets = sorted(spoken, key=lambda locale: (locale != "fr", locale != "ar", locale))
    rows = [_row(concept, targets) for concept in concepts]
    optional = [f"{locale}_{kind}" for locale in (SOURCE, *targets) for kind in ("mode", "forms")]
    used = [name for name in optional if any(row.get(name) for row in rows)]
    per_locale = [f"{locale}{kind}" for locale in targets for kind in ("", "_admitted", "_forbidden")]
    header = [*_HEAD, *per_locale, *used, *_TAIL]
    return header, [[row.get(name, "") for name in header] for row in rows]


def several(value: str) -> list[str]:
    """The members of a `|` list, trimmed, without empties and repeats; `\\|` is a bar inside a member."""
    return list(dict.fromkeys(part for part in (_plain(p).strip() for p in _split(value, "|")) if part))


def joined(values: Iterable[str], marks: str = "|") -> str:
    """A `|` list, the mirror of `several`."""
    return "|".join(_marked(value, marks) for value in values)


def _split(value: str, mark: str) -> list[str]:
    return re.split(rf"(?<!\\){re.escape(mark)}", value)


def _plain(value: str) -> str:
    return re.sub(r"\\([|;=])", r"\1", value)


def _marked(value: str, marks: str) -> str:
    return re.sub(f"([{marks}])", r"\\\1", value)


def _concept(row: Mapping[str, str], targets: Sequence[str]) -> Concept:
    identity, source = row.get("concept_id", "").strip(), row.get(SOURCE, "").strip()
    if not identity:
        raise RowRefused(message="the row has no concept_id")
    if not source:
        raise RowRefused(message="%(concept)s has no English term", concept=identity)
    answer = row.get("case_sensitive", "").strip().lower()
    if answer not in _YES | _NO:
        raise RowRefused(
            message="%(concept)s says “%(answer)s” for case_sensitive; use yes or no",
            concept=identity,
            answer=answer,
        )
    cased, pos = answer in _YES, row.get("pos", "").strip()
    mode = _mode(identity, row.get("mode", "")) or Mode.INFLECTING
    terms: list[Term] = []
    for locale in (SOURCE, *targets):
        admitted = f"{locale}_variants" if locale == SOURCE else f"{locale}_admitted"
        own_mode = _mode(identity, row.get(f"{locale}_mode", "")) or mode
        forms = _forms(row.get(f"{locale}_forms", ""))
        texts = [
            *((text, Status.PREFERRED) for text in [_plain(row.get(locale, "")).strip()] if text),
            *((text, Status.ADMITTED) for text in several(row.get(admitted, ""))),
            *((text, Status.FORBIDDEN) for text in several(row.get(f"{locale}_forbidden", ""))),
        ]
        for text, status in texts:
            if len(text) > MAX_TERM:
                raise RowRefused(
                    message="%(concept)s has a term of more than %(limit)d characters",
                    concept=identity,
                    limit=MAX_TERM,
                )
            terms.append(Term(locale, text, status, pos, own_mode, cased, forms.pop(text, ())))
        if forms:
            raise RowRefused(
                message="%(concept)s lists forms for “%(term)s”, which is not among its terms",
                concept=identity,
                term=next(iter(forms)),
            )
    return Concept(
        identity,
        row.get("domain", "").strip(),
        row.get("definition_en", "").strip(),
        row.get("note", "").strip(),
        tuple(terms),
    )


def _mode(identity: str, value: str) -> Mode | None:
    name = value.strip().lower()
    return mode_named(identity, name) if name else None


def _forms(value: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for entry in _split(value, "|"):
        term, *rest = _split(entry, "=")
        listed = (_plain(form).strip() for part in rest for form in _split(part, ";"))
        if _plain(term).strip():
            found[_plain(term).strip()] = tuple(filter(None, listed))
    return found


def _row(concept: Concept, targets: Sequence[str]) -> dict[str, str]:
    source = [term for term in concept.terms if term.locale == SOURCE]
    first = (source or list(concept.terms))[0] if concept.terms else Term(SOURCE, "")
    row = {
        "concept_id": concept.id,
        "domain": concept.domain,
        "definition_en": concept.definition,
        "pos": first.pos,
        "mode": first.mode.value,
        "case_sensitive": "yes" if first.case_sensitive else "no",
        "note": concept.note,
    }
    for locale in (SOURCE, *targets):
        terms = [term for term in concept.terms if term.locale == locale]
        preferred = [term for term in terms if term.status == Status.PREFERRED]
        row[locale] = preferred[0].text if preferred else ""
        others = preferred[1:] + [term for term in terms if term.status == Status.ADMITTED]
        row["en_variants" if locale == SOURCE else f"{locale}_admitted"] = joined(t.text for t in others)
        row[f"{locale}_forbidden"] = joined(t.text for t in terms if t.status == Status.FORBIDDEN)
        if terms and terms[0].mode != first.mode:
            row[f"{locale}_mode"] = terms[0].mode.value
        row[f"{locale}_forms"] = "|".join(
            _marked(term.text, "|;=") + "=" + ";".join(_marked(form, "|;=") for form in term.forms)
            for term in terms
            if term.forms
        )
    return row
