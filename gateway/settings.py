"""What the gateway's processes are told by their environment, beside what every process is told."""

from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from environs import Env

from services.runtime import settings as runtime


@dataclass(frozen=True)
class Settings:
    """``proxies`` is how many proxies in front are trusted to name the client's address and scheme."""

    runtime: runtime.Settings
    private_key: Ed25519PrivateKey
    key_id: str
    files_url: str
    proxies: int
    account_limit: str
    public_limit: str
    door_limit: str
    always_captcha: bool
    stream_port: int


@cache
def settings() -> Settings:
    env = Env()
    key = load_pem_private_key(env.str("PRINCIPAL_PRIVATE_KEY").encode(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("PRINCIPAL_PRIVATE_KEY is no Ed25519 key")
    return Settings(
        runtime=runtime.settings(),
        private_key=key,
        key_id=env.str("PRINCIPAL_KEY_ID"),
        files_url=env.str("FILES_URL"),  # file:///var/lib/files or s3://key:secret@host/bucket
        proxies=env.int("TRUSTED_PROXIES", 0),
        account_limit=env.str("LIMIT_ACCOUNT", "600/minute"),
        public_limit=env.str("LIMIT_PUBLIC", "120/minute"),
        door_limit=env.str("LIMIT_DOOR", "30/minute"),
        always_captcha=env.bool("ALWAYS_CAPTCHA", False),
        stream_port=env.int("STREAM_PORT", 0),  # 0: behind one address with the API.
    )
