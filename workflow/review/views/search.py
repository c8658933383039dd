"""Concordance: how a word was translated before."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse

from workflow.articles import codes
from workflow.drafting import memory


@login_required
def concordance(request: HttpRequest) -> JsonResponse:
    """Confirmed pairs that contain `q` in source or target, for `locale`, newest first; without codes."""
    words = request.GET.get("q", "").strip()[:200]
    found = memory.concordance(words, request.GET.get("locale", "")) if len(words) > 1 else []
    return JsonResponse(
        {
            "entries": [
                {
                    "source": codes.plain(entry.source),
                    "target": codes.plain(entry.target),
                    "article": entry.article.title if entry.article else "",
                }
                for entry in found
            ]
        }
    )
