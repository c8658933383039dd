"""A stand-in for a WordPress site: its posts over REST as documented, application passwords, Polylang Pro.

Follows developer.wordpress.org/rest-api/reference/posts and polylang.pro/doc/rest-api: arguments as JSON
or in the query, error objects {code, message, data: {status}}, `rendered` and (in edit context) `raw`
fields, slugs made unique by WordPress, translations linked from both sides.
"""

import base64
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

STATUSES = ("publish", "future", "draft", "pending", "private")
WRITABLE = {"title", "content", "excerpt", "slug", "status", "date_gmt", "lang", "translations", "meta"}


@dataclass
class WordPress:
    """What the site holds, and what happened to it. `fail_next` are statuses to answer with first;
    `forget_next` makes the next creation succeed while its answer never arrives."""

    username: str = "desk"
    password: str = "abcd EFGH 1234 ijkl MNOP 6789"
    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    fail_next: list[int] = field(default_factory=list)
    forget_next: bool = False
    polylang: bool = True
    address: str = ""

    def create(self, given: dict[str, Any]) -> dict[str, Any]:
        number = max(self.posts, default=40) + 1
        post = {"id": number, "status": "draft", "lang": "en", "translations": {}, "meta": {}}
        self.posts[number] = post
        return self.change(post, given)

    def change(self, post: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        translations = given.get("translations", {})
        post.update({k: v for k, v in given.items() if k in WRITABLE and k != "translations"})
        wanted, number = post.get("slug", ""), 1
        while any(o is not post and o.get("slug") == post["slug"] for o in self.posts.values()):
            number += 1
            post["slug"] = f"{wanted}-{number}"
        if self.polylang and given.keys() & {"lang", "translations"}:
            group = {post["lang"]: post["id"], **translations}
            for other in translations.values():
                group |= self.posts[other]["translations"]
            for member in group.values():
                self.posts[member]["translations"] = group
        return post

    def shown(self, post: dict[str, Any], edit: bool) -> dict[str, Any]:
        def text(name: str) -> dict[str, str]:
            value = post.get(name, "")
            return {"rendered": value, "raw": value} if edit else {"rendered": value}

        kept = (
            "id",
            "status",
            "slug",
            "date_gmt",
            "meta",
            *(("lang", "translations") if self.polylang else ()),
        )
        return {
            **{name: post.get(name) for name in kept},
            **{name: text(name) for name in ("title", "content", "excerpt")},
            "type": "post",
            "link": f"{self.address}/{post['lang']}/{post.get('slug', '')}/",
        }


def serve(site: WordPress) -> ThreadingHTTPServer:
    """Starts the site on a free port of this machine; the caller shuts it down."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer()

        do_POST = do_GET

        def answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(size)
            url = urlsplit(self.path)
            site.requests.append((self.command, unquote(self.path)))
            if site.fail_next:
                status = site.fail_next.pop(0)
                return self.error(status, "rest_failure", "Something is wrong here.")
            expected = base64.b64encode(f"{site.username}:{site.password}".encode()).decode()
            if self.headers.get("Authorization") != f"Basic {expected}":
                return self.error(401, "rest_cannot_create", "Sorry, you are not allowed to do that.")
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            match = re.fullmatch(r"/wp-json/wp/v2/posts(?:/(\d+))?", url.path)
            if match is None:
                return self.error(404, "rest_no_route", "No route was found matching the URL.")
            if self.command == "GET":
                found = [p for p in site.posts.values() if p.get("slug") == query.get("slug", p.get("slug"))]
                if query.get("status", "publish") != "any":
                    found = [post for post in found if post["status"] == query.get("status", "publish")]
                return self.send(200, [site.shown(p, query.get("context") == "edit") for p in found])
            try:
                given = {**query, **json.loads(body or b"{}")}
            except ValueError:
                return self.error(400, "rest_invalid_json", "Invalid JSON body passed.")
            if given.get("status", "draft") not in STATUSES:
                return self.error(400, "rest_invalid_param", "Invalid parameter(s): status")
            if match[1] is None:
                post = site.create(given)
                if site.forget_next:
                    site.forget_next = False
                    self.close_connection = True
                    return None
                return self.send(201, site.shown(post, edit=True))
            if int(match[1]) not in site.posts:
                return self.error(404, "rest_post_invalid_id", "Invalid post ID.")
            return self.send(200, site.shown(site.change(site.posts[int(match[1])], given), edit=True))

        def error(self, status: int, code: str, message: str) -> None:
            self.send(status, {"code": code, "message": message, "data": {"status": status}})

        def send(self, status: int, data: object) -> None:
            payload = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(payload)))
            if status in (301, 302):
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
