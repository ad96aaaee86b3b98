"""Uploads: by content, cleaned, readable through their owner's scope."""

import hashlib
import io
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from gateway.edge import Edge
from services.kernel import ids
from services.kernel.work import Database
from tests.service.gateway.builders import Person, a_person, an_enterprise_admin, an_official, hear_enterprise
from tests.stage.people import applicant

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def a_photo(with_place: bool = False, size: tuple[int, int] = (40, 30), trailing: bytes = b"") -> bytes:
    picture, out = Image.new("RGB", size, (200, 30, 30)), io.BytesIO()
    exif = Image.Exif()
    if with_place:
        exif.get_ifd(0x8825)[1] = "N"
        exif[0x8825] = {1: "N", 2: (26.0, 35.0, 0.0), 3: "E", 4: (106.0, 42.0, 0.0)}
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue() + trailing


def a_package(*parts: str, size: int = 10) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part in ("[Content_Types].xml", *parts):
            package.writestr(part, b"\0" * size)
    return out.getvalue()


def upload(person: Person, content: bytes, name: str = "照片.jpg", **more: str) -> TestResponse:
    return person("POST", "/files", data={"file": (io.BytesIO(content), name)} | more, content_type="multipart/form-data")


@pytest.mark.feature("SEC-39")
def test_an_uploaded_photo_comes_back_as_an_attachment(app: Flask, identity: Database) -> None:
    person = a_person(app, an_enterprise_admin(identity))

    stored = upload(person, a_photo())
    fetched = person("GET", f"/files/{stored.json['id']}")

    assert stored.status_code == 201 and stored.json["content_type"] == "image/jpeg"
    assert hashlib.sha256(fetched.data).hexdigest() == stored.json["sha256"]
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert (fetched.headers["X-Content-Type-Options"], fetched.headers["Cache-Control"]) == ("nosniff", "private, max-age=300")


@pytest.mark.feature("SEC-39")
def test_the_place_where_a_photo_was_taken_is_removed(app: Flask, identity: Database) -> None:
    original = a_photo(with_place=True)
    person = a_person(app, an_enterprise_admin(identity))

    stored = upload(person, original).json["id"]

    assert Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825)
    assert not Image.open(io.BytesIO(person("GET", f"/files/{stored}").data)).getexif()


@pytest.mark.feature("SEC-39")
def test_what_hides_behind_a_picture_is_cut_off(app: Flask, identity: Database) -> None:
    person = a_person(app, an_enterprise_admin(identity))

    stored = upload(person, a_photo(trailing=b"<script>alert(1)</script>")).json["id"]

    assert b"<script>" not in person("GET", f"/files/{stored}").data


@pytest.mark.feature("SEC-39")
@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"MZ\x90\x00 a program", "照片.jpg", "file.kind"),
        (b"<html><script>alert(1)</script></html>", "x.pdf", "file.kind"),
        (b"\xff\xd8\xff\xe0 not really a picture", "照片.jpg", "file.broken"),
        (a_package("xl/workbook.xml", "xl/vbaProject.bin"), "台账.xlsx", "file.macros"),
        (a_package("readme.txt"), "台账.xlsx", "file.kind"),
        (a_package("xl/workbook.xml", size=110 * 1024 * 1024), "台账.xlsx", "file.bomb"),
        (b"PK\x03\x04 broken", "台账.xlsx", "file.kind"),
        (b"", "空.pdf", "file.empty"),
    ],
)
def test_a_file_is_what_its_content_is(app: Flask, identity: Database, content: bytes, name: str, code: str) -> None:
    answer = upload(a_person(app, an_enterprise_admin(identity)), content, name)

    assert (answer.status_code, answer.json["code"]) == (422, code)


@pytest.mark.feature("SEC-39")
def test_a_picture_with_too_many_pixels_is_refused(app: Flask, identity: Database) -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")

    assert upload(a_person(app, an_enterprise_admin(identity)), out.getvalue()).json["code"] == "file.too_many_pixels"


@pytest.mark.feature("SEC-39")
def test_a_file_beyond_twenty_megabytes_is_refused(app: Flask, identity: Database) -> None:
    answer = upload(a_person(app, an_enterprise_admin(identity)), PDF + b"\0" * (21 * 1024 * 1024), "大.pdf")

    assert (answer.status_code, answer.json["code"]) == (413, "request.too_large")


@pytest.mark.feature("SEC-39")
@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\temp\\整改.exe", "整改.pdf"), ('a\nb".pdf', "ab.pdf"), ("", "未命名.pdf")],
)
def test_a_name_is_only_a_name(app: Flask, identity: Database, given: str, kept: str) -> None:
    from gateway.files.kinds import PDF as KIND
    from gateway.files.kinds import clean_name

    assert clean_name(given, KIND) == kept


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda i: an_official(i, "regulator", region="520102"), 200),
        (lambda i: an_official(i, "regulator", region="520103"), 404),
        (lambda i: an_official(i, "regulator", region="520102", industries=("JZ",)), 404),
        (lambda i: an_enterprise_admin(i), 404),
    ],
)
def test_a_file_is_readable_through_its_owners_scope_only(
    app: Flask, identity: Database, who: Callable[[Database], dict[str, str]], status: int
) -> None:
    stored = upload(a_person(app, an_enterprise_admin(identity, "520102", "MK01")), PDF, "证照.pdf").json["id"]
    stranger = a_person(app, who(identity))

    answers = [stranger("GET", f"/files/{one}") for one in (stored, ids.new_id())]

    assert answers[0].status_code == status
    if status == 404:
        bodies = [{k: v for k, v in a.json.items() if k != "request_id"} for a in answers]
        assert bodies[0] == bodies[1]


def test_an_applicants_file_reaches_the_authority_that_reviews_him(app: Flask, identity: Database) -> None:
    account = applicant(identity)
    stored = upload(a_person(app, account), PDF, "营业执照.pdf").json["id"]
    reviewer = a_person(app, an_official(identity, "reviewer", region="520181"))
    before = reviewer("GET", f"/files/{stored}").status_code

    hear_enterprise(identity, "registered", account["enterprise_id"], "520181")

    assert (before, reviewer("GET", f"/files/{stored}").status_code) == (404, 200)


def test_an_officials_file_may_belong_to_an_enterprise_of_his_scope(app: Flask, identity: Database) -> None:
    owner = an_enterprise_admin(identity, "520102")
    officer = a_person(app, an_official(identity, "officer", region="520102"))

    stored = upload(officer, a_photo(), enterprise_id=owner["enterprise_id"]).json
    foreign = upload(
        a_person(app, an_official(identity, "officer", region="520103")), a_photo(), enterprise_id=owner["enterprise_id"]
    )

    assert a_person(app, owner)("GET", f"/files/{stored['id']}").status_code == 200
    assert foreign.status_code == 404


def test_the_same_upload_twice_is_one_file_and_another_under_its_id_is_refused(app: Flask, identity: Database) -> None:
    person, own = a_person(app, an_enterprise_admin(identity)), ids.new_id()

    answers = [upload(person, content, "a.pdf", id=own) for content in (PDF, PDF, PDF + b"x")]

    assert [a.status_code for a in answers] == [201, 201, 409]


def test_only_one_file_comes_at_a_time(app: Flask, identity: Database) -> None:
    person = a_person(app, an_enterprise_admin(identity))
    two = {"file": (io.BytesIO(PDF), "a.pdf"), "other": (io.BytesIO(PDF), "b.pdf")}

    assert person("POST", "/files", data=two, content_type="multipart/form-data").status_code == 422
    assert person("POST", "/files", json={"file": "x"}).status_code == 415


def test_a_file_in_an_s3_store_is_the_same_file(edge: Edge) -> None:
    from moto.server import ThreadedMotoServer

    from gateway.files.store import Bucket, store_at

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        store = store_at(f"s3+http://key:secret@{host}:{port}/files")
        assert isinstance(store, Bucket)
        store._client.make_bucket("files")
        store.put("ab" * 32, PDF, "application/pdf")

        assert store.open("ab" * 32).read() == PDF
        with pytest.raises(FileNotFoundError):
            store.open("cd" * 32)
    finally:
        server.stop()
