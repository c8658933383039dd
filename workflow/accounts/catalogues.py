"""The interface's gettext catalogues: collects what is to be translated, and compiles what is.

GNU gettext is not needed: Python sources are read with `ast`, templates with Django's own `templatize`,
and polib writes the .mo files.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import template as django_template

GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}
# These take a message that is kept as data, and said to whoever reads it in their language.
KEPT = {"note", "kept", "tell"}
# A sentence kept under a name (REASON = "No draft could be trusted.") is shown to people somewhere.
SENTENCE = re.compile(r"[A-Z“].*[.?]$", re.S)
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
}
# What `templatize` leaves of a template: calls among filler characters.
STRING = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
TEMPLATE_CALL = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*{STRING}(?:\s*,\s*{STRING})?")


@dataclass(frozen=True)
class Message:
    """One string of the interface and where it stands."""

    msgid: str
    plural: str | None
    context: str | None
    place: str


# What Django says on our pages and does not say in each of our languages itself.
BORROWED = (
    Message(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        None,
        "django/contrib/auth/password_validation.py",
    ),
)


def catalogue_path(locale: str) -> Path:
    """Where the catalogue of `locale` ("fr", "ar") is kept."""
    return Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES" / "django.po"


def collect(root: Path) -> list[Message]:
    """Every translatable string of the product, in the order of files, and the borrowed ones."""
    found: list[Message] = list(BORROWED)
    for folder in ("workflow", "glossaries", "workers"):
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                found.extend(_in_python(path.read_text(encoding="utf-8"), str(path.relative_to(root))))
        for path in sorted((root / folder).rglob("templates/**/*")):
            if path.suffix in (".html", ".txt", ".xml"):
                found.extend(_in_template(path.read_text(encoding="utf-8"), str(path.relative_to(root))))
    return found


def update(root: Path, locale: str) -> polib.POFile:
    """The catalogue of `locale` with every collected string: kept translations, new ones empty."""
    path = catalogue_path(locale)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgid, entry.msgctxt): entry for entry in old}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Project-Id-Version": "translation-desk",
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[locale],
    }
    entries: dict[tuple[str, str | None], polib.POEntry] = {}
    forms = 6 if locale == "ar" else 2
    for message in collect(root):
        key = (message.msgid, message.context)
        if key not in entries:
            before = known.get(key)
            entry = polib.POEntry(msgid=message.msgid, msgctxt=message.context)
            if message.plural:
                entry.msgid_plural = message.plural
                entry.msgstr_plural = (before.msgstr_plural if before else None) or dict.fromkeys(
                    range(forms), ""
                )
            else:
                entry.msgstr = before.msgstr if before else ""
            if re.search(r"%[(ds]", message.msgid):
                entry.flags = ["python-format"]
            entries[key] = entry
        if message.place not in [place for place, _line in entries[key].occurrences]:
            entries[key].occurrences.append((message.place, ""))
    fresh.extend(sorted(entries.values(), key=lambda entry: (entry.occurrences[0], entry.msgid)))
    return fresh


def compile_all() -> int:
    """Writes the .mo file beside each catalogue that is newer than it; returns how many were written."""
    written = 0
    for path in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po")):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            polib.pofile(str(path)).save_as_mofile(str(compiled))
            written += 1
    return written


def untranslated(catalogue: polib.POFile) -> list[str]:
    """The msgids without a translation, or with an unconfirmed one."""
    return [entry.msgid for entry in catalogue if not entry.translated() and not entry.obsolete]


def _in_python(source: str, place: str) -> Iterator[Message]:
    tree = ast.parse(source)
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            named = isinstance(statement.targets[0], ast.Name) and statement.targets[0].id.isupper()
            if named and isinstance(statement.value.value, str) and SENTENCE.match(statement.value.value):
                yield Message(statement.value.value, None, None, place)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if name in GETTEXT | KEPT and texts:
            if name.startswith("ngettext") and len(texts) > 1:
                yield Message(texts[0], texts[1], None, place)
            elif name == "pgettext" and len(texts) > 1:
                yield Message(texts[1], None, texts[0], place)
            else:
                yield Message(texts[0], None, None, place)
        # A finding's message is data where the rule stands, and translated where it is shown.
        for keyword in node.keywords:
            if keyword.arg == "message":
                for inner in ast.walk(keyword.value):
                    if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                        yield Message(inner.value, None, None, place)


def _in_template(source: str, place: str) -> Iterator[Message]:
    for call in TEMPLATE_CALL.finditer(django_template.templatize(source, origin=place)):
        name, first, second = call[1], ast.literal_eval(call[2]), call[3] and ast.literal_eval(call[3])
        if name == "ngettext":
            yield Message(first, second, None, place)
        elif name == "pgettext":
            yield Message(second, None, first, place)
        else:
            yield Message(first, None, None, place)
