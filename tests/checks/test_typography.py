"""Typography set on drafts: what the checks ask for, and nothing twice."""

import pytest

from workflow.checks import punctuation
from workflow.checks.typography import set_type


@pytest.mark.parametrize(
    ("locale", "text", "wanted"),
    [
        ("fr", 'Il dit : "Oui" ; 5 % ?', "Il dit\u00a0: «\u00a0Oui\u00a0»\u202f; 5\u00a0%\u202f?"),
        ("fr", "<1>Oui</1> : « non »", "<1>Oui</1>\u00a0: «\u00a0non\u00a0»"),
        ("fr", "https://example.org/a?b", "https://example.org/a?b"),
        ("ar", "هل <1>صمد</1>? نعم, صمد; 1,200", "هل <1>صمد</1>؟ نعم، صمد؛ 1,200"),
        ("de", 'So ist "es" ?', 'So ist "es" ?'),
    ],
)
def test_it_sets_the_marks_of_the_locale(locale, text, wanted):
    assert set_type(text, locale) == wanted
    assert set_type(wanted, locale) == wanted
    assert not [
        f for f in punctuation.check("x", wanted, locale) if f.check in ("french_space", "latin_mark")
    ]
