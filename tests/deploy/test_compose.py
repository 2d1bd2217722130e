"""Compose and proxy: nothing runs with more rights than it needs, and secrets are asked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.settings import load_settings

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
CADDYFILE = (DEPLOY / "Caddyfile").read_text()
EXAMPLE = (DEPLOY / ".env.example").read_text()
OURS = ("app1", "app2", "migrate")


@pytest.mark.parametrize("name", OURS)
def test_ours_is_nobody_and_reads_only(name: str) -> None:
    service = SERVICES[name]
    assert service["user"] == "10001:10001"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "noexec" in service["tmpfs"][0]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_everything_has_its_limits(name: str) -> None:
    service = SERVICES[name]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "pids_limit", "logging", "restart"} <= set(service)
    assert ":latest" not in service["image"]
    assert "privileged" not in service


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["back"]["internal"] is True
    for name in ("db", "redis"):
        assert SERVICES[name]["networks"] == ["back"]
    assert SERVICES["proxy"]["networks"] == ["front"]


def test_the_proxy_is_believed_by_its_network_alone() -> None:
    (subnet,) = (entry["subnet"] for entry in COMPOSE["networks"]["front"]["ipam"]["config"])
    for name in OURS:
        assert SERVICES[name]["environment"]["LOTSEN_TRUSTED_PROXIES"] == subnet


def test_the_tables_come_before_those_who_use_them() -> None:
    for name in ("app1", "app2"):
        before = SERVICES[name]["depends_on"]
        assert before["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["depends_on"]["db"]["condition"] == "service_healthy"


def test_no_secret_stands_in_the_files() -> None:
    text = (DEPLOY / "compose.yml").read_text()
    for line in text.splitlines():
        if re.search(r"PASSWORD|SECRET|TOKEN", line.split("#")[0]):
            assert "${POSTGRES_PASSWORD:?" in line
    for name in re.findall(r"^(\w*(?:PASSWORD|SECRET|TOKEN))=", EXAMPLE, re.MULTILINE):
        assert re.search(rf"^{name}=$", EXAMPLE, re.MULTILINE), name


def test_the_example_is_complete_and_can_be_used() -> None:
    values = dict(
        line.split("=", 1)
        for line in EXAMPLE.splitlines()
        if "=" in line and not line.startswith("#")
    )
    text = (DEPLOY / "compose.yml").read_text()
    for name in re.findall(r"\$\{(\w+):\?", text):
        assert name in values, name
    settings = load_settings({**values, "LOTSEN_METRICS_TOKEN": "x" * 32})
    assert settings.public_url == "https://chat.example.se"


def test_the_proxy_knows_both_and_tries_again_what_may_be_sent_twice() -> None:
    (found,) = re.findall(r"LOTSEN_APPS:([^}]+)}", CADDYFILE)
    assert found.split() == ["app1:8000", "app2:8000"]
    assert "lb_policy least_conn" in CADDYFILE
    retried = re.findall(r"lb_retry_match {\s+method ([A-Z ]+)\n(?:\s+path (\S+)\n)?", CADDYFILE)
    # A message of the REST channel has no key: sent twice, it would be answered twice.
    assert retried == [("GET HEAD", ""), ("POST", "/api/v1/conversations/*/messages")]
    assert "health_uri /ready" in CADDYFILE
    assert "flush_interval -1" in CADDYFILE


def test_metrics_stay_inside_and_the_proxys_log_tells_of_nobody() -> None:
    assert re.search(r"@inside path .*?/metrics.*?\n\s*respond @inside 404", CADDYFILE)
    for field in ("request>headers delete", "request>uri delete", "request>remote_ip ip_mask"):
        assert field in CADDYFILE
