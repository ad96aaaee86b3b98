"""What the clock does for identity: codes that were put down for people are sent."""

from datetime import date

from gateway import sending
from gateway.memory import memory
from services.kernel.service import every
from services.kernel.work import Database


@every(1)
def send_letters(database: Database, day: date) -> None:
    sending.send_all(memory(), sending.couriers())
