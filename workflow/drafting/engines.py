"""Which engine serves a locale: the administrator's choice, or the compact model that is shipped."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from workers.nmt.models_folder import digest

from .models import Engine


@dataclass(frozen=True)
class Serving:
    """The engine of one target locale: where it is, what it is exactly (digest), how it decodes."""

    locale: str
    model: str
    digest: str
    beam: int
    hypotheses: int

    @property
    def folder(self) -> Path:
        return Path(settings.MODELS_DIR) / self.model


def serving(locale: str) -> Serving:
    """The engine that drafts into `locale` (BCP 47). Loads no model: the web side calls this too."""
    chosen = Engine.objects.filter(locale=locale).first()
    model = chosen.model if chosen else f"en-{locale}"
    return Serving(
        locale=locale,
        model=model,
        digest=digest(Path(settings.MODELS_DIR) / model),
        beam=chosen.beam if chosen else 4,
        hypotheses=chosen.hypotheses if chosen else 4,
    )
