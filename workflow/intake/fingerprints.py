"""What is here already: articles known again by their canonical address or by their words."""

import hashlib
from collections.abc import Iterator

from workflow.articles.markup import parse
from workflow.articles.models import Article

from .models import Fingerprint
from .sources.addresses import digest_of_address, digest_of_words

# Short texts, such as a standing line, may well be the same in two articles.
_FEWEST_CHARACTERS = 200


def lock(address: str, html: str, *, exact: bool = False) -> list[Fingerprint]:
    """The fingerprints of a text, locked in one order for all, so that nobody waits in a circle.

    Args:
        address: its canonical address, or "".
        exact: also the text as it is, however short.
    """
    digests = {digest_of_address(address)} if address else set()
    words = parse(html).text()
    if len(words) >= _FEWEST_CHARACTERS:
        digests.add(digest_of_words(words))
    if exact:
        digests.add(hashlib.sha256(b"text\0" + html.encode()).hexdigest())
    for digest in sorted(digests):
        Fingerprint.objects.get_or_create(digest=digest)
    locked = Fingerprint.objects.select_for_update().filter(digest__in=digests).order_by("digest")
    return list(locked)


def at_address(address: str, prints: list[Fingerprint]) -> Iterator[Article]:
    """The articles that came from this canonical address, the first one first; from "" there is none."""
    if not address:
        return
    digest = digest_of_address(address)
    yield from (found.article for found in prints if found.digest == digest and found.article is not None)
    yield from Article.objects.filter(canonical_url=address).order_by("pk")


def keep(prints: list[Fingerprint], article: Article) -> None:
    """Lets the fingerprints that are nobody's yet lead to the article."""
    unclaimed = [found.pk for found in prints if found.article_id is None]
    Fingerprint.objects.filter(pk__in=unclaimed).update(article=article)
