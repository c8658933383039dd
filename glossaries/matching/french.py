"""French words for the matcher: what a form may be an inflection of, and which words it is derived from."""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma

from glossaries.matching.forms import Analysis
from glossaries.matching.words import fold

LOCALE = "fr"
# Words a term may gain, lose or change without becoming another term, by what they may change into: du and de la are
# one; an article, a possessive or `et` counts for nothing.
FREE = {
    **dict.fromkeys(
        [
            "le",
            "la",
            "les",
            "l",
            "un",
            "une",
            "ce",
            "cette",
            "ces",
            "leur",
            "leurs",
            "son",
            "sa",
            "ses",
            "se",
            "s",
            "et",
            "ou",
            "y",
        ],
        "",
    ),
    **dict.fromkeys(["du", "des", "de", "d"], "de"),
    **dict.fromkeys(["au", "aux", "à"], "à"),
    "en": "en",
}
PREFIXES = frozenset(
    [
        "auto",
        "anti",
        "micro",
        "macro",
        "multi",
        "cyber",
        "télé",
        "co",
        "pré",
        "post",
        "sous",
        "sur",
        "inter",
        "intra",
        "trans",
        "bio",
        "géo",
        "hydro",
        "électro",
        "neuro",
        "cardio",
        "psycho",
        "socio",
        "techno",
        "éco",
        "hyper",
        "hypo",
        "extra",
        "ultra",
        "contre",
        "para",
        "méta",
        "néo",
        "pluri",
        "semi",
        "mini",
        "mono",
        "poly",
        "radio",
        "thermo",
        "vidéo",
        "e",
        "web",
    ]
)
LIGHT = frozenset(["par", "pour", "sur", "dans", "avec", "chez", "entre", "vers", "contre", "sous"])

# Nouns that only say what kind of thing a name names; a translation that drops them still names it.
CLASSIFIERS = frozenset(
    [
        "maladie",
        "virus",
        "syndrome",
        "affection",
        "trouble",
        "systeme",
        "appareil",
        "processus",
        "phenomene",
        "activite",
        "operation",
        "procedure",
        "etat",
        "situation",
        "secteur",
        "domaine",
        "taux",
        "niveau",
        "ensemble",
        "groupe",
    ]
)

# Words for a person: an adjective can do without them (personne infectée, les infectés).
PERSONS = frozenset(["personne", "individu"])
# Heads too common to stand for a term alone.
GENERIC = frozenset(
    [
        "vie",
        "table",
        "programme",
        "personne",
        "agent",
        "carte",
        "centre",
        "chose",
        "donnee",
        "eau",
        "fait",
        "force",
        "forme",
        "jeu",
        "jour",
        "lieu",
        "main",
        "mesure",
        "mot",
        "moyen",
        "objet",
        "oeuvre",
        "organe",
        "partie",
        "pays",
        "place",
        "plan",
        "point",
        "produit",
        "projet",
        "question",
        "regle",
        "rapport",
        "service",
        "societe",
        "source",
        "temps",
        "terme",
        "travail",
        "usage",
        "valeur",
        "voie",
        "zone",
        "droit",
        "effet",
        "corps",
        "acte",
        "action",
        "cas",
        "mise",
        "prise",
        "bien",
        "grand",
        "petit",
        "nouveau",
        "bon",
        "mauvais",
        "faux",
        "haut",
        "premier",
        "mal",
        "perte",
        "message",
        "lettre",
        "conseil",
        "unite",
    ]
)

_FEMININE = (
    ("trices", "teur"), ("trice", "teur"), ("euses", "eur"), ("euse", "eur"), ("ives", "if"), ("ive", "if"),
    ("elles", "el"), ("elle", "el"), ("ennes", "en"), ("enne", "en"), ("ères", "er"), ("ère", "er"),
    ("ales", "al"), ("ale", "al"), ("ques", "que"),
)  # fmt: skip
_SUFFIXES = tuple(sorted(
    ["ation", "ations", "ition", "itions", "ution", "ution", "tion", "tions", "sion", "sions", "ion", "ions", "ement", "ements", "ment", "ments", "ite", "ites", "iste", "istes", "isme", "ismes", "ique", "iques", "aire", "aires", "eur", "eurs", "euse", "euses", "rice", "rices", "if", "ifs", "ive", "ives", "al", "ale", "aux", "ales", "el", "elle", "els", "elles", "el", "er", "ere", "ers", "eres", "ier", "iere", "iers", "ieres", "ien", "ienne", "iens", "iennes", "eux", "oire", "oires", "ance", "ances", "ence", "ences", "ant", "ante", "ants", "antes", "ent", "ente", "ents", "entes", "able", "ables", "ible", "ibles", "age", "ages", "ure", "ures", "e", "es", "ee", "ees", "er", "ez", "ait", "aient", "ant", "i", "is", "it", "ie", "ies", "iel", "iels", "ielle", "ielles", "isation", "isations", "iser", "ise", "ises", "isee", "isees", "ain", "aine", "ains", "aines", "in", "ine", "ins", "ines", "al", "logie", "logique", "logiques", "logue", "logues", "at", "ats", "ate", "ates", "s", "x", "a", "era", "eront", "ent", "erait", "u", "ue", "us", "ues", "ative", "atif", "atifs", "atives", "atoire", "atoires", "ateur", "ateurs", "atrice", "atrices"],
    key=len, reverse=True,
))  # fmt: skip
# Nouns and the adjectives that stand for them, where no shared letters tell: mesures de santé, mesures sanitaires.
_SUPPLETIVE = """
sante sanitaire|mer maritime marin|eau hydrique aquatique hydraulique|foie hepatique|poumon pulmonaire|
coeur cardiaque|rein renal|enfant infantile enfance|espace spatial|ville urbain municipal|ecole scolaire|pays national|
oeil oculaire ophtalmique|peau cutane|pere paternel|mere maternel maternite|langue linguistique langagier|
droit juridique|loi legal legislatif|roi royal|vie vital|terre terrestre|guerre belliqueux|feu incendie|
hopital hospitalier hospitalisation|ventre abdominal abdomen|estomac gastrique|intestin intestinal|cerveau cerebral|
nez nasal|bouche buccal oral|dent dentaire|os osseux|main manuel|pied pedestre|tete cephalique|doigt digital|
chiffre numerique|jeune juvenile jeunesse|eveque episcopal|eglise ecclesiastique|election electoral|
electeur electoral|campagne rural|agriculture agricole|semaine hebdomadaire|mois mensuel|an annuel annee|
annee annuel|jour quotidien journalier|nuit nocturne|etat etatique public|gouvernement gouvernemental public|
air aerien atmospherique|monde mondial|terrain territorial|frontiere frontalier|donnee data|mort mortel deces mortalite|
deces mort|maladie malade morbidite|corps corporel|esprit mental|ame psychique|femme feminin|homme masculin|
sexe sexuel|argent financier monetaire|banque bancaire|impot fiscal|prison carceral penitentiaire|
travail professionnel|metier professionnel|fleuve fluvial|ile insulaire|montagne montagneux|foret forestier|
cheval equestre hippique|chien canin|oiseau aviaire|porc porcin|vache bovin|boeuf bovin|pluie pluvial|vent eolien|
soleil solaire|lune lunaire|etoile stellaire|lait laitier lacte|sang sanguin hematologique|symptome symptomatique|
livre livresque|musique musical|theatre theatral|peuple populaire|lieu local|souffle respiratoire|respiration respiratoire
"""
_RELATIVES: dict[str, frozenset[str]] = {}
for _family in _SUPPLETIVE.replace("\n", "").split("|"):
    _members = _family.split()
    for _member in _members:
        _RELATIVES[_member] = _RELATIVES.get(_member, frozenset()) | {f"={_members[0]}"}


@lru_cache(maxsize=65536)
def analyse(word: str, citation: bool = False) -> Analysis:
    """The keys of one French word (no apostrophe, no hyphen); `citation` says it stands in a term list.

    Accents are kept: arme is not armé. Capitals may have lost theirs (ECOLE, Etat), and so may words no dictionary
    knows; those meet a term's word under a key without accents.
    """
    lower = word.lower().replace("œ", "oe").replace("æ", "ae")
    inflections = {lower}
    known = _known(lower)
    for form in (word.lower(), *_singulars(word.lower())):
        for _ in range(2):
            form = str(simplemma.lemmatize(form, LOCALE)).lower()
            inflections.add(form.replace("œ", "oe").replace("æ", "ae"))
    inflections.update(_singulars(lower))
    inflections.update(_agents(lower))
    if not known:
        inflections.update(_masculines(lower))
    folded = frozenset(fold(form) for form in inflections)
    offers, seeks = _derivations(folded)
    if lower.rstrip("s").endswith(("é", "ée")) and len(lower) > 5:
        offers.add(f"verb:{fold(lower).rstrip('s').rstrip('e')}")
    families = set()
    for form in folded:
        base = _base(form)
        if len(base) >= 5:
            families.add(base)
        families |= _RELATIVES.get(form, frozenset())
    surfaces = {lower}
    if citation or word[:1].isupper() or (not known and lower.isascii()):
        surfaces.add(f"~{fold(word)}")
        inflections |= {f"~{form}" for form in folded}
    return Analysis(
        lower,
        frozenset(surfaces),
        frozenset(inflections),
        frozenset(offers),
        frozenset(seeks),
        frozenset(families),
    )


@lru_cache(maxsize=65536)
def _known(word: str) -> bool:
    return bool(simplemma.is_known(word, LOCALE))


_ACTIONS = (
    "isation",
    "ification",
    "ation",
    "ition",
    "ution",
    "ction",
    "ion",
    "issement",
    "ement",
    "age",
    "ure",
    "e",
    "",
)
_RELATIONAL = (
    "ementaire",
    "emental",
    "ionnaire",
    "ionnel",
    "iaire",
    "ique",
    "aire",
    "ial",
    "iel",
    "al",
    "el",
    "eux",
    "if",
)


def _derivations(forms: frozenset[str]) -> tuple[set[str], set[str]]:
    """What close relatives may call a word: propagation seeks propager, gouvernement seeks gouvernemental."""
    offers, seeks = set(), set()
    for form in forms:
        for ending in ("iser", "ifier", "ier", "er", "ir", "re"):
            base = form[: -len(ending)]
            if form.endswith(ending) and len(base) >= 4:
                offers.add(f"verb:{base}")
                seeks.add(f"action:{base}")
        for ending in _ACTIONS:
            base = form[: len(form) - len(ending)]
            if (
                form.endswith(ending)
                and len(base) >= 4
                and not form.endswith(("er", "ir", "re", "ant", "eur"))
            ):
                offers.add(f"action:{base}")
                seeks.add(f"verb:{base}")
        offers.add(f"noun:{form}")
        for ending in _RELATIONAL:
            base = form[: -len(ending)]
            if form.endswith(ending) and len(base) >= 4:
                seeks |= {f"noun:{base + more}" for more in _NOUN_ENDINGS[ending]}
        for relative in _RELATIVES.get(form, ()):
            offers.add(relative)
            seeks.add(relative)
        seeks |= {f"adjective:{form}"}
        offers |= {f"adjective:{noun[5:]}" for noun in seeks if noun.startswith("noun:")}
    return offers, seeks


_NOUN_ENDINGS = {
    "ementaire": ("ement",), "emental": ("ement",), "ionnaire": ("ion",), "ionnel": ("ion",), "iaire": ("ie", "e", ""),
    "ique": ("ie", "e", "", "isme", "ique"), "aire": ("e", "", "ite"), "ial": ("e", "", "ie"), "iel": ("e", "", "ie"),
    "al": ("e", "", "us"), "el": ("e", ""), "eux": ("e", "", "ion"), "if": ("e", "", "ion"),
}  # fmt: skip


def _singulars(word: str) -> list[str]:
    if word.endswith("eaux"):
        return [word[:-1]]
    if word.endswith("aux"):
        return [word[:-3] + "al", word[:-3] + "ail"]
    if len(word) > 3 and word[-1] in "sx":
        return [word[:-1]]
    return []


def _agents(word: str) -> set[str]:
    """The masculine of a woman's trade, which dictionaries list apart: traductrices → traducteur."""
    stem = word.rstrip("s")
    for feminine, masculine in (
        ("trice", "teur"),
        ("euse", "eur"),
        ("iere", "ier"),
        ("ienne", "ien"),
        ("ante", "ant"),
        ("ente", "ent"),
        ("ée", "é"),
        ("ière", "ier"),
    ):
        if stem.endswith(feminine) and len(stem) - len(feminine) >= 3:
            return {stem[: -len(feminine)] + masculine}
    return set()


def _masculines(word: str) -> set[str]:
    stems = {word[: -len(end)] + masculine for end, masculine in _FEMININE if word.endswith(end)}
    bare = word.rstrip("s")
    if bare.endswith("e") and len(bare) > 4:
        stems.add(bare[:-1])
    stems.add(bare)
    return stems


@lru_cache(maxsize=65536)
def _base(form: str) -> str:
    """What is left of a form when derivational endings are off: communautaire, communauté → communaut."""
    while True:
        for suffix in _SUFFIXES:
            if form.endswith(suffix) and len(form) - len(suffix) >= 4:
                form = form[: -len(suffix)]
                break
        else:
            return re.sub(r"(.)\1$", r"\1", form)


def telling(keys: Analysis) -> bool:
    """Whether the base of a word is long enough for a shared base alone to speak for a derivation."""
    return bool(keys.families) and all(len(base) >= 6 for base in keys.families)
