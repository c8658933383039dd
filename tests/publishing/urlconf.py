"""The addresses of publishing alone, with the sign-in its pages lead to."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("desk/", include("workflow.publishing.desk_urls")),
    path("", include("workflow.publishing.urls")),
]
handler404 = "workflow.publishing.site.not_found"
