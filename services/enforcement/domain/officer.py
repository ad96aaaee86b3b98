"""Officers (执法人员): nobody inspects without a certificate that is valid on that day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.kernel.errors import Conflict, Forbidden, Invalid

FEWEST = 2  # 安全生产法第六十七条；行政处罚法第四十二条: at least two, who show their certificates.
CONTENT = ("name", "certificate_number", "valid_from", "valid_to", "team", "account_id", "conflicts")


@dataclass(eq=False)
class Officer:
    id: str
    region: str
    sector: str
    area: str
    name: str = ""
    certificate_number: str = ""
    valid_from: date = date.min
    valid_to: date = date.min
    team: str = ""
    account_id: str | None = None
    conflicts: list[str] = field(default_factory=list)
    is_active: bool = True
    version: int = 0

    def write(self, values: Mapping[str, Any]) -> None:
        if not self.is_active:
            raise Conflict("officer.retired", f"{self.name}已离岗，不能修改")
        if values["valid_from"] > values["valid_to"]:
            raise Invalid("officer.wrong_term", "执法证有效期止应不早于有效期起", valid_to="早于有效期起")
        for name in CONTENT:
            setattr(self, name, values[name])

    def retire(self) -> None:
        if not self.is_active:
            raise Conflict("officer.retired", f"{self.name}已离岗")
        self.is_active = False

    def is_valid_on(self, day: date) -> bool:
        """The first and the last day of the certificate count."""
        return self.is_active and self.valid_from <= day <= self.valid_to

    def require_fit(self, day: date, enterprise_id: str) -> None:
        """Refuse an officer without a valid certificate, or who must stand back from this enterprise (回避)."""
        if not self.is_valid_on(day):
            raise Conflict(
                "officer.not_valid", f"{self.name}的执法证在{day.isoformat()}无效或其已离岗，请另选执法人员", officer_id=self.id
            )
        if enterprise_id in self.conflicts:
            raise Conflict("officer.must_stand_back", f"{self.name}与该企业有应当回避的情形，请另选执法人员", officer_id=self.id)


def require_team(officers: Sequence[Officer], day: date, enterprise_id: str, fewest: int = FEWEST) -> None:
    """Refuse fewer than two different officers, or one who is unfit."""
    if len({officer.id for officer in officers}) < fewest:
        raise Invalid("inspection.too_few_officers", f"执法检查应有至少{FEWEST}名持有效执法证的执法人员", officer_ids="人数不足")
    for officer in officers:
        officer.require_fit(day, enterprise_id)


def require_present(officers: Sequence[Officer], account_id: str) -> None:
    """Where officers have accounts, only one of them enters what they did."""
    accounts = {officer.account_id for officer in officers if officer.account_id}
    if accounts and account_id not in accounts:
        raise Forbidden("inspection.not_present", "应由参加检查的执法人员本人登记")
