"""The pictures of articles, kept by the desk, so that no page ever asks another server for one.

The text of a revision never changes and keeps the address a picture came with; which file stands for it is
looked up whenever a page is made, so a picture may arrive after the text, or after its publication. One that
came inside the document gets an address made of its content: `picture:<sha256>`.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.atomic import write

from .markup import Element, parse, serialise
from .measuring import NotKept, measure
from .models import Article, Picture, PictureFile

MOST_IN_ARTICLE = 100
Files = Mapping[str, PictureFile]
_EMBEDDED = re.compile(r"data:[^,]*;base64,(.*)", re.I | re.S)
# A table keeps its shape when a picture goes out of a cell.
_MAY_BE_EMPTY = frozenset({"td", "th"})


def keep(data: bytes) -> PictureFile:
    """Keeps the bytes of a picture; the same bytes are the same file, however often they come.

    Raises:
        NotKept: it is no picture that is kept, with the reason.
        OSError: the disk does not take it.
    """
    measured = measure(data)
    file = PictureFile(
        digest=hashlib.sha256(data).hexdigest(),
        extension=measured.extension,
        media_type=measured.media_type,
        width=measured.width,
        height=measured.height,
        size=len(data),
    )
    # The file before the row: a row without its file would be a promise nobody can keep.
    if not (file.path.is_file() and file.path.stat().st_size == file.size):
        write(file.path, data, durable=True)
    fields = ("extension", "media_type", "width", "height", "size")
    kept, _new = PictureFile.objects.get_or_create(
        digest=file.digest, defaults={name: getattr(file, name) for name in fields}
    )
    return kept


def take_out_embedded(html: str) -> tuple[str, dict[str, str]]:
    """Keeps the pictures that came inside the text (`data:` addresses) and puts their content's address there.

    Returns the HTML and, by address, why a picture could not be kept.
    """
    if "data:" not in html:
        return html, {}
    root = parse(html)
    refused: dict[str, str] = {}
    for image in root.find(["img"]):
        embedded = _EMBEDDED.fullmatch(image.attrs.get("src", ""))
        if embedded is None:
            continue
        try:
            data = base64.b64decode(embedded[1])
        except ValueError:
            data = b""
        address = f"picture:{hashlib.sha256(data).hexdigest()}"
        image.attrs["src"] = address
        try:
            keep(data)
        except NotKept as reason:
            refused[address] = str(reason)
    return serialise(root), refused


def note(article: Article, html: str, refused: Mapping[str, str]) -> None:
    """Notes the pictures of a new text of the article; those of the web are wanted from now on.

    Args:
        refused: why pictures that came inside the text are not kept (from `take_out_embedded`).
    """
    known = article.pictures.count()
    for address in dict.fromkeys(_addresses(html)):
        row: dict[str, Any] = {
            "article": article,
            "address_digest": hashlib.sha256(address.encode()).hexdigest(),
        }
        fields: dict[str, object] = {"address": address, "due_at": timezone.now()}
        if address.startswith("picture:"):
            file = PictureFile.objects.filter(digest=address.removeprefix("picture:")).first()
            fields |= {"file": file, "state": Picture.State.KEPT if file else Picture.State.MISSING}
            fields["error"] = "" if file else refused.get(address, _("It is not here any more."))
            # Bytes that could not be kept once may come again.
            _picture, new = Picture.objects.update_or_create(**row, defaults=fields)
        else:
            if known >= MOST_IN_ARTICLE:
                most = _("An article may have %(limit)d pictures.") % {"limit": MOST_IN_ARTICLE}
                fields |= {"state": Picture.State.MISSING, "error": most}
            _picture, new = Picture.objects.get_or_create(**row, defaults={**fields, "host": _host(address)})
        known += new


def files_of(article_id: int, html: str) -> Files:
    """The files of an article's pictures by their address; asks nothing of the database where none is."""
    return files_of_articles([article_id]).get(article_id, {}) if "<img" in html else {}


def files_of_articles(articles: Iterable[int]) -> dict[int, dict[str, PictureFile]]:
    """The files of several articles' pictures: article number → address → file."""
    found: dict[int, dict[str, PictureFile]] = {}
    for picture in Picture.objects.filter(article__in=articles, file__isnull=False).select_related("file"):
        if picture.file is not None:
            found.setdefault(picture.article_id, {})[picture.address] = picture.file
    return found


def show(element: Element, files: Files) -> None:
    """Gives the pictures below an element the addresses of our own files, and their true size.

    A picture that is not here is taken out, and so is what held nothing else; a caption stays.
    """
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, Element):
            if child.tag == "img" and not _place(child, files):
                continue
            held = bool(child.children)
            show(child, files)
            if held and not child.children and child.tag not in _MAY_BE_EMPTY:
                continue
        kept.append(child)
    element.children = kept


def shown(article_id: int, html: str) -> str:
    """The HTML of a text of the article as it can be shown: with our own pictures, and no others."""
    if "<img" not in html:
        return html
    root = parse(html)
    show(root, files_of(article_id, html))
    return serialise(root)


def lacking(article: Article) -> list[tuple[Picture, str]]:
    """The pictures of the article's current text that are not here, each with its alternative text."""
    html = article.current.html if article.current else ""
    if "<img" not in html:
        return []
    said = {image.attrs.get("src", ""): image.attrs.get("alt", "") for image in parse(html).find(["img"])}
    rows = article.pictures.exclude(state=Picture.State.KEPT)
    return [(picture, said[picture.address]) for picture in rows if picture.address in said]


def uses(html: str, picture: Picture) -> bool:
    """Whether a text shows the picture."""
    return picture.address in _addresses(html)


def _place(image: Element, files: Files) -> bool:
    """Makes the picture ours, and says whether it is."""
    address = image.attrs.get("src", "")
    file = files.get(address)
    if file is None:
        return address.startswith("/") and not address.startswith("//")
    image.attrs |= {"src": file.address, "width": str(file.width), "height": str(file.height)}
    return True


def _addresses(html: str) -> list[str]:
    if "<img" not in html:
        return []
    found = [image.attrs.get("src", "") for image in parse(html).find(["img"])]
    return [address for address in found if address.startswith(("http:", "https:", "picture:"))]


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()[:260]
    except ValueError:
        return ""
