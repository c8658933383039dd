"""Version 1 of the API, put together; documented at /api/v1/docs."""

from ninja import NinjaAPI

from . import articles, hooks, problems, terms, translations

api = NinjaAPI(
    title="Translation desk",
    version="1",
    description="Articles in, drafts and editions out. Send `Authorization: Bearer desk_…`; "
    "writes take an `Idempotency-Key`; errors are problem+json (RFC 9457).",
    urls_namespace="api-v1",
)
problems.register(api)
api.add_router("/articles", articles.router)
api.add_router("/translations", translations.router)
api.add_router("/terms", terms.router)
api.add_router("/webhooks", hooks.router)
