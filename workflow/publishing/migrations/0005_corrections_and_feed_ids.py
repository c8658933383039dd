"""A correction keeps its date, an entry of a feed its id; a planned publication tells “keep” from “nothing”."""

from urllib.parse import quote

from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def fill_in(apps, schema_editor):
    Edition = apps.get_model("publishing", "Edition")
    Edition.objects.exclude(correction="").update(corrected_at=F("issued_at"))
    # Feeds have named an article by its address till now; readers' programs know the live one by that.
    ids = {}
    editions = Edition.objects.order_by("number").values_list("article_id", "locale", "slug")
    for article, locale, slug in editions.iterator():
        ids[article, locale] = settings.PUBLIC_URL + quote(f"/{locale}/{slug}", safe="/-._~%")
    for (article, locale), feed_id in ids.items():
        Edition.objects.filter(article=article, locale=locale).update(feed_id=feed_id)
    # An empty field of a planned publication has meant "as it was".
    ScheduledPublication = apps.get_model("publishing", "ScheduledPublication")
    for name in ("summary", "social_title", "correction"):
        ScheduledPublication.objects.filter(**{name: ""}).update(**{name: None})


def empty_again(apps, schema_editor):
    ScheduledPublication = apps.get_model("publishing", "ScheduledPublication")
    for name in ("summary", "social_title", "correction"):
        ScheduledPublication.objects.filter(**{name: None}).update(**{name: ""})


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_seal_passwords")]

    operations = [
        migrations.AddField("edition", "corrected_at", models.DateTimeField(null=True, blank=True, help_text="When the correction was first shown.")),
        migrations.AddField("edition", "feed_id", models.CharField(max_length=2000, blank=True, default="", help_text="Of the entry in feeds: the same for every edition of the text."), preserve_default=False),
        migrations.AlterField("scheduledpublication", "summary", models.CharField(max_length=500, blank=True, null=True)),
        migrations.AlterField("scheduledpublication", "social_title", models.CharField(max_length=200, blank=True, null=True)),
        migrations.AlterField("scheduledpublication", "correction", models.TextField(blank=True, null=True)),
        migrations.RunPython(fill_in, empty_again),
    ]
