"""Pushes editions to a WordPress site over its REST API, once each, linked as translations.

Documented at developer.wordpress.org/rest-api/reference/posts (posts, application passwords) and
polylang.pro/doc/rest-api (`lang`, `translations[xx]`). WPML reads the custom fields `_wpml_language` and
`_wpml_trid`, which the site must register for REST.
"""

import json
import time
from typing import Any
from urllib.parse import urlencode

import urllib3
from django.db import transaction

from workflow.intake import fingerprints
from workflow.intake.models import Item, Source
from workflow.outbound import NotReached, ask
from workflow.sealing import WrongKey

from .alternates import of_articles
from .destinations import DeliveryFailed, DeliveryRefused, Parcel, pack
from .models import Destination, Edition, RemoteCopy
from .whole import whole

TIMEOUT = 60.0
LARGEST_ANSWER = 4 * 1024 * 1024


def push(destination: Destination, edition: Edition) -> None:
    """Creates the post of an edition's article and locale, or updates it.

    Raises:
        DeliveryFailed, DeliveryRefused.
    """
    original = _original(destination, edition)
    if edition.locale == edition.article.source_locale and original:
        # The article came from there: the site has the English text, and keeps it as it is.
        return
    parcel = pack(edition)
    post = _post(destination, parcel, original)
    copy = RemoteCopy.objects.filter(
        destination=destination, article=edition.article, locale=edition.locale
    ).first()
    remote_id = copy.remote_id if copy else _left_behind(destination, edition)
    answer = None
    if remote_id:
        # The status stays as the site's own editors set it, unless we had withdrawn the post.
        changes = dict(post)
        if copy and not copy.address.startswith("withdrawn:"):
            changes.pop("status")
        answer = _call(destination, "POST", f"posts/{remote_id}", changes, missing_is_none=True)
    if answer is None:
        answer = _call(destination, "POST", "posts", post)
    if not isinstance(answer, dict) or "id" not in answer:
        raise DeliveryFailed(f"{destination.name}: the answer has no post id.")
    link = str(answer.get("link", ""))
    with transaction.atomic():
        RemoteCopy.objects.update_or_create(
            destination=destination,
            article=edition.article,
            locale=edition.locale,
            defaults={"remote_id": str(answer["id"]), "address": link[:800]},
        )
        # A source may read the same site: what is ours is not news.
        fingerprints.claim(edition.article, fingerprints.digests([link]))


def remove(destination: Destination, edition: Edition) -> None:
    """Takes the post of a withdrawn edition offline: it becomes a draft there, nothing is deleted.

    Raises:
        DeliveryFailed, DeliveryRefused.
    """
    copy = RemoteCopy.objects.filter(
        destination=destination, article=edition.article, locale=edition.locale
    ).first()
    if copy is None:
        return
    _call(destination, "POST", f"posts/{copy.remote_id}", {"status": "draft"}, missing_is_none=True)
    copy.address = f"withdrawn:{copy.address}"[:800]
    copy.save(update_fields=["address", "updated_at"])


def _original(destination: Destination, edition: Edition) -> int | None:
    """The post the article came from, when it came from this very site."""
    base = destination.url.rstrip("/")
    items = Item.objects.filter(article=edition.article, source__kind=Source.Kind.WORDPRESS).select_related(
        "source"
    )
    here = [item for item in items if item.source.address.split("/wp-json")[0].rstrip("/") == base]
    return next((int(item.external_id) for item in here if item.external_id.isdigit()), None)


def _post(destination: Destination, parcel: Parcel, original: int | None) -> dict[str, Any]:
    edition = parcel.edition
    live = of_articles([edition.article_id])[edition.article_id]
    post: dict[str, Any] = {
        "title": edition.title,
        "content": f"{_marker(edition)}\n{whole(edition, parcel.body, parcel.provenance, live)}",
        "excerpt": parcel.summary,
        "slug": edition.slug,
        "status": destination.status,
        "date_gmt": edition.published_at.strftime("%Y-%m-%dT%H:%M:%S"),
    }
    others = RemoteCopy.objects.filter(destination=destination, article=edition.article).exclude(
        locale=edition.locale
    )
    if destination.plugin == Destination.Plugin.POLYLANG:
        post["lang"] = edition.locale
        post["translations"] = {copy.locale: int(copy.remote_id) for copy in others}
        if original:
            post["translations"][edition.article.source_locale] = original
    elif destination.plugin == Destination.Plugin.WPML:
        post["meta"] = {"_wpml_language": edition.locale, "_wpml_trid": str(edition.article_id)}
    return post


def _left_behind(destination: Destination, edition: Edition) -> str:
    """The id of a post an earlier attempt made without living to store its id; "" when there is none."""
    found = _call(
        destination,
        "GET",
        "posts?" + urlencode({"slug": edition.slug, "status": "any", "context": "edit", "per_page": 20}),
    )
    for post in found if isinstance(found, list) else []:
        if _marker(edition) in post.get("content", {}).get("raw", ""):
            return str(post["id"])
    return ""


def _marker(edition: Edition) -> str:
    """A comment that tells our posts from others with the same slug, and from news."""
    return fingerprints.mark(edition.article_id, edition.locale)


def _call(
    destination: Destination,
    method: str,
    path: str,
    body: dict[str, Any] | None = None,
    *,
    missing_is_none: bool = False,
) -> Any:
    """One REST call; the decoded answer, or None for a post that is gone when that is allowed for."""
    address = f"{destination.url.rstrip('/')}/wp-json/wp/v2/{path}"
    try:
        credentials = f"{destination.username}:{destination.password}"
    except WrongKey as error:
        raise DeliveryRefused(f"{destination.name}: {error}") from error
    headers = urllib3.make_headers(basic_auth=credentials, user_agent="translation-desk")
    headers["Accept"] = "application/json"
    payload = None
    if body is not None:
        payload = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    try:
        # A redirect is not followed: it would carry the password, or turn a POST into a GET. An address
        # that moved is a setting to mend.
        with ask(method, address, end=time.monotonic() + TIMEOUT, headers=headers, body=payload) as response:
            data = response.read(LARGEST_ANSWER)
    except NotReached as error:
        said = f"{destination.name} cannot be reached: {error}"
        raise (DeliveryRefused if error.for_good else DeliveryFailed)(said) from error
    if missing_is_none and response.status in (404, 410):
        return None
    if response.status >= 500 or response.status in (408, 425, 429):
        raise DeliveryFailed(f"{destination.name} answered {response.status}{_reason(data)}.")
    if response.status >= 300:
        raise DeliveryRefused(f"{destination.name} answered {response.status}{_reason(data)}.")
    try:
        return json.loads(data)
    except ValueError as error:
        raise DeliveryFailed(f"{destination.name} did not answer in JSON.") from error


def _reason(data: bytes) -> str:
    """What WordPress says is wrong: its error objects have a `code` and a `message`."""
    try:
        answer = json.loads(data)
        return f": {answer['message']} ({answer['code']})"[:300]
    except (ValueError, KeyError, TypeError):
        return ""
