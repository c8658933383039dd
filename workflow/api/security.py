"""Who calls: a bearer token, its person and its scopes; and the promise of idempotency keys (RFC 9110 §9.2.2,
draft-ietf-httpapi-idempotency-key-header): the same key with the same request gets the same answer."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja.errors import HttpError
from ninja.operation import Operation
from ninja.security import HttpBearer
from ninja.utils import contribute_operation_callback

from .models import Answer, Scope, Token, digest_of

KEY_HEADER = "Idempotency-Key"
LONGEST_KEY = 200
KEPT = timedelta(days=2)


class Bearer(HttpBearer):
    """Accepts a valid token that has `scope`; sets request.user to its person."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found = Token.objects.select_related("user").filter(digest=digest_of(token)).first()
        if found is None or not found.valid:
            return None
        if self.scope not in found.scopes:
            raise HttpError(403, f"This token lacks the scope “{self.scope}”.")
        now = timezone.now()
        if found.last_used_at is None or now - found.last_used_at > timedelta(minutes=1):
            Token.objects.filter(pk=found.pk).update(last_used_at=now)
        request.user = found.user
        return found


def idempotent(view: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator for writes: repeats with the same Idempotency-Key are answered, not done, again.

    The effect and the kept answer are one transaction: whatever ends it, also a killed process, either
    both are there or the key is free. Of two at once the second waits for the first in the database.
    """

    @wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = request.headers.get(KEY_HEADER, "").strip()
        if not key:
            return view(request, *args, **kwargs)
        if len(key) > LONGEST_KEY:
            raise HttpError(422, f"{KEY_HEADER} is longer than {LONGEST_KEY} characters.")
        token: Token = request.auth  # type: ignore[attr-defined]
        Answer.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
        digest = _digest(request)
        with transaction.atomic():
            try:
                with transaction.atomic():
                    answer = Answer.objects.create(token=token, key=key, request_digest=digest)
            except IntegrityError:
                return _repeated(Answer.objects.get(token=token, key=key), digest)
            result = view(request, *args, **kwargs)
            answer.status = result.status_code
            answer.body = "" if result.value is None else result.value.model_dump_json()
            answer.save(update_fields=["status", "body"])
        return result

    contribute_operation_callback(once, _declare_key)
    return once


def _declare_key(operation: Operation) -> None:
    """Lets the OpenAPI document say that the operation takes a key."""
    operation.openapi_extra = {
        "parameters": [
            {
                "in": "header",
                "name": KEY_HEADER,
                "description": "The same key with the same request is answered again, not done again.",
                "schema": {"type": "string", "maxLength": LONGEST_KEY},
            }
        ]
    }


def _digest(request: HttpRequest) -> str:
    """What makes two requests the same: method, address and content, uploaded files included."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        for name, values in sorted(request.POST.lists()):
            digest.update(f"{name}={values}\n".encode())
        for name, file in sorted(request.FILES.items()):
            digest.update(f"{name}\n".encode() + hashlib.file_digest(file, "sha256").digest())  # type: ignore[arg-type]
            file.seek(0)  # type: ignore[union-attr]
    else:
        digest.update(request.body)
    return digest.hexdigest()


def _repeated(answer: Answer, digest: str) -> HttpResponse:
    if answer.request_digest != digest:
        raise HttpError(422, f"This {KEY_HEADER} was used for another request.")
    if not answer.body:
        return HttpResponse(status=answer.status)
    return HttpResponse(answer.body, status=answer.status, content_type="application/json")
