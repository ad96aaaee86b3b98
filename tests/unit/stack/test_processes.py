"""Which processes run, and that none knows a secret it does not need."""

from pathlib import Path
from subprocess import run

import pytest

from deploy.local.databases import SERVICES, Databases
from deploy.local.place import Place
from deploy.local.processes import Environments, Process, processes, within

SERVERS = {"rabbitmq": "amqp://broker", "redis": "redis://memory"}


def environments(root: Path) -> Environments:
    place = Place(root / "stack" / "run")
    return Environments(place, Databases(place, "postgresql://admin:secret@127.0.0.1:1/postgres", "dual_"), SERVERS)


def environment_of(process: Process, root: Path) -> dict[str, str]:
    file = environments(root).write(process, {process.name: 1234})
    said = run(within(file, ["/usr/bin/env", "-0"]), capture_output=True, text=True, check=True).stdout
    return dict(line.split("=", 1) for line in said.split("\0") if line)


def test_every_service_has_a_process_for_calls_and_one_for_work() -> None:
    names = [process.name for process in processes(SERVICES)]

    assert {f"{service}-{role}" for service in SERVICES for role in ("serve", "worker")} <= set(names)
    assert {"gateway-api", "gateway-stream"} <= set(names)
    assert len(names) == len(set(names))


def test_only_the_gateway_can_vouch_for_a_caller(tmp_path: Path) -> None:
    holders = {p.name for p in processes(SERVICES) if "PRINCIPAL_PRIVATE_KEY" in environment_of(p, tmp_path)}

    assert holders == {"gateway-api", "gateway-stream"}


def test_only_workers_can_sign_for_an_audit_chain_and_each_for_its_own(tmp_path: Path) -> None:
    told = {p.name: environment_of(p, tmp_path) for p in processes(SERVICES)}
    keys = {name: environment["AUDIT_PRIVATE_KEY"] for name, environment in told.items() if "AUDIT_PRIVATE_KEY" in environment}

    assert set(keys) == {f"{service}-worker" for service in SERVICES}
    assert len(set(keys.values())) == len(SERVICES)


def test_only_who_keeps_something_sealed_is_told_the_keys_to_it(tmp_path: Path) -> None:
    told = {p.name: environment_of(p, tmp_path) for p in processes(SERVICES)}

    assert {name for name, environment in told.items() if "SEALING_KEYS" in environment} == {
        "enterprise-serve",
        "enterprise-worker",
    }


def test_a_process_reaches_its_own_database_by_its_lesser_role_alone(tmp_path: Path) -> None:
    for process in processes(SERVICES):
        environment = environment_of(process, tmp_path)

        assert environment["DATABASE_URL"].endswith(f"/dual_{process.service}")
        assert f"dual_{process.service}_app:" in environment["DATABASE_URL"]
        assert not any("_owner" in value or "admin:secret" in value for value in environment.values())


def test_a_value_with_spaces_quotes_and_lines_arrives_whole(tmp_path: Path) -> None:
    api = next(p for p in processes(SERVICES) if p.name == "gateway-api")

    key = environment_of(api, tmp_path)["PRINCIPAL_PRIVATE_KEY"]

    assert key.startswith("-----BEGIN PRIVATE KEY-----\n")
    assert key.endswith("-----END PRIVATE KEY-----\n")


def test_health_is_told_on_this_machine_alone(tmp_path: Path) -> None:
    assert {environment_of(p, tmp_path)["HEALTH_HOST"] for p in processes(SERVICES)} == {"127.0.0.1"}


def test_what_its_operator_sets_reaches_every_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "1")
    monkeypatch.setenv("SOMETHING_ELSE", "1")

    told = [environment_of(p, tmp_path) for p in processes(SERVICES)]

    assert all(one["TRUSTED_PROXIES"] == "1" and "SOMETHING_ELSE" not in one for one in told)
