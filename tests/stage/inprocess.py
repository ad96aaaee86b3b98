"""The services behind no broker: signed, sent as JSON, verified and called exactly as over one."""

from collections.abc import Sequence
from typing import Any

import orjson
import redis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gateway.rpc import Away, Question, Services
from services.kernel import principal
from services.kernel.caller import Caller
from services.kernel.service import Service
from services.kernel.work import Database
from services.runtime.rpc import nameko_class

Parts = dict[str, tuple[Service, Database]]
KEY_ID = "stage"


class InProcess(Services):
    """What the gateway calls; a message goes through the same two serialisations and the same entrypoint."""

    def __init__(
        self, parts: Parts, memory: "redis.Redis[str]", key: Ed25519PrivateKey, believed: Ed25519PublicKey | None = None
    ) -> None:
        super().__init__("", key, KEY_ID, seconds=60)
        self._memory, self._public = memory, {KEY_ID: believed or key.public_key()}
        self.entrypoints = {name: nameko_class(service, database, self._verify)() for name, (service, database) in parts.items()}

    def _verify(self, token: str, audience: str, args: dict[str, Any], redelivered: bool) -> Caller:
        def is_first_use(token_id: str, seconds: int) -> bool:
            return bool(self._memory.set(f"principal:{token_id}", 1, nx=True, ex=seconds))

        return principal.verify(token, audience, args, self._public, is_first_use)

    def _ask(self, questions: Sequence[Question]) -> None:
        if away := [question.service for question in questions if question.service not in self.entrypoints]:
            raise Away(*away)
        for question in questions:
            headers = {name: value for name, value in question.headers.items() if value is not None}
            sent = orjson.loads(orjson.dumps([question.args, headers]))
            answer = getattr(self.entrypoints[question.service], question.operation)(sent[0], sent[1] | {"redelivered": False})
            question.reply = {"result": orjson.loads(orjson.dumps(answer)), "error": None}
