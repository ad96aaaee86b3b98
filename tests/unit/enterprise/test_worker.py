"""Workers and their numbers (ENT-08, rules 13.3)."""

from typing import Any

import orjson
import pytest

from services.enterprise.domain.personal import Personal
from services.enterprise.domain.worker import Worker
from services.kernel import ids
from services.kernel.errors import Conflict, Invalid
from services.kernel.work import plain

MAN, WOMAN = "520102199003073450", "11010519491231002X"
TYPES = {"RY01", "RY02"}
CERTIFICATE = {"certificate_type": "RY01", "number": "黔A0001", "valid_to": "2027-01-01", "scan": None}


def a_worker(id_number: str = MAN) -> Worker:
    return Worker(ids.new_id(), ids.new_id(), "520102", "GM01", Personal(id_number))


def values(**more: Any) -> dict[str, Any]:
    return {"name": "张三", "sex": None, "phone": "13985012345", "post": "电工", "title": None, "certificates": []} | more


@pytest.mark.parametrize(("number", "sex"), [(MAN, "male"), (WOMAN, "female")])
@pytest.mark.parametrize("is_given", [False, True])
def test_the_sex_is_that_of_the_identity_number(number: str, sex: str, is_given: bool) -> None:
    worker = a_worker(number)

    worker.write(values(sex=sex if is_given else None), TYPES)

    assert worker.sex == sex


@pytest.mark.parametrize(("number", "sex"), [(MAN, "female"), (WOMAN, "male")])
def test_a_sex_that_contradicts_the_number_is_refused(number: str, sex: str) -> None:
    with pytest.raises(Invalid) as refusal:
        a_worker(number).write(values(sex=sex), TYPES)

    assert refusal.value.details == {"sex": "与身份证号不符"}


def test_numbers_that_are_not_given_stay() -> None:
    worker = a_worker()
    worker.write(values(), TYPES)

    worker.write(values(name="张三丰", phone=None, id_number=None), TYPES)

    assert (worker.name, worker.id_number.whole, worker.phone) == ("张三丰", MAN, Personal("13985012345"))


def test_another_number_takes_the_place_of_the_one_that_is_there_and_the_sex_follows() -> None:
    worker = a_worker()
    worker.write(values(), TYPES)

    worker.write(values(id_number=WOMAN, phone="0851-85551234"), TYPES)

    assert (worker.id_number.whole, worker.phone, worker.sex) == (WOMAN, Personal("0851-85551234"), "female")


def test_an_empty_telephone_takes_the_old_one_away() -> None:
    worker = a_worker()
    worker.write(values(), TYPES)

    worker.write(values(phone=""), TYPES)

    assert worker.phone is None


def test_certificates_are_of_types_that_the_catalogue_knows() -> None:
    with pytest.raises(Invalid) as refusal:
        a_worker().write(values(certificates=[CERTIFICATE, CERTIFICATE | {"certificate_type": "RY99"}]), TYPES)

    assert list(refusal.value.details) == ["certificates.1.certificate_type"]


def test_who_was_removed_is_neither_changed_nor_removed_again() -> None:
    worker = a_worker()
    worker.remove()

    with pytest.raises(Conflict):
        worker.write(values(), TYPES)
    with pytest.raises(Conflict):
        worker.remove()


@pytest.mark.parametrize(
    ("whole", "shown"),
    [(WOMAN, "110***********002X"), ("13985012345", "139****2345"), ("0851-85551234", "085******1234"), ("8555123", "*******")],
)
def test_a_number_shows_three_and_four_places_of_itself(whole: str, shown: str) -> None:
    assert (str(Personal(whole)), f"{Personal(whole)}", repr(Personal(whole))) == (shown, shown, f"<{shown}>")


def test_what_is_written_down_of_a_number_is_masked() -> None:
    """Audit rows are made by ``plain``; anything else that makes JSON of it knows no way but text."""
    assert plain({"id_number": [None, Personal(WOMAN)]}) == {"id_number": [None, "110***********002X"]}
    with pytest.raises(TypeError):
        orjson.dumps(Personal(WOMAN))
