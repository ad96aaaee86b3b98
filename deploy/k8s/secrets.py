"""``python -m deploy.k8s.secrets together|each``: the secrets of a new installation, with passwords and keys made for it.

Prints one list for ``kubectl apply``; nothing of it is kept here.  ``together`` is for one PostgreSQL (component
``postgres``), ``each`` for one a service (``postgres-each``).  FILES_URL tells where attachments lie.  The names are those
that the manifests ask for; who has a store of secrets puts the same keys there.
"""

import json
import os
import secrets
import sys
from collections.abc import Iterator
from typing import Any

from deploy.local.databases import NAMES
from deploy.local.keys import audit_public_keys, new_audit_key, new_principal_key, new_sealing_keys
from services.vault.columns import holds_sealed

Secret = dict[str, Any]


def secret(name: str, **values: str) -> Secret:
    return {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "type": "Opaque", "stringData": values}


def of_installation(profile: str, files_url: str) -> Iterator[Secret]:
    """Everything but the access to the store of backups, which the operator of that store gives."""
    memory = secrets.token_urlsafe(24)
    for service in NAMES:
        yield from of_service(service, profile, f"redis://:{memory}@redis:6379/0")
    scaler = secrets.token_urlsafe(24)
    yield secret("redis", password=memory)
    yield secret("scaler-broker", username="scaler", password=scaler, host=f"http://scaler:{scaler}@rabbitmq:15672/")
    key = new_principal_key()
    audit = {service: new_audit_key() for service in NAMES}
    yield from (secret(f"{service}-audit", AUDIT_PRIVATE_KEY=private) for service, private in audit.items())
    yield from (secret(f"{service}-sealing", SEALING_KEYS=new_sealing_keys()) for service in NAMES if holds_sealed(service))
    yield secret("principal-public", PRINCIPAL_PUBLIC_KEYS=key.public_keys, AUDIT_PUBLIC_KEYS=audit_public_keys(audit))
    yield secret("gateway-edge", PRINCIPAL_PRIVATE_KEY=key.private, PRINCIPAL_KEY_ID=key.key_id, FILES_URL=files_url)


def of_service(service: str, profile: str, redis_url: str) -> Iterator[Secret]:
    """A service's own: two roles of its database, its user of the broker, and the addresses made of them."""
    owner, app, broker = (secrets.token_urlsafe(24) for _ in range(3))
    if profile == "each":
        names, hosts, database = ("owner", "app"), (f"{service}-postgres-rw", f"{service}-pooler"), "service"
    else:
        names, hosts, database = (f"{service}_owner", f"{service}_app"), ("postgres-rw", "postgres-rw"), service
    urls = [f"postgresql://{n}:{p}@{h}:5432/{database}" for n, p, h in zip(names, (owner, app), hosts, strict=True)]
    yield secret(f"{service}-postgres-owner", username=names[0], password=owner)
    yield secret(f"{service}-postgres-app", username=names[1], password=app)
    yield secret(f"{service}-broker", username=service, password=broker)
    yield secret(f"{service}-owner", DATABASE_OWNER_URL=urls[0])
    amqp_url = f"amqp://{service}:{broker}@rabbitmq:5672//"
    yield secret(f"{service}-secrets", DATABASE_URL=urls[1], AMQP_URL=amqp_url, REDIS_URL=redis_url)


def main() -> None:
    if sys.argv[1:] not in (["together"], ["each"]):
        raise SystemExit("usage: python -m deploy.k8s.secrets together|each")
    found = of_installation(sys.argv[1], os.environ.get("FILES_URL", "file:///var/lib/files"))
    json.dump({"apiVersion": "v1", "kind": "List", "items": list(found)}, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
