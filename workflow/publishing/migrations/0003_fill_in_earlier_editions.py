"""Editions made before 0002 get what they did not keep: when they were issued, their beginning, search text."""

from django.db import migrations

from workflow.publishing.body import take_apart
from workflow.publishing.folding import search_text


def fill_in(apps, schema_editor):
    Edition = apps.get_model("publishing", "Edition")
    for edition in Edition.objects.filter(search_text="").iterator(chunk_size=100):
        body = take_apart(edition.html)
        edition.issued_at = edition.published_at
        edition.lead = body.lead
        edition.search_text = search_text(edition.title, body.plain)
        edition.save(update_fields=["issued_at", "lead", "search_text"])


class Migration(migrations.Migration):
    dependencies = [("publishing", "0002_readers_and_destinations")]
    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
