"""Kubernetes is told what the code needs: no more, no less, and nothing that its schemas refuse."""

import re
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

from deploy.k8s.play import PORTS
from deploy.k8s.secrets import of_installation
from deploy.local.databases import LIMITS, NAMES
from deploy.local.processes import processes
from services.kernel.service import named
from services.runtime.bus import queue_of
from services.vault.columns import holds_sealed
from tests.guards.manifests import K8S, OVERLAYS, SCHEMAS, Manifest, container, of_kind, plain, pod, rendered, schema_of, secrets_of
from tests.guards.tree import ROOT

OPERATORS = ("postgresql.cnpg.io", "rabbitmq.com", "keda.sh", "monitoring.coreos.com")
GIVEN = {"backup-store", "platform-tls"}  # By those whom the store of backups and the certificate belong to.
WORKLOADS = ("Deployment", "Job", "StatefulSet")


def is_operators(manifest: Manifest) -> bool:
    return manifest["apiVersion"].startswith(OPERATORS)


@pytest.mark.parametrize("version", ["1.32", "1.37"])
def test_what_is_written_down_is_valid(version: str) -> None:
    found = [manifest for _, manifest in plain() if not is_operators(manifest)]

    for manifest in found:
        kubernetes_validate.validate(manifest, version, strict=True)

    assert len(found) > 20


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_is_rendered_is_valid(overlay: str) -> None:
    for manifest in rendered(overlay):
        if not is_operators(manifest):
            kubernetes_validate.validate(manifest, "1.32", strict=True)


def test_what_operators_are_told_is_valid() -> None:
    if not SCHEMAS.is_dir():
        pytest.skip("K8S_SCHEMAS names no folder of the operators' schemas: their resources are not checked")
    wrong = []
    for manifest in [m for _, m in plain()] + [m for o in OVERLAYS for m in rendered(o)]:
        if is_operators(manifest):
            schema = schema_of(manifest)
            assert schema is not None, manifest["kind"]
            wrong += [e.message for e in jsonschema.Draft202012Validator(schema).iter_errors(manifest)]

    assert wrong == []


def test_every_service_has_its_folder() -> None:
    base = yaml.safe_load((K8S / "base" / "kustomization.yaml").read_text("utf-8"))

    assert {*base["resources"]} - {"secrets.yaml"} == set(NAMES)
    for name in NAMES:
        own = yaml.safe_load((K8S / "base" / name / "kustomization.yaml").read_text("utf-8"))
        assert (own["namePrefix"], "../service" in own["resources"]) == (f"{name}-", True)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_process_is_a_deployment_with_its_budget_and_policy(overlay: str) -> None:
    found = rendered(overlay)
    wanted = {process.name for process in processes(NAMES)}

    assert set(of_kind(found, "Deployment")) == wanted
    assert wanted <= set(of_kind(found, "PodDisruptionBudget"))
    assert {f"{name}-network" for name in NAMES} <= set(of_kind(found, "NetworkPolicy"))
    assert {f"{name}-migrate" for name in NAMES} | {"gateway-seed"} == set(of_kind(found, "Job"))


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_a_budget_and_a_policy_choose_the_pods_they_are_for(overlay: str) -> None:
    found = rendered(overlay)
    labels = {name: d["spec"]["template"]["metadata"]["labels"] for name, d in of_kind(found, "Deployment").items()}

    for name, budget in of_kind(found, "PodDisruptionBudget").items():
        if name in labels:
            chosen = [n for n, own in labels.items() if budget["spec"]["selector"]["matchLabels"].items() <= own.items()]
            assert chosen == [name]
    for name in NAMES:
        policy = of_kind(found, "NetworkPolicy")[f"{name}-network"]
        chosen = [n for n, own in labels.items() if policy["spec"]["podSelector"]["matchLabels"].items() <= own.items()]
        assert chosen == [n for n in labels if n.startswith(f"{name}-")]


def test_the_deployments_run_what_the_one_machine_runs() -> None:
    """The same modules, and for the edges the same workers."""
    deployments = of_kind(rendered("county"), "Deployment")

    for process in processes(NAMES):
        one = container(deployments[process.name])
        told = " ".join([*one["command"], *one["args"]])
        modules = [part for part in process.command if re.fullmatch(r"(services|gateway)[\w.]*(:app)?|g(thread|event)", part)]
        assert [part for part in modules if part not in told and part != process.service] == []


def test_the_played_pods_answer_where_they_are_looked_for() -> None:
    for name, deployment in of_kind(rendered("local"), "Deployment").items():
        told = {each["name"]: each.get("value", "") for each in container(deployment)["env"]}
        assert told.get("HEALTH_PORT", told.get("BIND", "").rpartition(":")[2]) == str(PORTS[name])


@pytest.mark.parametrize("overlay", ["county", "city", "province"])
def test_every_pod_is_held_to_the_least(overlay: str) -> None:
    for name, workload in of_kind(rendered(overlay), *WORKLOADS).items():
        inside, around = container(workload), pod(workload)
        assert around["securityContext"]["runAsNonRoot"] is True, name
        assert around["automountServiceAccountToken"] is False, name
        assert inside["securityContext"] == {
            "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
        }, name  # fmt: skip
        assert "memory" in inside["resources"]["limits"] and "cpu" in inside["resources"]["requests"], name
        assert not inside["image"].endswith(":latest") and ":" in inside["image"], name


@pytest.mark.parametrize("overlay", ["county", "city", "province"])
def test_every_deployment_is_probed_and_ends_in_peace(overlay: str) -> None:
    for name, workload in of_kind(rendered(overlay), "Deployment").items():
        inside = container(workload)
        ports = {port["name"] for port in inside["ports"]}
        assert {inside[probe]["httpGet"]["path"] for probe in ("livenessProbe", "startupProbe")} == {"/livez"}, name
        assert inside["readinessProbe"]["httpGet"]["path"] == "/readyz", name
        assert inside["readinessProbe"]["httpGet"]["port"] in ports, name
        assert workload["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0, name
        assert pod(workload)["terminationGracePeriodSeconds"] >= 30, name


def test_an_edge_outlives_its_last_answers() -> None:
    """Endpoints are told (preStop), then open requests end (gunicorn's graceful timeout), then the pod may be killed."""
    graceful = int(
        re.findall(r"^graceful_timeout = (\d+)$", (ROOT / "gateway" / "gunicorn.py").read_text("utf-8"), re.MULTILINE)[0]
    )

    for _, edge in [m for m in plain() if m[0].name in ("api.yaml", "stream.yaml")]:
        pause = int(container(edge)["lifecycle"]["preStop"]["exec"]["command"][1])
        assert pod(edge)["terminationGracePeriodSeconds"] > pause + graceful


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_secrets_are_named_and_never_contained(overlay: str) -> None:
    found = rendered(overlay)

    assert of_kind(found, "Secret") == {}
    for name, workload in of_kind(found, "Deployment", "Job").items():
        service = name.partition("-")[0]
        own = secrets_of(workload)
        assert f"{service}-secrets" in own and {s for s in own if "-" in s} <= {
            f"{service}-secrets", f"{service}-owner", f"{service}-audit", f"{service}-sealing", "gateway-edge", "principal-public",
        }, name  # fmt: skip
        assert ("gateway-edge" in own) == (name in ("gateway-api", "gateway-stream")), name
        assert (f"{service}-owner" in own) == name.endswith("-migrate"), name
        assert (f"{service}-audit" in own) == name.endswith("-worker"), name
        assert (f"{service}-sealing" in own) == (holds_sealed(service) and name.endswith(("-serve", "-worker"))), name


@pytest.mark.parametrize(("overlay", "profile"), [("county", "together"), ("city", "together"), ("province", "each")])
def test_whoever_installs_is_given_every_secret_that_is_asked_for(overlay: str, profile: str) -> None:
    given = {secret["metadata"]["name"]: secret["stringData"] for secret in of_installation(profile, "file:///var/lib/files")}

    assert set(asked(rendered(overlay))) <= set(given) | GIVEN
    urls = [values[key] for values in given.values() for key in values if key.startswith("DATABASE")]
    assert len({re.split("[:@]", url)[2] for url in urls}) == 2 * len(NAMES)  # No password twice.


def asked(value: Any) -> list[str]:
    """The names of secrets anywhere in manifests."""
    if isinstance(value, list | tuple):
        return [name for inner in value for name in asked(inner)]
    if not isinstance(value, dict):
        return []
    own = [inner["name"] for key, inner in value.items() if key in REFERENCES and isinstance(inner, dict) and "name" in inner]
    own += [value["secretName"]] if "secretName" in value else []
    return own + [name for inner in value.values() for name in asked(inner)]


REFERENCES = ("secretRef", "secretKeyRef", "passwordSecret", "importCredentialsSecret", "secret", "accessKeyId", "secretAccessKey")


def test_what_a_process_asks_its_environment_is_told_in_the_manifests() -> None:
    asking = ("services/runtime/settings.py", "services/vault/sealing.py", "gateway/settings.py")
    code = [(ROOT / file).read_text("utf-8") for file in asking]
    required = {name for text in code for name in re.findall(r'env\.str\("(\w+)"\)', text)}
    base = [m for file, m in plain() if file.is_relative_to(K8S / "base") and m["kind"] == "Secret"]

    assert required <= {key for secret in base for key in secret.get("stringData", {})}


@pytest.mark.parametrize("component", ["postgres/cluster.yaml", "postgres-each/service/postgres.yaml"])
def test_roles_of_applications_have_the_limits_of_the_one_machine(component: str) -> None:
    text = (K8S / "components" / component).read_text("utf-8").replace("''", "'")

    assert all(f"{name} = '{value}'" in text for name, value in LIMITS.items())


def test_the_brokers_queues_are_those_that_services_declare() -> None:
    declared = {m["spec"]["name"]: m["spec"] for _, m in plain() if m["kind"] == "Queue"}

    assert set(declared) == {f"inbox.{name}" for name in NAMES}
    for name in NAMES:
        told = declared[f"inbox.{name}"]
        assert told["arguments"] | {"x-queue-type": told["type"]} == queue_of(named(name)).queue_arguments


def test_queues_and_workers_that_scale_are_those_there_are() -> None:
    scaled = {m["metadata"]["name"]: m["spec"] for _, m in plain() if m["kind"] == "ScaledObject"}

    assert set(scaled) == {f"{name}-{role}" for name in NAMES for role in ("serve", "worker")}
    for name, spec in scaled.items():
        service, _, role = name.partition("-")
        assert spec["scaleTargetRef"]["name"] == name
        told = str(spec["triggers"])
        assert (f"inbox.{service}" in told and f"rpc-{service}" in told) if role == "serve" else f'service="{service}"' in told


def test_rules_and_dashboard_ask_for_metrics_that_are_counted() -> None:
    folder = K8S / "components" / "monitoring"
    text = "".join((folder / name).read_text("utf-8") for name in ("rules.yaml", "platform.json"))
    code = "".join(f.read_text("utf-8") for part in ("services", "gateway") for f in Path(ROOT / part).rglob("*.py"))
    counted = set(re.findall(r'(?:Counter|Gauge|Histogram)\(\s*"(\w+)"', code))

    for metric in set(re.findall(r"\b([a-z]+_[a-z_]+)\{|\(([a-z]+_[a-z_]+)\b", text)):
        name = re.sub(r"_(total|count|bucket|sum)$", "", metric[0] or metric[1])
        assert name in counted or name.startswith(("rabbitmq_", "process_", "histogram_")), name
