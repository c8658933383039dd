"""The product's addresses, with the readers' 404 page."""

from workflow.urls import urlpatterns

__all__ = ["handler404", "urlpatterns"]

handler404 = "workflow.publishing.site.not_found"
