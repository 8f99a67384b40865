"""Content-addressed files: evidence, rendered documents and archives (材料与文书的存放)."""

from workflows.blobs.filetypes import FileType, UnknownFileType, recognise
from workflows.blobs.store import (
    Blob,
    BlobMissing,
    BlobStore,
    QuotaExceeded,
    UploadMismatch,
    UploadUnknown,
)

__all__ = [
    "Blob",
    "BlobMissing",
    "BlobStore",
    "FileType",
    "QuotaExceeded",
    "UnknownFileType",
    "UploadMismatch",
    "UploadUnknown",
    "recognise",
]
