"""Workers in an enterprise's file: whoever has an account there, with an identity number and the certificate of his post."""

from datetime import date, timedelta
from random import Random
from typing import Any

from stdnum.cn import ric

from deploy.demo.people import Person
from deploy.demo.stage import Stage
from services.kernel.caller import Caller

NOWHERE = "529999"  # No division has this code, so that the numbers made of it are nobody's.
CERTIFICATES = {"主要负责人": "RY01", "安全管理人员": "RY02"}
VALID = (200, 1000)  # Days that a certificate still has.


def record(stage: Stage, caller: Caller, enterprise_id: str, people: list[Person]) -> None:
    """The administrator enters them all; their numbers come by a chance of their own, and leave the rest of the play as it is."""
    for person in people:
        chance = Random(person.username)
        worker: dict[str, Any] = {
            "name": person.name,
            "id_number": identity_number(chance),
            "post": person.title,
            "phone": _mobile(chance),
        }
        if kind := CERTIFICATES.get(person.title):
            worker["certificates"] = [_certificate(chance, kind, stage.today)]
        stage.call(caller, "add_worker", enterprise_id=enterprise_id, **worker)


def identity_number(chance: Random) -> str:
    """A number of GB 11643 with its check digit right, of somebody between 22 and 58 years of age."""
    born = date(2004, 1, 1) - timedelta(days=chance.randrange(36 * 365))
    body = f"{NOWHERE}{born:%Y%m%d}{chance.randrange(1000):03d}"
    return body + str(ric.calc_check_digit(body + "0"))


def _mobile(chance: Random) -> str:
    return f"139{chance.randrange(10**8):08d}"


def _certificate(chance: Random, kind: str, today: date) -> dict[str, Any]:
    until = today + timedelta(days=chance.randint(*VALID))
    return {"certificate_type": kind, "number": f"黔安{chance.randrange(10**8):08d}", "valid_to": until.isoformat()}
