"""Signatures under a record, an order or a recheck."""

from collections.abc import Collection
from dataclasses import dataclass

from services.enforcement.domain.officer import FEWEST
from services.kernel.errors import Invalid


@dataclass(frozen=True)
class Signatures:
    """Officers, and the other side or the note that it refused (行政处罚法第五十五条、安全生产法第六十八条)."""

    officer_ids: tuple[str, ...]
    signed_by_party: str | None
    refusal_note: str | None

    def check(self, present: Collection[str]) -> None:
        """Refuse fewer than two officers' signatures, a stranger's, or neither signature nor refusal of the other side."""
        if not set(self.officer_ids) <= set(present):
            raise Invalid("inspection.stranger_signs", "签名的应是参加检查的执法人员", signed_officer_ids="不是参加检查的人员")
        if len(set(self.officer_ids)) < FEWEST:
            raise Invalid("inspection.too_few_signatures", f"应有至少{FEWEST}名执法人员签名", signed_officer_ids="人数不足")
        if bool(self.signed_by_party) == bool(self.refusal_note):
            raise Invalid(
                "inspection.party_signature",
                "被检查单位应签名；拒绝签名的，只填写拒签说明",
                signed_by_party="签名与拒签说明填写其一",
            )
