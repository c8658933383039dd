"""The address of the engines' page, under /desk/engines/."""

from django.urls import path

from . import views

urlpatterns = [path("", views.engines, name="engines")]
