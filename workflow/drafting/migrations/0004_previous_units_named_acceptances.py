import django.db.models.deletion
from django.db import migrations, models


def name_acceptances(apps, schema_editor):
    """An acceptance named a check and the text; now it names each finding, and the source it was given for."""
    units = apps.get_model("drafting", "TranslationUnit").objects.exclude(overrides=[])
    for unit in units.select_related("segment").only("overrides", "findings", "target", "segment__text_hash"):
        unit.overrides = [
            {**override, "params": params, "source": unit.segment.text_hash}
            for override in unit.overrides
            for params in (
                [found["params"] for found in unit.findings if found["check"] == override["check"]]
                if override["target"] == unit.target
                else [{}]
            )
        ]
        unit.save(update_fields=["overrides"])


class Migration(migrations.Migration):

    dependencies = [
        ("drafting", "0003_assignment_rule_and_source_transitions"),
    ]

    operations = [
        migrations.AddField(
            model_name="translationunit",
            name="previous",
            field=models.ForeignKey(
                blank=True,
                help_text="The unit of the revision before that this one goes on from.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="drafting.translationunit",
            ),
        ),
        migrations.RunPython(name_acceptances, migrations.RunPython.noop),
    ]
