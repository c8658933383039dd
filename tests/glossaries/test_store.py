"""The termbase in the database: imported, changed with a log, compiled anew, given out again unchanged."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from glossaries import exchange, formats
from glossaries.decisions import AlreadyThere, approve, propose, refuse
from glossaries.models import Change, Concept, Glossary, Status, Term
from glossaries.store import SHIPPED, load_shipped
from glossaries.termbase import MOST_KEPT, _shelf, compiled, domains
from workflow.accounts.models import User

pytestmark = pytest.mark.django_db

COLUMNS = (
    "concept_id,domain,definition_en,en,en_variants,pos,fr,fr_admitted,fr_forbidden,ar,ar_admitted,ar_forbidden,"
    "mode,case_sensitive,note\n"
)
ROWS = """\
t-1,test,,heritage,,noun,patrimoine,,héritage,تراث,,إرث,inflecting,no,
t-2,test,,,,noun,erreur,,,خطأ,,,inflecting,no,
t-3,test,,work plan,,noun,plan de travail,,,خطة عمل,,,inflecting,no,
"""
CSV = COLUMNS + ROWS


@pytest.fixture
def glossary(db: None) -> Glossary:
    exchange.bring_in("test.csv", CSV.encode(), "test")
    return Glossary.objects.get(name="test")


def test_a_dry_run_stores_nothing_and_names_the_bad_row(db: None) -> None:
    report = exchange.bring_in("test.csv", CSV.encode(), "test", dry_run=True)
    assert (report.concepts, report.stored) == (2, None)
    assert [error.line for error in report.errors] == [3]
    assert not Concept.objects.exists()


def test_all_or_nothing_stores_nothing_when_a_row_is_bad(db: None) -> None:
    exchange.bring_in("test.csv", CSV.encode(), "test", all_or_nothing=True)
    assert not Concept.objects.exists()


def test_the_same_file_again_changes_nothing(glossary: Glossary) -> None:
    report = exchange.bring_in("test.csv", CSV.encode(), "test")
    assert report.stored is not None
    assert (report.stored.added, report.stored.changed, report.stored.unchanged) == (0, 0, 2)
    assert Change.objects.count() == 1


def test_a_change_is_logged_and_the_compiled_termbase_follows(glossary: Glossary) -> None:
    before = compiled("fr").check("Our heritage.", "Notre héritage.")
    assert [use.status for use in before] == ["forbidden"]
    exchange.bring_in("test.csv", CSV.replace("héritage", "").encode(), "test")
    glossary.refresh_from_db()
    assert glossary.version == 3
    assert [use.status for use in compiled("fr").check("Our heritage.", "Notre héritage.")] == ["missing"]


DOMAINS = """\
c-1,Biology,,cell,,noun,cellule,,,خلية,,,inflecting,no,
c-2,prisons,,cell,,noun,cachot,,,زنزانة,,,inflecting,no,
c-3,,,heritage,,noun,patrimoine,,,تراث,,,inflecting,no,
"""


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("Biology", {"cellule", "patrimoine"}),
        ("biology ", {"cellule", "patrimoine"}),
        ("prisons", {"cachot", "patrimoine"}),
        ("", {"cellule", "cachot", "patrimoine"}),
        ("cooking", {"cellule", "cachot", "patrimoine"}),
    ],
)
def test_a_domain_has_its_own_terms_and_the_general_ones(db: None, domain: str, expected: set[str]) -> None:
    exchange.bring_in("test.csv", (COLUMNS + DOMAINS).encode(), "test")
    assert domains() == ["Biology", "prisons"]
    uses = compiled("fr", domain).check("A cell of our heritage.", "Rien.")
    assert {term for use in uses for term in use.expected} == expected


def test_a_domain_is_compiled_once_a_version_and_few_are_kept(db: None) -> None:
    exchange.bring_in("test.csv", (COLUMNS + DOMAINS).encode(), "test")
    biology = compiled("fr", "biology")
    assert compiled("fr", "Biology") is biology
    assert compiled("fr", "no such domain") is compiled("fr")
    for number in range(MOST_KEPT + 3):
        row = f"d-{number},domain {number},,word,,noun,mot,,,كلمة,,,inflecting,no,\n"
        exchange.bring_in("more.csv", (COLUMNS + row).encode(), "more")
    first = compiled("fr", "biology")
    assert first is not biology
    for number in range(MOST_KEPT + 3):
        compiled("fr", f"domain {number}")
    assert len(_shelf.termbases) == MOST_KEPT
    assert compiled("fr", "biology") is not first


@pytest.mark.parametrize("form", exchange.MEDIA_TYPES)
def test_every_form_gives_back_what_was_brought_in(glossary: Glossary, form: str) -> None:
    data = exchange.export(form, "test")
    concepts, errors = formats.read(f"back.{form}", data)
    assert not errors
    assert exchange.bring_in(f"back.{form}", data, "test").stored is not None
    assert Change.objects.count() == 1, "the round trip changed something"
    assert [concept.id for concept in concepts] == ["t-1", "t-3"]


def test_a_proposal_counts_only_once_it_is_approved(glossary: Glossary, amina: User) -> None:
    term = propose("heritage", "fr", "biens culturels", by=amina)
    assert term.status == Status.PROPOSED
    missing = compiled("fr").check("Our heritage.", "Nos biens culturels.")
    assert [use.status for use in missing] == ["missing"]
    approve(term, Status.ADMITTED, by=amina)
    assert [use.status for use in compiled("fr").check("Our heritage.", "Nos biens culturels.")] == ["ok"]


def test_a_term_is_proposed_once(glossary: Glossary, amina: User) -> None:
    propose("heritage", "fr", "biens culturels", by=amina)
    with pytest.raises(AlreadyThere):
        propose("Heritage", "fr", "biens  culturels", by=amina)


def test_a_refused_proposal_of_a_new_concept_leaves_nothing_but_the_log(amina: User) -> None:
    term = propose("ghostwriter", "fr", "prête-plume", by=amina)
    refuse(term, by=amina)
    assert not Concept.objects.exists()
    assert Change.objects.filter(what__contains="refused").exists()


def test_the_shipped_glossaries_come_once_and_whole(db: None) -> None:
    load_shipped()
    assert Glossary.objects.count() == len(list(SHIPPED.glob("*.csv")))
    Term.objects.filter(text="patrimoine culturel").update(text="changed by a terminologist")
    load_shipped()
    assert not Term.objects.filter(text="patrimoine culturel", locale="fr").exists()


def test_the_command_line_imports_and_exports(tmp_path: Path, db: None) -> None:
    source = tmp_path / "test.csv"
    source.write_text(CSV)
    with pytest.raises(SystemExit):
        call_command("terms", "import", str(source))
    assert Concept.objects.count() == 2
    call_command("terms", "export", str(tmp_path / "out.tbx"))
    assert b"patrimoine" in (tmp_path / "out.tbx").read_bytes()
    with pytest.raises(CommandError):
        call_command("terms", "export", str(tmp_path / "out.doc"))
