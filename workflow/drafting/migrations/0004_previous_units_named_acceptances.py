import django.db.models.deletion
from django.db import migrations, models


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
    ]
