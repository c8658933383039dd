"""Brings a model into the models folder: a pinned revision from a Hugging Face hub, or a copied folder.

`huggingface_hub` does the work: interrupted downloads resume, `HF_ENDPOINT` names a mirror, and
`HF_HUB_OFFLINE=1` forbids the network. What arrives is compared with the hub's checksums, then its own are
recorded.
"""

import json
import re
import shutil
from pathlib import Path

from . import models_folder
from .catalogue import Entry
from .models_folder import CARD, Model, ModelFolderError

_COMMIT = re.compile(r"[0-9a-f]{40}")


def pull(
    entry: Entry, root: Path, *, unpinned: bool = False, endpoint: str | None = None, quiet: bool = False
) -> Model:
    """Fetches the checkpoint of `entry` into `root`/NAME/hf and describes it; `convert` makes it run fast.

    Args:
        unpinned: accept a branch or a tag for a revision; the commit it is at is recorded.
        endpoint: the hub's address; default: `HF_ENDPOINT`, or the public hub.
        quiet: no progress bar.

    Raises:
        ModelFolderError: the revision is not pinned, the hub cannot be reached, or a file arrived damaged.
    """
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, OfflineModeIsEnabled
    from huggingface_hub.utils import disable_progress_bars

    if not _COMMIT.fullmatch(entry.revision) and not unpinned:
        raise ModelFolderError(
            f"The revision “{entry.revision}” of {entry.name} can change: "
            "name the commit (40 hexadecimal digits)."
        )
    if quiet:
        disable_progress_bars()
    folder = root / entry.name
    api = HfApi(endpoint=endpoint)
    try:
        commit = entry.revision
        if not _COMMIT.fullmatch(commit):
            commit = str(api.repo_info(entry.repository, revision=entry.revision).sha)
        snapshot_download(
            entry.repository,
            revision=commit,
            local_dir=folder / "hf",
            allow_patterns=list(entry.files),
            endpoint=endpoint,
        )
        damaged = _damaged(api, entry, commit, folder / "hf")
    except (HfHubHTTPError, LocalEntryNotFoundError, OfflineModeIsEnabled, OSError) as error:
        raise ModelFolderError(f"{entry.name} could not be fetched: {_first_line(error)}") from error
    if damaged:
        for path in damaged:
            (folder / "hf" / path).unlink(missing_ok=True)
        raise ModelFolderError(f"{entry.name} arrived damaged ({', '.join(damaged)}): pull it again.")
    # The downloader's own records are of no use once all is there.
    shutil.rmtree(folder / "hf" / ".cache", ignore_errors=True)
    _describe(folder, entry, commit)
    models_folder.write_checksums(folder)
    return models_folder.read(folder)


def copy(source: Path, root: Path, name: str | None = None) -> Model:
    """Copies a whole model folder (one with `model.json`) into `root`, for machines without a network.

    Raises:
        ModelFolderError: it is no model folder, differs from its checksums, or the name is taken.
    """
    models_folder.read(source)
    if models_folder.recorded(source) and (changed := models_folder.changed(source)):
        raise ModelFolderError(f"{source} is not what its checksums say: {', '.join(changed)}.")
    folder = root / (name or source.resolve().name)
    if folder.exists():
        raise ModelFolderError(f"There already is a model in {folder}: remove it first.")
    arriving = folder.with_name(f".{folder.name}.arriving")
    shutil.rmtree(arriving, ignore_errors=True)
    shutil.copytree(source, arriving)
    if not models_folder.recorded(arriving):
        models_folder.write_checksums(arriving)
    arriving.rename(folder)
    return models_folder.read(folder)


def remove(name: str, root: Path) -> None:
    """Deletes a model from the models folder.

    Raises:
        ModelFolderError: there is none of that name.
    """
    folder = root / name
    if folder.resolve().parent != root.resolve() or not (folder / CARD).is_file():
        raise ModelFolderError(f"There is no model “{name}” in {root}.")
    shutil.rmtree(folder)


def _damaged(api: object, entry: Entry, commit: str, folder: Path) -> list[str]:
    """Files whose SHA-256 is not the hub's; the hub knows it of large files, which are what breaks."""
    return sorted(
        file.path
        for file in api.list_repo_tree(entry.repository, recursive=True, revision=commit)  # type: ignore[attr-defined]
        if getattr(file, "lfs", None)
        and (folder / file.path).is_file()
        and models_folder.sha256(folder / file.path) != file.lfs.sha256
    )


def _describe(folder: Path, entry: Entry, commit: str) -> None:
    card = {
        "name": entry.name,
        "source": entry.source,
        "target": entry.targets[0] if len(entry.targets) == 1 else list(entry.targets),
        # Runs at once where PyTorch is installed; `convert` makes it "ctranslate2".
        "engine": "transformers",
        "license": entry.license,
        "architecture": entry.architecture,
        "repository": entry.repository,
        "revision": commit,
        "prefix_token": entry.prefix_token,
        "beam": 4,
    }
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
