"""Workers of enterprises (从业人员): one record a person, with the certificates that he holds."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.enterprise.domain.personal import Personal
from services.kernel.errors import Conflict, Invalid


class Sex(StrEnum):
    MALE = "male"  # 男
    FEMALE = "female"  # 女


NUMBERS = ("id_number", "phone")


@dataclass(eq=False)
class Worker:
    """One person; ``id_number_digest`` is by what he is found, and found to stand there already."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    id_number: Personal
    id_number_digest: str = ""
    name: str = ""
    sex: str = ""
    phone: Personal | None = None
    post: str = ""
    title: str | None = None
    certificates: list[dict[str, Any]] = field(default_factory=list)
    is_removed: bool = False
    version: int = 0

    def write(self, values: Mapping[str, Any], certificate_types: Container[str]) -> None:
        """Take over a whole record; a number that is not given stays, for who edits has seen it masked, and an empty one goes."""
        if self.is_removed:
            raise Conflict("worker.removed", "该人员已删除")
        for name, value in values.items():
            if name not in NUMBERS:
                setattr(self, name, value)
            elif value is not None:
                setattr(self, name, Personal(value) if value else None)
        self._settle_sex(values.get("sex"))
        wrong = [str(i) for i, row in enumerate(self.certificates) if row["certificate_type"] not in certificate_types]
        if wrong:
            places = {f"certificates.{place}.certificate_type": "不在目录中" for place in wrong}
            raise Invalid("worker.unknown_certificate", "有证书类型不在现行目录中，请重新选择", **places)

    def _settle_sex(self, given: str | None) -> None:
        told = sex_told(self.id_number)
        if given not in (None, told):
            raise Invalid("worker.sex_contradicts", "性别与身份证号不符，请核对", sex="与身份证号不符")
        self.sex = told

    def remove(self) -> None:
        if self.is_removed:
            raise Conflict("worker.removed", "该人员已删除")
        self.is_removed = True


def sex_told(id_number: Personal) -> Sex:
    """What the last digit but one of an identity number tells (GB 11643): odd is male."""
    return Sex.MALE if int(id_number.whole[-2]) % 2 else Sex.FEMALE
