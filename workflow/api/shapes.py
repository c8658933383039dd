"""What the API takes and gives, as schemas; OpenAPI is made from them."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from ninja.errors import HttpError
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
)

from glossaries.models import Concept
from workflow.accounts.models import User
from workflow.articles.models import Priority
from workflow.intake.sources.addresses import canonical
from workflow.intake.submit import Wishes
from workflow.publishing.publish import Presentation

# What a primary key can be (a signed 64-bit integer).
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
Locale = Literal["ar", "fr"]
AnyLocale = Literal["en", "ar", "fr"]
PriorityName = Literal["urgent", "high", "normal", "low"]
# Text as databases can keep it: PostgreSQL refuses the NUL character.
Line = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
Text = Annotated[str, StringConstraints(max_length=5_000_000, pattern=r"^[^\x00]*$")]


def _written_out(value: object) -> object:
    """A moment is written as text; a bare number is a mistake, not seconds since 1970."""
    if not isinstance(value, str):
        raise ValueError("A date and time with a zone is expected.")
    return value


def _within_reach(moment: datetime) -> datetime:
    """At the ends of the calendar a moment has no counterpart in other time zones."""
    if not 1900 < moment.year < 3000:
        raise ValueError("The year is out of reach.")
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_within_reach)]


def _one_spelling(address: str) -> str:
    found = canonical(address)
    if address and not 0 < len(found) <= 800:
        raise ValueError("This is no address of a page.")
    return found


# In the one spelling by which pages are known again: no fragment, no tracking parameters.
Address = Annotated[
    str,
    StringConstraints(max_length=800, pattern=r"^(https?://[^\s\x00]+)?$"),
    AfterValidator(_one_spelling),
]


class Problem(Schema):
    """Problem details (RFC 9457), sent as application/problem+json."""

    type: str
    title: str
    status: int
    detail: str


class Body(Schema):
    """What a caller sends. A field nobody reads is refused: a misspelt wish must not be lost in silence."""

    model_config = ConfigDict(extra="forbid")


People = Annotated[
    list[Annotated[str, StringConstraints(max_length=150, pattern=r"^[^\x00]+$")]], Field(max_length=200)
]


def people_called(usernames: list[str]) -> list[User]:
    """The people of these user names.

    Raises:
        HttpError: 422, one is nobody's.
    """
    found = {
        person.username: person for person in User.objects.filter(username__in=usernames, is_active=True)
    }
    for username in usernames:
        if username not in found:
            raise HttpError(422, f"There is nobody called “{username}”.")
    return list(found.values())


class PeopleBody(Body):
    """Who is named on an article, and whether only they may see it."""

    restricted: StrictBool
    people: People = []


class PeopleOut(Schema):
    restricted: bool
    people: list[str]


class WishesBody(Body):
    """What is wished for an article, whether it comes as text or as a file."""

    locales: list[Locale] = Field(default=["ar", "fr"], max_length=10)
    priority: PriorityName = "normal"
    deadline: Moment | None = None
    domain: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")] = ""
    canonical_url: Address = Field("", description="Where the article is published: known again by it.")

    people: People = Field([], description="User names of who may see it, if it is restricted.")

    def wishes(self, *, restricted: bool, language_confirmed: bool) -> Wishes:
        """The wishes as `submit` takes them.

        Raises:
            HttpError: 422, a user name is nobody's.
        """
        return Wishes(
            locales=self.locales,
            priority=Priority[self.priority.upper()],
            deadline=self.deadline,
            domain=self.domain,
            restricted=restricted,
            people=people_called(self.people),
            language_confirmed=language_confirmed,
        )


class SubmitBody(WishesBody):
    """An article: its text, what the text is written in, and what is wished for it."""

    content: Text = Field(examples=["# A title\n\nA first paragraph of the article."])
    format: Literal["markdown", "html", "text"] = "html"
    name: Line = Field("article", description="A name for messages, e.g. the file's.")
    restricted: StrictBool = False
    language_confirmed: StrictBool = Field(False, description="Take a text in that does not look English.")
    revise: StrictBool = Field(False, description="A changed text at a known address is its new revision.")


class UploadForm(WishesBody):
    """The fields beside an uploaded file; `locales` once for each language."""

    restricted: bool = False
    language_confirmed: bool = Field(False, description="Take a text in that does not look English.")
    revise: bool = Field(False, description="A changed text at a known address is its new revision.")


class RevisionBody(Body):
    content: Text = Field(examples=["# A title\n\nA first paragraph of the article."])
    format: Literal["markdown", "html", "text"] = "html"
    minor: StrictBool = False
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


class SaveBody(Body):
    target: Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
    version: StrictInt = Field(ge=0, le=2_000_000_000)
    confirm: StrictBool = False


class ApproveBody(Body):
    override_reason: Line = ""


class PublishBody(Body):
    """What is published and how it is presented; what is not said stays as the edition before had it."""

    locale: AnyLocale
    slug: Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00]*$")] | None = None
    summary: Line | None = None
    social_title: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] | None = None
    correction: Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")] | None = None
    publish_at: Moment | None = Field(None, description="Later: what is approved then is published.")

    def presentation(self) -> Presentation:
        """What is said of the edition beside its text."""
        said = self.model_dump(exclude={"locale", "publish_at"}, exclude_none=True)
        return Presentation(**said)


class ScheduledOut(Schema):
    """A publication that waits for its time."""

    locale: str
    publish_at: datetime = Field(alias="due_at")
    state: str


class WithdrawBody(Body):
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
    part_of_speech: str
    case_sensitive: bool
    forms: list[str]


class ConceptOut(Schema):
    identifier: str
    glossary: str
    domain: str
    definition: str
    note: str
    terms: list[TermOut]

    @staticmethod
    def resolve_glossary(concept: Concept) -> str:
        return concept.glossary.name


TermText = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*\S[^\x00]*$")]


class TermBody(Body):
    locale: AnyLocale
    text: TermText
    status: Literal["preferred", "admitted", "forbidden"] = "preferred"
    mode: Literal["inflecting", "exact", "do-not-translate"] = "inflecting"
    part_of_speech: Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00]*$")] = ""
    case_sensitive: StrictBool = False
    forms: list[TermText] = Field([], max_length=50)


class ConceptBody(Body):
    """A concept as it is to be: what is not among its terms goes, except what waits for a decision."""

    glossary: Annotated[str, StringConstraints(max_length=80, pattern=r"^[^\x00]*\S[^\x00]*$")]
    domain: Annotated[str, StringConstraints(max_length=80, pattern=r"^[^\x00]*$")] = ""
    definition: Annotated[str, StringConstraints(max_length=5000, pattern=r"^[^\x00]*$")] = ""
    note: Annotated[str, StringConstraints(max_length=5000, pattern=r"^[^\x00]*$")] = ""
    terms: list[TermBody] = Field(
        min_length=1, max_length=100, examples=[[{"locale": "en", "text": "ceasefire"}]]
    )


class ProposalBody(Body):
    """A term somebody misses; a terminologist decides."""

    english: TermText
    locale: Locale
    text: TermText
    source: Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")] = ""


class CheckBody(Body):
    source: Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
    target: Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
    locale: Locale


class FindingOut(Schema):
    check: str
    severity: str
    message: str
    suggestion: str | None
