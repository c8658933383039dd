"""The addresses about people, under /desk/."""

from django.urls import path

from . import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("notices/", views.notices, name="notices"),
    path("people/", views.people, name="administration"),
    path("people/new", views.person, name="new-person"),
    path("people/<int:pk>/", views.person, name="person"),
]
