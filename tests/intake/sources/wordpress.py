"""A stand-in for the posts of a WordPress site, read only, as developer.wordpress.org documents them:
paging with X-WP-Total and X-WP-TotalPages, `modified_after`, `after`, `_embed`, `_fields`, `lang` (Polylang)."""

import json
import math
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .web import Page

NOT_FOUND = {"code": "rest_no_route", "message": "No route was found.", "data": {"status": 404}}


@dataclass
class WordPress:
    """The posts of the site; `before_page` may change them while somebody reads."""

    address: str
    posts: list[dict[str, Any]] = field(default_factory=list)
    before_page: dict[int, Any] = field(default_factory=dict)

    def write(self, number: int, title: str, content: str, modified: str, **more: Any) -> dict[str, Any]:
        """Publishes a post, or changes the one with this number."""
        self.posts = [post for post in self.posts if post["id"] != number]
        post = {
            "id": number,
            "date_gmt": more.pop("date_gmt", modified),
            "modified_gmt": modified,
            "status": "publish",
            "type": "post",
            "link": f"{self.address}/news/{number}/",
            "title": {"rendered": title},
            "content": {"rendered": content, "protected": more.pop("protected", False)},
            "lang": "en",
            "author": 1,
            "featured_media": 0,
            "_links": {},
            "_embedded": {"author": [{"id": 1, "name": "Sara Haddad"}]},
            **more,
        }
        self.posts.append(post)
        return post

    def answer(self, path: str, headers: dict[str, str]) -> Page:
        """What GET /wp-json/wp/v2/posts answers."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        page, per_page = int(query.get("page", 1)), int(query.get("per_page", 10))
        if not 1 <= per_page <= 100:
            return _json({"code": "rest_invalid_param", "data": {"status": 400}}, 400)
        if page in self.before_page:
            self.before_page.pop(page)()
        found = [post for post in self.posts if post["status"] == query.get("status", "publish")]
        if "modified_after" in query:
            found = [post for post in found if post["modified_gmt"] > query["modified_after"].rstrip("Z")]
        if "after" in query:
            found = [post for post in found if post["date_gmt"] > query["after"].rstrip("Z")]
        if "lang" in query:
            found = [post for post in found if post["lang"] == query["lang"]]
        key = {"modified": "modified_gmt"}.get(query.get("orderby", ""), "date_gmt")
        found.sort(key=lambda post: (post[key], post["id"]), reverse=query.get("order", "desc") == "desc")
        pages = math.ceil(len(found) / per_page)
        if page > max(pages, 1):
            return _json({"code": "rest_post_invalid_page_number", "data": {"status": 400}}, 400)
        wanted = query["_fields"].split(",") if "_fields" in query else None
        shown = [
            {
                name: value
                for name, value in post.items()
                if (wanted is None or name in wanted) and (name != "_embedded" or "_embed" in query)
            }
            for post in found[(page - 1) * per_page : page * per_page]
        ]
        answer = _json(shown)
        answer.headers = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)}
        return answer


def media(address: str, alt: str, caption: str) -> dict[str, Any]:
    """A featured picture as `_embed` shows it."""
    return {
        "author": [{"id": 1, "name": "Sara Haddad"}],
        "wp:featuredmedia": [
            {"id": 9, "source_url": address, "alt_text": alt, "caption": {"rendered": f"<p>{caption}</p>\n"}}
        ],
    }


def _json(value: Any, status: int = 200) -> Page:
    return Page(json.dumps(value).encode(), status, "application/json; charset=UTF-8")
