"""The image and compose.yaml say nothing that the code does not know."""

import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement

from config.environment import Environment
from tests.config.embedded_servers import ROOT

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
PROCESSES = ("migrate", "edge", "office", "worker", "beat")
# What compose itself and the containers of PostgreSQL and Valkey read.
NOT_SETTINGS = {
    "COMPOSE_PROFILES",
    "POSTGRES_PASSWORD",
    "OWNER_PASSWORD",
    "WEB_PASSWORD",
    "VALKEY_PASSWORD",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "ACME_EMAIL",
    "ACME_CA",
    "OFFICE_HOST",
}


@pytest.mark.parametrize("name", PROCESSES)
def test_every_setting_of_a_container_is_one_of_ours(name):
    names = set(COMPOSE["services"][name]["environment"])
    assert names <= {field.upper() for field in Environment.model_fields}
    assert {"DATABASE_URL", "WEB_DATABASE_URL", "REDIS_URL", "SECRET_KEY"} <= names


def test_the_example_names_every_variable_that_compose_reads():
    text = (ROOT / "compose.yaml").read_text()
    read = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text))
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^#?([A-Z_]+)=", example, flags=re.MULTILINE))
    assert read <= named
    assert named - NOT_SETTINGS <= {field.upper() for field in Environment.model_fields}


def test_every_process_waits_for_the_migrations():
    for name in PROCESSES[1:]:
        condition = COMPOSE["services"][name]["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully"


def test_granian_knows_every_option_of_the_doors():
    known = subprocess.run(
        [sys.executable, "-m", "granian", "--help"], capture_output=True, text=True, check=True
    ).stdout
    used = [each.split("=")[0] for each in COMPOSE["services"]["office"]["command"]]
    used += re.findall(r'"(--[a-z-]+)"', (ROOT / "Dockerfile").read_text())
    options = {each for each in used if each.startswith("--")}
    assert options
    assert [each for each in options if each not in known] == []


def test_the_compiled_requirements_fit_the_declared_ones():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    text = (ROOT / "requirements.txt").read_text()
    compiled = dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, flags=re.MULTILINE))
    for line in project["dependencies"]:
        declared = Requirement(line)
        assert declared.specifier.contains(compiled[declared.name.lower()]), (
            f"{line}: run uv export --no-default-groups --no-emit-project -o requirements.txt"
        )
    assert "://" not in text
