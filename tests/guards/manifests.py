"""The manifests as tests read them: file by file, and rendered where kubectl with a present kustomize is installed."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.guards.tree import ROOT

K8S = ROOT / "deploy" / "k8s"
OVERLAYS = ("county", "city", "province", "local")
SCHEMAS = Path(os.environ.get("K8S_SCHEMAS", ROOT.parent / "shared" / "k8s-schemas"))
Manifest = dict[str, Any]


def plain() -> Iterator[tuple[Path, Manifest]]:
    """Every object that is written down, with its file; kustomize's own files apart."""
    for file in sorted(K8S.rglob("*.yaml")):
        if file.name not in ("kustomization.yaml", "names.yaml"):
            yield from ((file, found) for found in yaml.safe_load_all(file.read_text("utf-8")) if found)


@cache
def rendered(overlay: str) -> tuple[Manifest, ...]:
    """What would be installed."""
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("kubectl is not installed: the overlays are not rendered")
    version = json.loads(subprocess.run([kubectl, "version", "--client", "-o", "json"], capture_output=True, check=True).stdout)
    if not version.get("kustomizeVersion", "v4") >= "v5":
        pytest.skip("this kubectl brings a kustomize older than 5: the overlays are not rendered")
    done = subprocess.run([kubectl, "kustomize", str(K8S / "overlays" / overlay)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return tuple(found for found in yaml.safe_load_all(done.stdout) if found)


def of_kind(manifests: tuple[Manifest, ...], *kinds: str) -> dict[str, Manifest]:
    return {m["metadata"]["name"]: m for m in manifests if m["kind"] in kinds}


def pod(workload: Manifest) -> Manifest:
    found: Manifest = workload["spec"]["template"]["spec"]
    return found


def container(workload: Manifest) -> Manifest:
    (only,) = pod(workload)["containers"]
    found: Manifest = only
    return found


def secrets_of(workload: Manifest) -> set[str]:
    """The secrets whose every key becomes a setting of the process."""
    return {source["secretRef"]["name"] for source in container(workload)["envFrom"] if "secretRef" in source}


def schema_of(manifest: Manifest) -> Manifest | None:
    """The schema of an operator's resource; None where the schemas are not at hand."""
    group, _, version = manifest["apiVersion"].partition("/")
    file = SCHEMAS / f"{group}_{version}_{manifest['kind'].lower()}.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else None
