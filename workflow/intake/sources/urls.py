"""The addresses of sources, under /desk/sources/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.sources, name="sources"),
    path("new/", views.edit, name="new-source"),
    path("<int:pk>/", views.source, name="source"),
    path("<int:pk>/edit/", views.edit, name="edit-source"),
    path("<int:pk>/look/", views.look, name="look-at-source"),
    path("items/<int:pk>/accept/", views.accept, name="accept-item"),
    path("items/<int:pk>/retry/", views.retry, name="retry-item"),
    path("items/<int:pk>/dismiss/", views.dismiss, name="dismiss-item"),
]
