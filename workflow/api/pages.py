"""Lists by the page, within bounds: a page number no database could count to is refused, not tried."""

from ninja import Field, Schema
from ninja.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    """`?page=2&page_size=50`; a page beyond the end is empty."""

    class Input(Schema):
        page: int = Field(1, ge=1, le=1_000_000)
        page_size: int = Field(50, ge=1, le=100)
