"""Version 1 of the API, put together; documented at /api/v1/docs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Swagger
from ninja.openapi.schema import OpenAPISchema

from workflow.security import POLICY

from . import articles, hooks, problems, terms, texts, translations


class DeskAPI(NinjaAPI):
    """Says in its OpenAPI document that errors come as problem+json."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in response.get("content", {}):
                        response["content"] = {problems.MEDIA_TYPE: response["content"]["application/json"]}
        return schema


class DocumentPage(Swagger):
    """The readable document. The icons in its style sheet are `data:` addresses, which other pages forbid."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **path: Any) -> HttpResponse:
        response = super().render_page(request, api, **path)
        response["Content-Security-Policy"] = POLICY.replace("img-src 'self'", "img-src 'self' data:")
        return response


api = DeskAPI(
    title="Translation desk",
    version="1",
    description="Articles in, drafts and editions out. Send `Authorization: Bearer desk_…`; "
    "writes take an `Idempotency-Key`; errors are problem+json (RFC 9457).",
    urls_namespace="api-v1",
    # The badge of a validator elsewhere would tell it where we are.
    docs=DocumentPage(settings={"validatorUrl": None, "defaultModelsExpandDepth": 0}),
)
problems.register(api)
api.add_decorator(problems.takes_its_media_type, mode="view")
api.add_router("/articles", articles.router)
api.add_router("/translations", translations.router)
api.add_router("/translations", texts.router)
api.add_router("/terms", terms.router)
api.add_router("/webhooks", hooks.router)
