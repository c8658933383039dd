"""The languages of the public site: which there are, how they are written, which one a visitor prefers."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header


@dataclass(frozen=True)
class Language:
    """A language as the site presents it; `name` is in the language itself, `open_graph` with a territory."""

    code: str
    name: str
    dir: str
    open_graph: str


# Open Graph wants language_TERRITORY; these are the widest readerships, not a claim about spelling.
OPEN_GRAPH = {"en": "en_GB", "fr": "fr_FR", "ar": "ar_AR"}


def codes() -> list[str]:
    """The locales of the site (BCP 47), the source language first."""
    return [code for code, _name in settings.LANGUAGES]


def language(code: str) -> Language:
    """How the site presents a locale."""
    info = get_language_info(code)
    name = str(info["name_local"]).replace("\u0651", "")  # no newspaper writes the shadda in its own name
    return Language(
        code, name[0].upper() + name[1:], "rtl" if info["bidi"] else "ltr", OPEN_GRAPH.get(code, code)
    )


def preferred(accept_language: str) -> str:
    """The locale of the site that an Accept-Language header (RFC 9110) asks for; the source one if none."""
    for wanted, _quality in parse_accept_lang_header(accept_language.lower()):
        if wanted == "*":
            break
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return codes()[0]
