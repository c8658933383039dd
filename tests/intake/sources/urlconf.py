"""The addresses of the product, and those of sources."""

from django.urls import include, path

from workflow.urls import urlpatterns as product

urlpatterns = [path("desk/sources/", include("workflow.intake.sources.urls")), *product]
