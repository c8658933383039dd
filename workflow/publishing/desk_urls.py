"""Addresses of the editors' pages about publishing, under /desk/."""

urlpatterns: list = []
