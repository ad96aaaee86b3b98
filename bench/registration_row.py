"""What is written down of a hazard in B1, by the platform and by its peers."""

GIVEN = {
    "place": "一车间东侧冲压线", "part": "3号冲压机", "category": "thing",
    "description": "冲压机安全联锁失效，防护罩打开后仍能动作",
    "hazard_class": "general_limited", "measure": "更换联锁开关并每班点检", "responsible_name": "张三",
}  # fmt: skip
# The platform knows these of whoever asks; its peers have to be told.
ENTERPRISE = {"enterprise_id": "0197a000-0000-7000-8000-000000000001", "region": "520103001", "industry": "GM01"}
