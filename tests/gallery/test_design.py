"""What every page promises by its looks: contrast, both directions of writing, nothing inline, few bytes."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "workflow" / "templates"
STATIC = ROOT / "workflow" / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))

TEXT = 4.5
EDGE = 3.0
GROUNDS = ("paper", "ground", "raised", "sunken")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-soft", "accent") for ground in GROUNDS),
    *((name, f"{name}-soft", TEXT) for name in ("error", "warning", "good", "info", "machine", "accent")),
    *(("ink", f"{name}-soft", TEXT) for name in ("error", "warning", "good", "info", "accent", "term")),
    *(("ink-soft", f"{name}-soft", TEXT) for name in ("error", "warning", "info", "accent")),
    *((name, "paper", TEXT) for name in ("error", "warning", "good", "info", "machine")),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("paper", "good", TEXT),
    ("ink", "inserted", TEXT),
    ("ink", "deleted", TEXT),
    ("rule-strong", "paper", EDGE),
    ("rule-strong", "ground", EDGE),
    ("focus", "paper", EDGE),
    ("focus", "ground", EDGE),
    ("term", "paper", EDGE),
]


def colours(scheme: str) -> dict[str, str]:
    """The colour tokens of the light or the dark scheme."""
    sheet = (STATIC / "css" / "tokens.css").read_text()
    light, dark = sheet.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark.split("@media print")[0]))
    return found


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_text_and_edges_stand_out(scheme: str, ink: str, ground: str, least: float) -> None:
    palette = colours(scheme)
    assert contrast(palette[ink], palette[ground]) >= least


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_names_no_side_of_the_page(sheet: Path) -> None:
    """Left and right would be wrong in one of the two directions of writing."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    physical = re.findall(
        r"^\s*((?:margin|padding|border|inset|scroll-margin)-(?:left|right)[\w-]*|left|right)\s*:"
        r"|(?:text-align|float|clear)\s*:\s*(left|right)",
        text,
        flags=re.MULTILINE,
    )
    assert physical == []


@pytest.mark.parametrize("page", PAGES)
def test_a_template_compiles(page: str) -> None:
    get_template(page)


@pytest.mark.parametrize("page", PAGES)
def test_a_template_has_nothing_inline(page: str) -> None:
    """The content security policy would block it."""
    text = (TEMPLATES / page).read_text()
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|hx-on", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script or re.search('type="application/(ld[+])?json"', script)


@pytest.mark.parametrize("page", PAGES)
def test_every_icon_a_page_shows_is_drawn(page: str) -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons" / "sprite.svg").read_text()))
    used = set(re.findall(r'partials/icon\.html" with name="([\w-]+)"', (TEMPLATES / page).read_text()))
    assert used <= drawn


def test_the_typefaces_stay_light_and_licensed() -> None:
    fonts = list((STATIC / "fonts").glob("*.woff2"))
    assert sum(font.stat().st_size for font in fonts) < 700_000
    assert len(list((STATIC / "fonts").glob("LICENSE-*.txt"))) == 4


def test_sheets_and_faces_come_from_our_own_machine() -> None:
    for sheet in SHEETS:
        assert not re.search(r"url\([\"']?(?:https?:)?//|@import", sheet.read_text())
