"""What editions made by earlier versions are given on the way up."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

BEFORE = ("publishing", "0004_seal_passwords")
AFTER = ("publishing", "0005_corrections_and_feed_ids")


@pytest.mark.django_db(transaction=True)
def test_feeds_go_on_naming_earlier_articles_by_their_address() -> None:
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    apps = executor.migrate([BEFORE]).apps
    article = apps.get_model("articles", "Article").objects.create(title="A")
    revision = apps.get_model("articles", "Revision").objects.create(
        article=article, number=1, title="A", html=""
    )
    for number, slug in enumerate(("a", "b c"), start=1):
        apps.get_model("publishing", "Edition").objects.create(
            article=article, locale="en", revision=revision, number=number, slug=slug, title="A", html="",
            correction="Sorry." if number == 2 else "", live=number == 2, published_at=timezone.now(),
        )  # fmt: skip
    executor = MigrationExecutor(connection)
    Edition = executor.migrate([AFTER]).apps.get_model("publishing", "Edition")
    assert set(Edition.objects.values_list("feed_id", flat=True)) == {"https://news.example/en/b%20c"}
    second = Edition.objects.get(number=2)
    assert second.corrected_at == second.issued_at
    assert Edition.objects.get(number=1).corrected_at is None
    MigrationExecutor(connection).migrate(latest)
