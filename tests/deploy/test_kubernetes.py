"""Manifests: what belongs together names the same, and every pod is as closed as the image."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from api.__main__ import SHUTDOWN_SECONDS
from api.settings import load_settings

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
KUSTOMIZATION: dict[str, Any] = yaml.safe_load((FOLDER / "kustomization.yml").read_text())
MANIFESTS: dict[tuple[str, str], dict[str, Any]] = {
    (one["kind"], one["metadata"]["name"]): one
    for name in KUSTOMIZATION["resources"]
    for one in yaml.safe_load_all((FOLDER / name).read_text())
}
OURS = "medborgarlotsen"
DEPLOYMENT = MANIFESTS["Deployment", OURS]
PODS = {
    "serve": DEPLOYMENT["spec"]["template"],
    "migrate": MANIFESTS["Job", "migrate"]["spec"]["template"],
}


def container(pod: str) -> dict[str, Any]:
    (found,) = PODS[pod]["spec"]["containers"]
    return dict(found)


def test_every_manifest_is_listed() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"kustomization.yml"}
    assert files == set(KUSTOMIZATION["resources"])


@pytest.mark.parametrize("pod", sorted(PODS))
def test_pods_are_nobody_and_read_only(pod: str) -> None:
    spec, one = PODS[pod]["spec"], container(pod)
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] == 10001
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is False
    assert spec["serviceAccountName"] == MANIFESTS["ServiceAccount", OURS]["metadata"]["name"]
    assert one["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {mount["mountPath"] for mount in one["volumeMounts"]} == {"/data", "/tmp"}
    assert "memory" in one["resources"]["limits"]
    assert "cpu" in one["resources"]["requests"]


@pytest.mark.parametrize("pod", sorted(PODS))
def test_secrets_are_only_referred_to(pod: str) -> None:
    assert not [kind for kind, _ in MANIFESTS if kind == "Secret"]
    one = container(pod)
    assert {"secretRef": {"name": OURS}} in one["envFrom"]
    assert {"configMapRef": {"name": OURS}} in one["envFrom"]
    assert "env" not in one


def test_the_settings_can_be_used() -> None:
    data = MANIFESTS["ConfigMap", OURS]["data"]
    settings = load_settings(data)
    assert settings.public_url == data["LOTSEN_PUBLIC_URL"]
    (rule,) = MANIFESTS["Ingress", OURS]["spec"]["rules"]
    assert settings.public_url == f"https://{rule['host']}"
    assert not any("PASSWORD" in name or "SECRET" in name or "TOKEN" in name for name in data)


def test_all_choose_the_pods_that_serve_and_not_the_one_that_migrates() -> None:
    served = PODS["serve"]["metadata"]["labels"]
    migrates = PODS["migrate"]["metadata"]["labels"]
    for chosen in (
        DEPLOYMENT["spec"]["selector"]["matchLabels"],
        MANIFESTS["Service", OURS]["spec"]["selector"],
        MANIFESTS["PodDisruptionBudget", OURS]["spec"]["selector"]["matchLabels"],
    ):
        assert chosen.items() <= served.items()
        assert not chosen.items() <= migrates.items()
    network = MANIFESTS["NetworkPolicy", OURS]["spec"]["podSelector"]["matchLabels"]
    assert network.items() <= served.items()
    assert network.items() <= migrates.items()


def test_probes_ask_what_they_mean_and_an_end_has_its_time() -> None:
    one = container("serve")
    asked = {
        name: one[name]["httpGet"]["path"]
        for name in ("startupProbe", "readinessProbe", "livenessProbe")
    }
    # A database that is away must not kill processes one after the other.
    assert asked == {
        "startupProbe": "/ready",
        "readinessProbe": "/ready",
        "livenessProbe": "/health",
    }
    start = one["startupProbe"]
    assert start["periodSeconds"] * start["failureThreshold"] >= 60
    (_, pause) = one["lifecycle"]["preStop"]["exec"]["command"]
    grace = DEPLOYMENT["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]
    assert grace > int(pause) + SHUTDOWN_SECONDS


def test_nobody_is_kept_at_one_pod() -> None:
    assert "sessionAffinity" not in MANIFESTS["Service", OURS]["spec"]
    words = MANIFESTS["Ingress", OURS]["metadata"]["annotations"]
    assert not any("hash" in word or "affinity" in word for word in words)
    assert words["haproxy.org/load-balance"] == "leastconn"


def test_the_autoscaler_alone_says_how_many() -> None:
    scaler = MANIFESTS["HorizontalPodAutoscaler", OURS]["spec"]
    assert "replicas" not in DEPLOYMENT["spec"]
    assert scaler["scaleTargetRef"]["name"] == DEPLOYMENT["metadata"]["name"]
    assert scaler["minReplicas"] >= 2
    assert DEPLOYMENT["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


def test_the_network_is_closed_unless_opened() -> None:
    closed = MANIFESTS["NetworkPolicy", "nothing"]["spec"]
    assert closed == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    opened = MANIFESTS["NetworkPolicy", OURS]["spec"]
    assert all(rule["from"] and rule["ports"] for rule in opened["ingress"])
    assert all(rule["to"] and rule["ports"] for rule in opened["egress"])
