"""``python -m deploy.k8s.play``: everything that the overlay ``local`` needs besides its pods, on this one machine.

Starts private servers under ``.stack/k8s``, migrates and seeds the databases, and gives podman the secrets that the pods ask
for.  The pods themselves are played by podman: docs/deploy.md.  ``stop`` takes the secrets back and ends the servers.
"""

import base64
import json
import subprocess
import sys
from itertools import product

from deploy.k8s.secrets import Secret, secret
from deploy.local import servers
from deploy.local.databases import NAMES, SERVICES, Databases
from deploy.local.keys import audit_key, audit_public_keys, principal_key, sealing_keys
from deploy.local.lifecycle import Platform
from deploy.local.place import CHECKOUT, Place
from services.vault.columns import holds_sealed

PLACE = CHECKOUT / ".stack" / "k8s"
FILES = "file:///var/lib/files"
# As in overlays/local.
PORTS = {"gateway-api": 19300, "gateway-stream": 19301} | {
    f"{service}-{role}": 19310 + place for place, (service, role) in enumerate(product(NAMES, ("serve", "worker")))
}


def local(place: Place, databases: Databases) -> list[Secret]:
    key, audit = principal_key(place), {service: audit_key(place, service) for service in NAMES}
    found = [
        secret("principal-public", PRINCIPAL_PUBLIC_KEYS=key.public_keys, AUDIT_PUBLIC_KEYS=audit_public_keys(audit)),
        secret("gateway-edge", PRINCIPAL_PRIVATE_KEY=key.private, PRINCIPAL_KEY_ID=key.key_id, FILES_URL=FILES),
    ]
    common = {"AMQP_URL": servers.address(place, "rabbitmq"), "REDIS_URL": servers.address(place, "redis")}
    for service in SERVICES:
        found.append(secret(f"{service}-audit", AUDIT_PRIVATE_KEY=audit[service]))
        found.append(secret(f"{service}-secrets", DATABASE_URL=databases.addresses(service).url, **common))
    found += [secret(f"{service}-sealing", SEALING_KEYS=sealing_keys(place)) for service in SERVICES if holds_sealed(service)]
    return found


def give(each: Secret) -> None:
    """Podman reads a secret's keys from JSON with values in base64."""
    values = {name: base64.b64encode(value.encode()).decode() for name, value in each["stringData"].items()}
    subprocess.run(
        ["podman", "secret", "create", each["metadata"]["name"], "-"], input=json.dumps(values), text=True, check=True, stdout=2
    )


def take_back(secrets: list[Secret]) -> None:
    names = [each["metadata"]["name"] for each in secrets]
    subprocess.run(["podman", "secret", "rm", *names], check=False, capture_output=True)


def main() -> None:
    platform = Platform(Place(PLACE, throwaway=True), demo=False)
    if sys.argv[1:] == ["stop"]:
        take_back(local(platform.place, platform.databases))
        platform.stop()
        return
    platform.prepare()
    for name, port in PORTS.items():
        platform.place.record("ports", name, port)
    secrets = local(platform.place, platform.databases)
    take_back(secrets)
    for each in secrets:
        give(each)
    print(f"servers run, podman knows {len(secrets)} secrets; first administrators in {platform.administrators}", file=sys.stderr)


if __name__ == "__main__":
    main()
