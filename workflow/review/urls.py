"""The addresses of the review room, under /desk/."""

from django.urls import path

from .views import comments, desk, exchange, figures, search, units, work

urlpatterns = [
    path("", work.my_work, name="work"),
    path("board/", work.board, name="board"),
    path("board/assign", work.bulk_assign, name="bulk-assign"),
    path("articles/<int:pk>/", work.article, name="article"),
    path("articles/<int:pk>/people", work.people, name="article-people"),
    path("translations/<int:pk>/", desk.desk, name="desk"),
    path("translations/<int:pk>/progress", desk.progress, name="progress"),
    path("translations/<int:pk>/export.<str:form>", exchange.export, name="export"),
    path("translations/<int:pk>/import", exchange.bring_in, name="import"),
    path("translations/<int:pk>/<slug:name>", desk.step, name="step"),
    path("units/<int:pk>/", units.state, name="unit"),
    path("units/<int:pk>/save", units.save, name="unit-save"),
    path("units/<int:pk>/unconfirm", units.take_back, name="unit-unconfirm"),
    path("units/<int:pk>/accept", units.accept, name="unit-accept"),
    path("units/<int:pk>/check", units.check, name="unit-check"),
    path("units/<int:pk>/draft-again", units.draft_again, name="unit-draft-again"),
    path("units/<int:pk>/alternatives", units.alternatives, name="unit-alternatives"),
    path("units/<int:pk>/alternatives/ask", units.ask_alternatives, name="unit-ask-alternatives"),
    path("units/<int:pk>/matches", units.matches, name="unit-matches"),
    path("units/<int:pk>/history", units.history, name="unit-history"),
    path("units/<int:pk>/comment", units.comment, name="unit-comment"),
    path("comments/<int:pk>/settle", comments.settle, name="comment-settle"),
    path("figures/", figures.overview, name="figures"),
    path("figures/post-edited.<str:form>", figures.pairs, name="post-edited"),
    path("concordance", search.concordance, name="concordance"),
]
