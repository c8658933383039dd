"""What the API takes and gives, as schemas; OpenAPI is made from them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

# What a primary key can be (a signed 64-bit integer).
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
Locale = Literal["ar", "fr"]
AnyLocale = Literal["en", "ar", "fr"]
PriorityName = Literal["urgent", "high", "normal", "low"]
# Text as databases can keep it: PostgreSQL refuses the NUL character.
Line = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
Text = Annotated[str, StringConstraints(max_length=5_000_000, pattern=r"^[^\x00]*$")]


class Problem(Schema):
    """Problem details (RFC 9457), sent as application/problem+json."""

    type: str
    title: str
    status: int
    detail: str


class SubmitBody(Schema):
    """An article: its text, what the text is written in, and what is wished for it."""

    content: Text
    format: Literal["markdown", "html", "text"] = "html"
    name: Line = Field("article", description="A name for messages, e.g. the file's.")
    locales: list[Locale] = Field(default=["ar", "fr"], max_length=10)
    priority: PriorityName = "normal"
    deadline: datetime | None = None
    domain: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")] = ""
    restricted: bool = False
    canonical_url: Annotated[str, StringConstraints(max_length=800, pattern=r"^(https?://[^\s\x00]+)?$")] = ""
    language_confirmed: bool = Field(False, description="Take a text in that does not look English.")


class RevisionBody(Schema):
    content: Text
    format: Literal["markdown", "html", "text"] = "html"
    minor: bool = False
    reason: Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")] = ""


class UnitCounts(Schema):
    total: int
    empty: int
    draft: int
    edited: int
    confirmed: int


class TranslationOut(Schema):
    id: int
    locale: str
    state: str
    failure: str
    revision: int
    outdated: bool
    assignee: str | None
    units: UnitCounts
    waiting: int


class ArticleOut(Schema):
    id: int
    title: str
    revision: int | None
    segments: int
    drafting: bool
    translations: list[TranslationOut]


class ArticleLine(Schema):
    id: int
    title: str
    priority: int
    created_at: datetime
    deadline: datetime | None
    canonical_url: str


class UnitOut(Schema):
    id: int
    key: str
    kind: str
    source: str
    target: str
    draft: str
    state: str
    origin: str
    version: int
    empty_reason: str
    findings: list[dict[str, Any]]


class SaveBody(Schema):
    target: Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
    version: int = Field(ge=0, le=2_000_000_000)
    confirm: bool = False


class ApproveBody(Schema):
    override_reason: Line = ""


class PublishBody(Schema):
    locale: AnyLocale
    correction: Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")] | None = None


class WithdrawBody(Schema):
    locale: AnyLocale
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]


class ApprovalOut(Schema):
    number: int
    title: str
    revision: int
    approver: str
    approved_at: datetime


class EditionOut(Schema):
    id: int
    locale: str
    number: int
    slug: str
    title: str
    live: bool
    outdated: bool
    published_at: datetime


class TermOut(Schema):
    locale: str
    text: str
    status: str
    mode: str


class ConceptOut(Schema):
    identifier: str
    domain: str
    definition: str
    note: str
    terms: list[TermOut]


class CheckBody(Schema):
    source: Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
    target: Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
    locale: Locale


class FindingOut(Schema):
    check: str
    severity: str
    message: str
    suggestion: str | None
