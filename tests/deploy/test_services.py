"""docker-compose.yml is well formed, and runs the very commands that the demo runs."""

import configparser
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SCHEMA = json.loads((Path(__file__).parent / "compose.schema.json").read_text())


def demo_commands() -> dict[str, str]:
    """The commands of supervisord.conf as a container would run them."""
    config = configparser.RawConfigParser()
    config.read(ROOT / "deploy" / "supervisord.conf")
    commands = {}
    for section in config.sections():
        if section.startswith("program:"):
            command = config[section]["command"].replace("%(ENV_BIN)s/", "").replace("%%", "%")
            commands[section.removeprefix("program:")] = command.replace("%(ENV_DESK_VAR)s", "/var/lib/desk")
    return commands


def test_the_compose_file_fits_the_specification() -> None:
    jsonschema.validate(COMPOSE, SCHEMA)


@pytest.mark.parametrize("service", ["web", "mt", "default", "scheduler"])
def test_the_services_run_the_commands_of_the_demo(service: str) -> None:
    assert COMPOSE["services"][service]["command"] == demo_commands()[service]


def test_every_service_it_waits_for_exists_and_tells_its_health() -> None:
    for service in COMPOSE["services"].values():
        for name in service.get("depends_on", {}):
            assert "healthcheck" in COMPOSE["services"][name]


def test_named_volumes_are_declared() -> None:
    used = {
        volume.split(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith((".", "/"))
    }
    assert used == set(COMPOSE["volumes"])


def test_the_settings_it_sets_are_settings_the_product_reads() -> None:
    read = (
        "".join(
            path.read_text() for path in (ROOT / "workflow" / "settings.py", ROOT / "workflow" / "logs.py")
        )
        + (ROOT / "deploy" / "gunicorn.conf.py").read_text()
    )
    for service in ("web", "mt", "default", "scheduler"):
        for name in COMPOSE["services"][service]["environment"]:
            assert name == "OMP_NUM_THREADS" or re.search(rf'"{name}"', read), name
