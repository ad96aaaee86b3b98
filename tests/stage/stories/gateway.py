"""Identity's own things: a staff account, a file, an API client, a role of the county."""

from tests.stage.world import Side


def tell(side: Side) -> None:
    side.act("enterprise_admin", "gateway", "create_staff_account", roles=["checker"])
    side.act("safety_manager", "gateway", "upload_file", enterprise_id=side.enterprise_id)
    side.act("regulator", "gateway", "upload_file")
    composed = {"code": f"role_{side.region}", "name": "县级角色", "kind": "government", "permissions": ["enterprise.read"]}
    side.act("security_admin", "gateway", "create_role", **composed)
