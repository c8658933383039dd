"""Addresses of the public site. Everything under a locale that is nothing else is an article's slug."""

from django.urls import path, re_path, register_converter

from . import archive, feedback_views, locales, media, site, syndication


class LocaleConverter:
    """One of the site's locales."""

    regex = "|".join(sorted(locales.codes(), key=len, reverse=True))

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LocaleConverter, "locale")

urlpatterns = [
    path("", site.choose_language),
    path("sitemap.xml", syndication.sitemap),
    path("robots.txt", syndication.robots),
    re_path(r"^media/(?P<digest>[0-9a-f]{64})\.(?P<extension>[a-z]{3,4})$", media.picture),
    path("<locale:locale>/", site.home),
    path("<locale:locale>", site.home_without_slash),
    path("<locale:locale>/feed.atom", syndication.feed),
    path("<locale:locale>/search", site.search_page),
    path("<locale:locale>/about-translation", site.about),
    path("<locale:locale>/archive/", archive.index),
    path("<locale:locale>/archive/<int:year>/<int:month>/", archive.month_page),
    path("<locale:locale>/archive/<int:year>/<int:month>/<int:page>/", archive.month_page),
    path("<locale:locale>/feedback/<int:edition_id>", feedback_views.feedback),
    path("<locale:locale>/<str:slug>", site.article),
    path("<locale:locale>/<str:slug>/", site.article_with_slash),
    path("<locale:locale>/<path:rest>", site.nothing_there),
]
