"""The address of the tokens' page, under /desk/tokens/."""

from django.urls import path

from . import desk_views

urlpatterns = [
    path("", desk_views.tokens, name="tokens"),
    path("<int:pk>/revoke", desk_views.revoke, name="revoke-token"),
]
