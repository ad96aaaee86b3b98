"""A service that cannot tell whether it was asked before does nothing, and says that it is away."""

from datetime import timedelta
from typing import Any

import pytest
import redis

from services.kernel import clock
from services.kernel.service import named
from services.runtime.rpc import nameko_class


@pytest.mark.parametrize("error", [redis.ConnectionError("gone"), redis.ResponseError("MISCONF Errors writing to the AOF file")])
def test_without_redis_a_service_is_away(error: redis.RedisError) -> None:
    def verify(*_: Any) -> Any:
        raise error

    no_database: Any = None
    service: Any = nameko_class(named("hazard"), no_database, verify)()
    deadline = (clock.now() + timedelta(seconds=5)).timestamp()

    answer = service.show_hazard({}, {"deadline": deadline, "redelivered": False, "request_id": "asked"})

    assert answer == {"away": "asked"}
