"""Every address of the product. Readers' pages are at the root, the newsroom's under /desk/."""

from django.urls import include, path

from workflow.accounts import views as accounts
from workflow.api.v1 import api

from . import health

handler404 = "workflow.publishing.site.not_found"

urlpatterns = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("", include("django_prometheus.urls")),
    path("i18n/setlang/", accounts.set_language, name="set_language"),
    path("accounts/", include("allauth.account.urls")),
    path("api/v1/", api.urls),
    path("desk/", include("workflow.accounts.urls")),
    path("desk/", include("workflow.review.urls")),
    path("desk/", include("workflow.publishing.desk_urls")),
    path("desk/tokens/", include("workflow.api.desk_urls")),
    path("desk/engines/", include("workflow.drafting.urls")),
    path("desk/sources/", include("workflow.intake.sources.urls")),
    path("desk/submit/", include("workflow.intake.urls")),
    path("desk/terms/", include("glossaries.urls")),
    path("", include("workflow.publishing.urls")),
]
