"""Content-addressed files: evidence, rendered documents and archives (材料与文书的存放)."""

from workflows.blobs.filetypes import FileType, UnknownFileType, recognise
from workflows.blobs.store import (
    Blob,
    BlobMissing,
    BlobRefused,
    BlobStore,
    QuotaExceeded,
    TooLarge,
    UploadMismatch,
    UploadUnknown,
)

__all__ = [
    "Blob",
    "BlobMissing",
    "BlobRefused",
    "BlobStore",
    "FileType",
    "QuotaExceeded",
    "TooLarge",
    "UnknownFileType",
    "UploadMismatch",
    "UploadUnknown",
    "recognise",
]
