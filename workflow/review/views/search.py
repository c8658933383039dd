"""Concordance: how a word was translated before."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse

from workflow.drafting import memory


@login_required
def concordance(request: HttpRequest) -> JsonResponse:
    """Confirmed pairs that contain `q` in source or target, for `locale`, newest first."""
    words = request.GET.get("q", "").strip()[:200]
    found = memory.concordance(words, request.GET.get("locale", "")) if len(words) > 1 else []
    return JsonResponse(
        {
            "entries": [
                {
                    "source": entry.source,
                    "target": entry.target,
                    "article": entry.article.title if entry.article else "",
                }
                for entry in found
            ]
        }
    )
