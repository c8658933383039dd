"""PO (gettext) for Poedit and its like: `write_po` and `read_po` mirror.

One catalogue a translation. `msgctxt` is the key of the segment, `fuzzy` means not confirmed, `#|` keeps the
source the target was made for. What only the desk needs (state, version, hash of the exported target) stands
in the extracted comments `#.`, which tools show and keep.
"""

import re
from datetime import UTC, datetime

import polib

from .units import (
    CONFIRMED,
    DRAFT,
    EDITED,
    EMPTY,
    MAX_UNITS,
    NOT_OURS,
    TOO_MANY,
    ExchangeFile,
    ExchangeUnit,
    Refused,
    checked,
    distinct,
    gettext_noop,
    whole_number,
)

PLURAL_FORMS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
    ),
}
_NO_PO = gettext_noop("This is not a PO file, or it is damaged: %(detail)s")
# polib takes a string without its closing quotation mark and drops a letter; such a line is damage.
_SOUND = re.compile(
    r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s*)?"(?:[^"\\]|\\.)*"\s*)?', re.S
)
_LINE = re.compile(r"(State|Version|Target): (\S+)")
# Characters at which the library would break a line that gettext does not break; no text needs them.
_BREAKS = re.compile("[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def write_po(file: ExchangeFile, *, translator: str = "", now: datetime | None = None) -> bytes:
    """The translation as a PO catalogue in UTF-8. Odd line ends inside texts become spaces."""
    stamp = (now or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M%z")
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": f"article {file.article_id}, revision {file.revision}",
        "POT-Creation-Date": stamp,
        "PO-Revision-Date": stamp,
        "Last-Translator": _one_line(translator),
        "Language-Team": "",
        "Language": file.locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS.get(file.locale.split("-")[0], "nplurals=2; plural=(n != 1);"),
        "X-Source-Language": "en",
        "X-Title": _one_line(file.title),
        "X-Article": str(file.article_id),
        "X-Revision": str(file.revision),
        "X-Translation": str(file.translation_id),
        "X-Translation-Version": str(file.version),
        "X-Final": "yes" if file.final else "no",
    }
    for unit in sorted(file.units, key=lambda unit: unit.order):
        catalogue.append(_entry(unit))
    return f"{catalogue}".encode()


def _entry(unit: ExchangeUnit) -> polib.POEntry:
    comment = [
        *(f"Note: {_one_line(note)}" for note in unit.notes),
        *(f"Check: {_one_line(finding)}" for finding in unit.findings),
        *(
            _one_line(
                f"Code <{code.id}>: {code.tag} " + " ".join(f'{k}="{v}"' for k, v in code.attrs)
            ).strip()
            for code in unit.codes
        ),
        f"State: {unit.state}",
        f"Version: {unit.version}",
        *([f"Target: {unit.target_hash}"] if unit.target_hash else []),
    ]
    return polib.POEntry(
        msgctxt=unit.key,
        msgid=_spaced(unit.source),
        msgstr=_spaced(unit.target),
        previous_msgid=_spaced(unit.previous_source) if unit.previous_source is not None else None,
        comment="\n".join(comment),
        flags=["fuzzy"] if unit.target and unit.state != CONFIRMED else [],
    )


def read_po(data: bytes) -> ExchangeFile:
    """The translation in a PO catalogue, as it came back.

    A translated entry that is not fuzzy is confirmed. Obsolete entries are passed over.

    Raises:
        Refused: no PO, no UTF-8, not exported here, too large, or a key twice.
    """
    data = checked(data).removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Refused(
            gettext_noop("The file is not in UTF-8: byte %(byte)s at offset %(offset)d is no character."),
            byte=f"0x{data[error.start]:02X}",
            offset=error.start,
        ) from error
    # The library takes a text without line ends for the name of a file; ours always has several lines.
    if text.count("\n") < 2 or not re.search(r'^msgid\s+"', text, re.M):
        raise Refused(_NO_PO, detail="no msgid")
    if text.count("\nmsgid") > 2 * MAX_UNITS:
        raise Refused(TOO_MANY, limit=MAX_UNITS)
    text = _spaced(text)
    for number, line in enumerate(text.split("\n"), start=1):
        if not _SOUND.fullmatch(line):
            raise Refused(_NO_PO, detail=f"line {number}")
    try:
        catalogue = polib.pofile(text)
    except Exception as error:
        # polib raises OSError with the line for most damage, and IndexError or ValueError for the rest.
        raise Refused(_NO_PO, detail=re.sub(r"\s+", " ", str(error))[-120:]) from error
    known = catalogue.metadata
    if "X-Translation" not in known or not known.get("Language"):
        raise Refused(NOT_OURS)
    entries = [entry for entry in catalogue if not entry.obsolete and entry.msgctxt]
    return ExchangeFile(
        locale=known["Language"].replace("_", "-"),
        article_id=whole_number(known.get("X-Article")),
        title=known.get("X-Title", ""),
        revision=whole_number(known.get("X-Revision")),
        translation_id=whole_number(known.get("X-Translation")),
        version=whole_number(known.get("X-Translation-Version")),
        units=distinct([_unit(entry, order) for order, entry in enumerate(entries)]),
        final=known.get("X-Final") == "yes",
    )


def _unit(entry: polib.POEntry, order: int) -> ExchangeUnit:
    lines = (entry.comment or "").split("\n")
    ours = {match[1]: match[2] for line in lines if (match := _LINE.fullmatch(line))}
    version = ours.get("Version", "0")
    if not entry.msgstr:
        state = EMPTY
    elif "fuzzy" not in entry.flags:
        state = CONFIRMED
    else:
        state = DRAFT if ours.get("State") == DRAFT else EDITED
    return ExchangeUnit(
        key=entry.msgctxt,
        source=entry.msgid,
        target=entry.msgstr or "",
        state=state,
        previous_source=entry.previous_msgid or None,
        notes=tuple(line.removeprefix("Note: ") for line in lines if line.startswith("Note: ")),
        findings=tuple(line.removeprefix("Check: ") for line in lines if line.startswith("Check: ")),
        order=order,
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
        target_hash=ours.get("Target", ""),
    )


def _spaced(text: str) -> str:
    return _BREAKS.sub(" ", text.replace("\r\n", "\n"))


def _one_line(text: str) -> str:
    return " ".join(_spaced(text).split())
