import io
import wave
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from workflows.blobs import UnknownFileType, recognise


def picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, form)
    return out.getvalue()


def package(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\0\0" * 10)
    return out.getvalue()


ACCEPTED = {
    "jpeg": picture("JPEG"),
    "png": picture("PNG"),
    "webp": picture("WEBP"),
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0",
    "pdf": b"%PDF-1.7\n",
    "mp4": b"\0\0\0\x18ftypisom\0\0\2\0",
    "webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82\x84webm",
    "mp3": b"ID3\x04\0",
    "wav": sound(),
    "docx": package("[Content_Types].xml", "word/document.xml"),
    "xlsx": package("[Content_Types].xml", "xl/workbook.xml"),
    "txt": "现场照片说明\r\n".encode(),
}

REFUSED = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "svg after a byte order mark and a comment": b"\xef\xbb\xbf<!-- x --><svg onload=alert(1)>",
    "html": b"<!DOCTYPE html><html></html>",
    "html deep in a text": b"a" * 5000 + b"<SCRIPT>alert(1)</SCRIPT>",
    "xml": b'<?xml version="1.0"?><a/>',
    "program": b"MZ\x90\0\x03",
    "linux program": b"\x7fELF\x02",
    "macro document": package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "plain zip": package("a.txt"),
    "broken zip": b"PK\x03\x04garbage",
    "gif": b"GIF89a\x01\0\x01\0\x80\0\0",
    "empty": b"",
    "utf-16": "文字".encode("utf-16"),
}


@pytest.mark.parametrize("code", ACCEPTED)
def test_an_accepted_file_is_recognised_by_its_bytes(tmp_path: Path, code: str) -> None:
    path = tmp_path / "named.exe"
    path.write_bytes(ACCEPTED[code])
    assert recognise(path).code == code


@pytest.mark.parametrize("name", REFUSED)
def test_a_dangerous_or_unknown_file_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(REFUSED[name])
    with pytest.raises(UnknownFileType, match="PDF"):
        recognise(path)


def test_a_text_in_the_national_encoding_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("骆驼街道检查记录".encode("gb18030"))
    assert recognise(path).kind == "text"
