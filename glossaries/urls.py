"""The addresses of the termbase, under /desk/terms/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.search, name="terminology"),
    path("new", views.edit, name="new-concept"),
    path("<int:pk>/", views.concept, name="concept"),
    path("<int:pk>/edit", views.edit, name="edit-concept"),
    path("propose", views.propose, name="propose-term"),
    path("proposals/", views.proposals, name="term-proposals"),
    path("proposals/<int:pk>", views.decide, name="decide-term"),
    path("import", views.bring_in, name="import-terms"),
    path("export.<str:form>", views.export, name="export-terms"),
    path("changes/", views.changes, name="term-changes"),
]
