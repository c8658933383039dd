"""`manage.py models list|pull|convert|verify|remove`: the translation models of this installation."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workers.nmt import catalogue, models_folder, pull
from workers.nmt.engine import EngineError
from workers.nmt.models_folder import ModelFolderError
from workers.nmt.verify import Verdict, Verdicts, verify


class Command(BaseCommand):
    help = "Lists, fetches, converts, verifies and removes translation models."
    # Models are prepared before there is a database, and on machines that serve no pages.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        listing = actions.add_parser("list", help="what is here, and what the catalogue recommends")
        listing.add_argument("--json", action="store_true")
        fetching = actions.add_parser("pull", help="fetch a model from the hub, or copy a model folder")
        fetching.add_argument("name", help="name in the catalogue, hub repository, or path of a model folder")
        fetching.add_argument("--revision", help="commit to fetch (40 hexadecimal digits)")
        fetching.add_argument("--unpinned", action="store_true", help="accept a branch; record its commit")
        fetching.add_argument("--source", default="en", help="for a repository outside the catalogue")
        fetching.add_argument(
            "--target", default="", help="for a repository outside the catalogue: fr or fr,ar"
        )
        fetching.add_argument("--prefix-token", help="language token its sources begin with, such as >>ara<<")
        fetching.add_argument("--as", dest="as_name", help="name of its folder")
        converting = actions.add_parser("convert", help="make it run on CTranslate2 (needs PyTorch)")
        converting.add_argument("name")
        converting.add_argument("--quantization", default="int8", help="int8, int8_float16, float16, float32")
        verifying = actions.add_parser("verify", help="checksums and golden sentences")
        verifying.add_argument("names", nargs="*", metavar="name", help="default: all")
        verifying.add_argument("--json", action="store_true")
        removing = actions.add_parser("remove", help="delete a model from the models folder")
        removing.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        actions: dict[str, Callable[[dict[str, Any]], None]] = {
            "list": self._list,
            "pull": self._pull,
            "convert": self._convert,
            "verify": self._verify,
            "remove": self._remove,
        }
        try:
            actions[options["action"]](options)
        except (ModelFolderError, EngineError) as error:
            raise CommandError(str(error)) from error

    def _list(self, options: dict[str, Any]) -> None:
        verdicts = _verdicts()
        rows: list[dict[str, Any]] = []
        for model in models_folder.models(_root()):
            digest = models_folder.digest(model.folder)
            verdict = verdicts.of(digest)
            rows.append(
                {
                    "folder": model.folder.name,
                    "name": model.name,
                    "source": model.source,
                    "targets": list(model.targets),
                    "engine": model.engine,
                    "license": model.license,
                    "revision": model.revision,
                    "digest": digest,
                    "megabytes": round(models_folder.size(model.folder) / 1e6),
                    "verified": verdict.passed if verdict else None,
                }
            )
        here = {row["folder"] for row in rows}
        offered = [asdict(entry) for entry in catalogue.entries() if entry.name not in here]
        if options["json"]:
            self.stdout.write(json.dumps({"models": rows, "catalogue": offered}, ensure_ascii=False))
            return
        told = {True: "verified", False: "FAILED", None: "not yet verified"}
        for row in rows:
            pair = f"{row['source']}→{','.join(row['targets'])}"
            self.stdout.write(
                f"{row['folder']:<28}{pair:<12}{row['engine']:<14}{row['megabytes']:>5} MB  "
                f"{told[row['verified']]:<17} {row['digest'][:12]}  {row['name']}"
            )
        self.stdout.write("\nTo be had with `models pull NAME`:")
        for entry in offered:
            pair = f"{entry['source']}→{','.join(entry['targets'])}"
            self.stdout.write(
                f"{entry['name']:<28}{pair:<12}{entry['license']:<14}{entry['megabytes']:>5} MB"
            )

    def _pull(self, options: dict[str, Any]) -> None:
        name = options["name"]
        if (Path(name) / models_folder.CARD).is_file():
            model = pull.copy(Path(name), _root(), options["as_name"])
        else:
            model = pull.pull(_entry(options), _root(), unpinned=options["unpinned"])
        self.stdout.write(f"{model.name} is in {model.folder} (revision {model.revision}).")
        if model.engine == "transformers":
            self.stdout.write(f"Next: models convert {model.folder.name}, then models verify.")

    def _convert(self, options: dict[str, Any]) -> None:
        from workers.nmt.convert import convert

        model = convert(_folder(options["name"]), quantization=options["quantization"])
        self.stdout.write(f"{model.name} now runs on CTranslate2 ({options['quantization']}).")

    def _verify(self, options: dict[str, Any]) -> None:
        from workers.nmt.registry import open_engine

        verdicts, results = _verdicts(), dict[str, Verdict]()
        for folder in map(_folder, options["names"]) if options["names"] else _folders():
            model = models_folder.read(folder)
            results[folder.name] = verify(model, open_engine(model))
            verdicts.record(results[folder.name])
        if options["json"]:
            self.stdout.write(
                json.dumps({name: asdict(v) for name, v in results.items()}, ensure_ascii=False)
            )
        else:
            for name, verdict in results.items():
                golden = "no golden sentences" if verdict.chrf is None else f"golden chrF {verdict.chrf:.1f}"
                told = "passed" if verdict.passed else "FAILED: " + " ".join(verdict.problems)
                self.stdout.write(f"{name:<28}{told} ({golden})")
        if not all(verdict.passed for verdict in results.values()):
            raise CommandError("Not every model passed; those that failed are not used.")

    def _remove(self, options: dict[str, Any]) -> None:
        pull.remove(options["name"], _root())
        self.stdout.write(f"{options['name']} was removed.")


def _root() -> Path:
    return Path(settings.MODELS_DIR)


def _folders() -> list[Path]:
    return [model.folder for model in models_folder.models(_root())]


def _folder(name: str) -> Path:
    folder = _root() / name
    models_folder.read(folder)
    return folder


def _verdicts() -> Verdicts:
    return Verdicts(Path(settings.VAR) / "verdicts.json")


def _entry(options: dict[str, Any]) -> catalogue.Entry:
    """The catalogue's entry, with what the command line says otherwise; or one for any other repository."""
    name, target = options["name"], options["target"]
    if "/" in name and target:
        entry = catalogue.Entry(
            name.split("/")[-1], name, "main", options["source"], tuple(target.split(",")), license="unknown"
        )
    else:
        entry = catalogue.entry(name)
    changes = {
        "revision": options["revision"],
        "prefix_token": options["prefix_token"],
        "name": options["as_name"],
    }
    return replace(entry, **{key: value for key, value in changes.items() if value})
