"""Legal documents (执法文书): numbered without gaps per authority, form and year; a voided number is kept, never used again."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from services.enforcement.domain.authority import Authority, Seal
from services.kernel.errors import Conflict


class Form(StrEnum):
    SCHEME = "WS02"  # 现场检查方案
    RECORD = "WS03"  # 现场检查记录
    ON_SITE = "WS04"  # 现场处理措施决定书
    ORDER = "WS05"  # 责令限期整改指令书
    RECHECK = "WS06"  # 整改复查意见书


INTERNAL = frozenset({Form.SCHEME})  # Of no concern to the enterprise.
# The form's name, and its word in the number after that of the sector.
NAMES = {
    Form.SCHEME: ("现场检查方案", "检查"),
    Form.RECORD: ("现场检查记录", "检记"),
    Form.ON_SITE: ("现场处理措施决定书", "现决"),
    Form.ORDER: ("责令限期整改指令书", "责改"),
    Form.RECHECK: ("整改复查意见书", "复查"),
}


class State(StrEnum):
    ISSUED = "issued"  # 有效
    VOIDED = "voided"  # 已作废


@dataclass(frozen=True)
class Number:
    """（黔南明）应急责改〔2026〕12号: ``series`` is the row of numbers in which it is the next."""

    authority: Authority
    seal: Seal
    form: Form
    year: int

    @property
    def series(self) -> str:
        return f"document:{self.authority.region}:{self.authority.sector}:{self.form}:{self.year}"

    def text(self, serial: int) -> str:
        return f"（{self.seal.sign}）{self.seal.word}{NAMES[self.form][1]}〔{self.year}〕{serial}号"


@dataclass(eq=False)
class Document:
    id: str
    inspection_id: str
    enterprise_id: str
    region: str
    industry: str | None
    enterprise_name: str
    authority_region: str
    authority_sector: str
    authority_name: str
    form: str
    number: str
    issued_on: date
    token: str
    content: dict[str, Any] = field(default_factory=dict)
    sha256: str = ""
    state: State = State.ISSUED
    replaces_id: str | None = None
    void_reason: str | None = None
    voided_by_name: str | None = None
    voided_at: datetime | None = None
    version: int = 0

    @property
    def form_name(self) -> str:
        return NAMES[Form(self.form)][0]

    def void(self, reason: str, by_name: str, at: datetime) -> None:
        if self.state != State.ISSUED:
            raise Conflict("document.voided", f"文书{self.number}已作废")
        self.state, self.void_reason, self.voided_by_name, self.voided_at = State.VOIDED, reason, by_name, at

    def require_voided(self) -> None:
        """Only what has been voided is issued anew, with a new number."""
        if self.state != State.VOIDED:
            raise Conflict("document.not_voided", f"文书{self.number}仍然有效，请先作废再重新签发")
