"""The addresses of publishing, with those every page of the desk links to."""

from django.urls import include, path

from workflow.accounts.views import set_language

urlpatterns = [
    path("i18n/setlang/", set_language, name="set_language"),
    path("accounts/", include("allauth.account.urls")),
    path("desk/", include("workflow.accounts.urls")),
    path("desk/", include("workflow.publishing.desk_urls")),
    path("", include("workflow.publishing.urls")),
]
handler404 = "workflow.publishing.site.not_found"
