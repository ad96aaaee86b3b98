"""Where the bytes lie: a directory, or an S3 store, behind one interface; both name a file by its SHA-256."""

import io
import os
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from minio import Minio


class FileStore(Protocol):
    def put(self, digest: str, content: bytes, content_type: str) -> None:
        """Keep the content; keeping it twice is keeping it once."""

    def open(self, digest: str) -> IO[bytes]:
        """The content; FileNotFoundError when it was never kept."""


class Directory:
    """A directory tree, two levels deep; a file appears whole or not at all."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, digest: str, content: bytes, content_type: str) -> None:
        path = self._path(digest)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(file.name, path)

    def open(self, digest: str) -> IO[bytes]:
        return self._path(digest).open("rb")

    def _path(self, digest: str) -> Path:
        return self._root / digest[:2] / digest[2:4] / digest


class Bucket:
    """An S3 bucket."""

    def __init__(self, client: "Minio", bucket: str) -> None:
        self._client, self._bucket = client, bucket

    def put(self, digest: str, content: bytes, content_type: str) -> None:
        self._client.put_object(self._bucket, digest, io.BytesIO(content), len(content), content_type)

    def open(self, digest: str) -> IO[bytes]:
        from minio.error import S3Error

        try:
            answer = self._client.get_object(self._bucket, digest)
        except S3Error as error:
            raise FileNotFoundError(digest) from error
        try:
            return io.BytesIO(answer.read())
        finally:
            answer.close()
            answer.release_conn()


def store_at(url: str) -> FileStore:
    """``file:///path``, or ``s3://key:secret@host:port/bucket`` (``s3+http`` without TLS)."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return Directory(Path(unquote(parts.path)))
    if parts.scheme not in ("s3", "s3+http"):
        raise ValueError(f"FILES_URL: {parts.scheme} is neither file nor s3")
    from minio import Minio  # A quarter of a second of each start, which only those who have a bucket need.

    host = parts.netloc.rpartition("@")[2]
    client = Minio(host, unquote(parts.username or ""), unquote(parts.password or ""), secure=parts.scheme == "s3")
    return Bucket(client, parts.path.strip("/"))
