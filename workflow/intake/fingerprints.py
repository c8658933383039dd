"""What is here already: an article is known by its addresses and by its words, each of which is one article's.

Every text taken in leaves its fingerprints, and so does every address it is published under elsewhere; what a
source brings is compared with them.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence

from django.utils.crypto import constant_time_compare, salted_hmac

from workflow.articles.markup import parse
from workflow.articles.models import Article
from workflow.intake.models import Fingerprint

from .sources.addresses import canonical, digest_of_address, digest_of_words

# Short texts, such as a standing line, may well be the same in two articles.
_FEWEST_CHARACTERS = 200
_MARK = re.compile(r"<!-- translation-desk article (\d{1,18}) ([\w-]{2,8}) ([0-9a-f]{20}) -->")


def digests(addresses: Iterable[str], html: str = "") -> list[str]:
    """The fingerprints of a text: those of its addresses, in their order, then that of its words."""
    spelt = dict.fromkeys(canonical(address) for address in addresses)
    found = [digest_of_address(address) for address in spelt if address]
    words = parse(html).text()
    return [*found, digest_of_words(words)] if len(words) >= _FEWEST_CHARACTERS else found


def exactly(html: str) -> str:
    """The fingerprint of a text as it stands, however short: by it the same text sent twice at once is one."""
    return hashlib.sha256(b"text\0" + html.encode()).hexdigest()


def lock(found: Sequence[str]) -> list[Article | None]:
    """Holds fingerprints until the transaction ends, in one order for all, so that nobody waits in a circle;
    whose each is, in the order given."""
    _make(found)
    rows = Fingerprint.objects.select_for_update(of=("self",)).filter(digest__in=found).order_by("digest")
    owners = {row.digest: row.article for row in rows.select_related("article")}
    return [owners[digest] for digest in found]


def claim(article: Article, found: Sequence[str]) -> None:
    """Makes fingerprints those of an article, as far as they are nobody's."""
    _make(found)
    Fingerprint.objects.filter(digest__in=found, article=None).update(article=article)


def mark(article_id: int, locale: str) -> str:
    """A comment in what we publish elsewhere that tells our own texts from all others, whatever becomes of
    their address; signed, because anybody could write one."""
    return f"<!-- translation-desk article {article_id} {locale} {_signature(article_id, locale)} -->"


def marked(html: str) -> Article | None:
    """The article of this desk that a text carries the mark of."""
    for number, locale, signature in _MARK.findall(html):
        if constant_time_compare(signature, _signature(int(number), locale)):
            return Article.objects.filter(pk=int(number)).first()
    return None


def _make(found: Sequence[str]) -> None:
    Fingerprint.objects.bulk_create(
        [Fingerprint(digest=digest) for digest in sorted(found)], ignore_conflicts=True
    )


def _signature(article_id: int, locale: str) -> str:
    return salted_hmac(__name__, f"{article_id} {locale}", algorithm="sha256").hexdigest()[:20]
