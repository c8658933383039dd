"""Who may see an article: everybody, or only the people named on it."""

from collections.abc import Collection

from django.db import transaction

from workflow.accounts.access import may_edit_newsroom, require
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import Translation


def name_people(article: Article, people: Collection[User], *, restricted: bool, by: User) -> None:
    """Says who is named on the article, and whether only they may see it.

    Its submitter sees it always. So does whoever restricts it: nobody locks oneself out by mistake. A
    translation does not stay with somebody who may not open it any more.

    Raises:
        PermissionDenied: the person is no editor, or may not see the article.
    """
    require(may_edit_newsroom(by, article))
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        locked.restricted = article.restricted = restricted
        locked.save(update_fields=["restricted"])
        named = {person.pk for person in people}
        if restricted and by.pk != locked.submitted_by_id:
            named.add(by.pk)
        locked.people.set(named)
        if restricted:
            held = Translation.objects.filter(article=locked, assignee__isnull=False)
            held.exclude(assignee__in=named | {locked.submitted_by_id}).update(
                assignee=None, claim_expires=None, assignment_reason=""
            )
