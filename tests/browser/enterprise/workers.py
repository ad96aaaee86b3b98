"""People of an enterprise as they are entered in the dialog, in the wizard and on their own page."""

from playwright.sync_api import Locator, Page, expect

from tests.stage.arguments import an_identity_number


def entering(page: Page, **fields: str) -> Locator:
    """The dialog for somebody new, with these fields filled in."""
    page.get_by_role("button", name="登记人员").first.click()
    dialog = page.get_by_role("dialog")
    for field, value in fields.items():
        dialog.locator(f"#worker-{field}").fill(value)
    return dialog


def save(dialog: Locator) -> None:
    dialog.get_by_role("button", name="保存人员").click()
    expect(dialog).to_have_count(0)


def enter_two(page: Page) -> list[str]:
    """One with a wrong check digit at first, which is refused where it stands, then another; their masked numbers."""
    right, other = an_identity_number(), an_identity_number()
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    dialog = entering(page, name="张电工", id_number=wrong, phone="13985072946", post="电工")
    dialog.get_by_role("button", name="保存人员").click()
    expect(dialog.locator("#worker-id_number-note")).to_have_text("应为18位身份证号，校验位须正确")
    expect(dialog.locator("#worker-id_number")).to_have_attribute("aria-invalid", "true")
    dialog.locator("#worker-id_number").fill(right)
    save(dialog)
    save(entering(page, name="李安全", id_number=other, post="安全员"))
    return [f"{number[:3]}{'*' * 11}{number[-4:]}" for number in (right, other)]
