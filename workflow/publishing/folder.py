"""Writes editions as Markdown with front matter into a folder, and commits them if it is a git repository.

One file an article and locale: `<locale>/<article number>-<slug>.md`, and its pictures under `media/`. A
static site generator, or people, take it from there.
"""

import subprocess
from pathlib import Path

import yaml

from workflow.articles.models import PictureFile
from workflow.articles.pictures import files_of
from workflow.atomic import write

from . import addresses
from .destinations import DeliveryFailed, DeliveryRefused, Parcel, pack
from .markdown import to_markdown
from .models import Destination, Edition, RemoteCopy

GIT_SECONDS = 30


def push(destination: Destination, edition: Edition) -> None:
    """Writes the file of an edition in place of the one before, and commits.

    Raises:
        DeliveryFailed: the file cannot be written now.
        DeliveryRefused: the folder does not exist.
    """
    folder = _folder(destination)
    name = f"{edition.locale}/{edition.article_id}-{edition.slug}.md"
    copy = _copy(destination, edition)
    pictures = {f"media/{f.name}": f.path for f in files_of(edition.article_id, edition.html).values()}
    try:
        # The pictures before what shows them.
        for place, path in pictures.items():
            write(folder / place, path.read_bytes())
        write(folder / name, as_markdown(pack(edition)).encode())
        if copy and copy.remote_id != name:
            (folder / copy.remote_id).unlink(missing_ok=True)
    except OSError as error:
        raise DeliveryFailed(f"{destination.name}: {error}") from error
    _commit(folder, f"Publish {name}", name, *pictures, *([copy.remote_id] if copy else []))
    RemoteCopy.objects.update_or_create(
        destination=destination,
        article=edition.article,
        locale=edition.locale,
        defaults={"remote_id": name, "address": name},
    )


def remove(destination: Destination, edition: Edition) -> None:
    """Deletes the file of a withdrawn edition, and commits.

    Raises:
        DeliveryFailed, DeliveryRefused.
    """
    copy = _copy(destination, edition)
    if copy is None:
        return
    folder = _folder(destination)
    gone = [copy.remote_id, *(f"media/{file.name}" for file in _unused(copy))]
    try:
        for place in gone:
            (folder / place).unlink(missing_ok=True)
    except OSError as error:
        raise DeliveryFailed(f"{destination.name}: {error}") from error
    _commit(folder, f"Withdraw {copy.remote_id}", *gone)
    copy.delete()


def as_markdown(parcel: Parcel) -> str:
    """The file: YAML front matter, then the text."""
    edition = parcel.edition
    matter = {
        "title": edition.title,
        "lang": edition.locale,
        "slug": edition.slug,
        "date": edition.published_at.isoformat(timespec="seconds"),
        "lastmod": edition.issued_at.isoformat(timespec="seconds"),
        "summary": parcel.summary,
        "byline": parcel.body.byline,
        "dateline": parcel.body.dateline,
        "translation_key": f"article-{edition.article_id}",
        "edition": edition.number,
        "translation": parcel.provenance.way.value,
        "translators": list(parcel.provenance.people),
        "approver": parcel.provenance.approver,
        "correction": edition.correction,
        "canonical": parcel.address,
    }
    kept = {key: value for key, value in matter.items() if value not in ("", [])}
    front = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=10_000)
    ours = f'src="{addresses.absolute("/media/")}'
    beside = parcel.body.html.replace(ours, 'src="../media/')
    return f"---\n{front}---\n\n{to_markdown(beside)}"


def _unused(gone: RemoteCopy) -> list[PictureFile]:
    """The article's pictures that no other file of the folder can show, once this one is gone."""
    others = RemoteCopy.objects.filter(destination=gone.destination).exclude(pk=gone.pk).values("article")
    mine = PictureFile.objects.filter(pictures__article=gone.article_id)
    return list(mine.exclude(pictures__article__in=others).distinct())


def _folder(destination: Destination) -> Path:
    folder = Path(destination.folder)
    if not destination.folder or not folder.is_dir():
        raise DeliveryRefused(
            f"{destination.name}: there is no folder {destination.folder or '(none given)'}."
        )
    return folder


def _copy(destination: Destination, edition: Edition) -> RemoteCopy | None:
    return RemoteCopy.objects.filter(
        destination=destination, article=edition.article, locale=edition.locale
    ).first()


def _commit(folder: Path, message: str, *names: str) -> None:
    """Commits what changed of the named files, and nothing else, if the folder is in a git repository.

    Raises:
        DeliveryFailed: git does not do it now: another process has the repository locked, a hook refuses …
    """
    if _git(folder, "rev-parse", "--is-inside-work-tree").returncode:
        return
    # git refuses to add what it has never known and does not find: a file of an attempt that died between.
    known = _checked(_git(folder, "ls-files", "-z", "--", *names)).stdout.split("\0")
    changed = [name for name in dict.fromkeys(names) if name in known or (folder / name).exists()]
    if not changed:
        return
    _checked(_git(folder, "add", "--all", "--", *changed))
    if _checked(_git(folder, "diff", "--cached", "--quiet", "--", *changed), fine=(0, 1)).returncode == 0:
        return
    who = ["-c", "user.name=Translation desk", "-c", "user.email=desk@localhost"]
    _checked(_git(folder, *who, "commit", "--quiet", "-m", message, "--", *changed))


def _checked(
    done: subprocess.CompletedProcess[str], fine: tuple[int, ...] = (0,)
) -> subprocess.CompletedProcess[str]:
    if done.returncode not in fine:
        raise DeliveryFailed(f"git: {done.stderr.strip()[:300]}")
    return done


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["git", "-C", str(folder), "--literal-pathspecs", *arguments],
            capture_output=True,
            text=True,
            timeout=GIT_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        return subprocess.CompletedProcess(
            arguments, returncode=127, stdout="", stderr="git is not installed"
        )
    except subprocess.TimeoutExpired as error:
        raise DeliveryFailed(f"git took longer than {GIT_SECONDS} seconds.") from error
