"""Addresses of the newsroom's pages about publishing, under /desk/."""

from django.urls import path

from . import desk_views, destination_views, readers_views, term_views

urlpatterns = [
    path("articles/<int:pk>/publish", desk_views.publishing, name="publishing"),
    path("articles/<int:pk>/publish/<str:locale>/<slug:name>", desk_views.step, name="publishing-step"),
    path("articles/<int:pk>/preview/<str:locale>", desk_views.preview, name="publishing-preview"),
    path("terms/<int:pk>/usage", term_views.term_usage, name="term-usage"),
    path("terms/<int:pk>/reach", term_views.term_reach, name="term-reach"),
    path("readers/", readers_views.satisfaction, name="readers"),
    path("destinations/", destination_views.destinations, name="destinations"),
    path("destinations/new", destination_views.destination, name="new-destination"),
    path("destinations/<int:pk>", destination_views.destination, name="destination"),
    path("deliveries/<int:pk>/retry", destination_views.retry, name="delivery-retry"),
    path("editions/<int:pk>/send", destination_views.send, name="edition-send"),
]
