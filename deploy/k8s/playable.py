"""``python -m deploy.k8s.playable``: of rendered manifests, those that podman can play, in the order in which it wants them."""

import sys

import yaml

ORDER = ("ConfigMap", "PersistentVolumeClaim", "Deployment")


def main() -> None:
    found = [manifest for manifest in yaml.safe_load_all(sys.stdin) if manifest and manifest["kind"] in ORDER]
    yaml.safe_dump_all(sorted(found, key=lambda manifest: ORDER.index(manifest["kind"])), sys.stdout, sort_keys=False)


if __name__ == "__main__":
    main()
