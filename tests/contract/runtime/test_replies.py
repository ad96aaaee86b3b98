"""What a service does while the broker is away: it loses no more than replies, and is back soon."""

from types import SimpleNamespace
from typing import Any

import pytest
from nameko.constants import AMQP_URI_CONFIG_KEY

from services.runtime.listener import StrictQueueConsumer
from services.runtime.rpc import PlainReplies

NOBODY = "amqp://127.0.0.1:9//"  # The discard port, which nothing listens on.


class Consumer:
    """Takes note of what is acknowledged."""

    def __init__(self) -> None:
        self.acknowledged: list[Any] = []

    def ack_message(self, message: Any) -> None:
        self.acknowledged.append(message)


def test_a_reply_that_cannot_be_sent_ends_nothing_but_itself() -> None:
    consumer: Any = Consumer()
    replies = PlainReplies()
    replies.container = SimpleNamespace(config={AMQP_URI_CONFIG_KEY: NOBODY})
    replies.queue_consumer = consumer
    message = SimpleNamespace(properties={"reply_to": "somebody", "correlation_id": "1"})

    answer = replies.handle_result(message, {"answer": 1}, None)

    assert answer == ({"answer": 1}, None)
    assert consumer.acknowledged == [message]


@pytest.mark.parametrize("what", ["ack", "requeue", "reject"])
def test_a_message_whose_connection_has_just_ended_comes_again_and_ends_nothing(what: str) -> None:
    def ended() -> None:
        raise ConnectionResetError

    channel = SimpleNamespace(connection=object())  # Alive when it was looked at.

    getattr(StrictQueueConsumer(), f"{what}_message")(SimpleNamespace(channel=channel, **{what: ended}))


class Enough(Exception):
    """It has been tried often enough."""


class Counting(StrictQueueConsumer):
    """Takes note of how long it waits."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[float] = []

    def on_connection_error(self, exc: Exception, interval: float) -> None:
        self.pauses.append(interval)
        if len(self.pauses) == 6:
            raise Enough


def test_a_broker_that_was_long_away_is_met_again_within_two_seconds() -> None:
    consumer = Counting()
    consumer.container = SimpleNamespace(config={AMQP_URI_CONFIG_KEY: NOBODY})

    with pytest.raises(Enough), consumer.establish_connection():
        pass

    assert max(consumer.pauses) <= 2
