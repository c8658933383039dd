"""The addresses of intake, under /desk/submit/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.submit_form, name="submit"),
    path("<int:pk>/", views.revise_form, name="revise"),
    path("pictures/<int:pk>/again", views.picture_again, name="picture-again"),
]
