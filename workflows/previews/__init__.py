"""Small pictures of evidence: what a photo or the first pages of a PDF look like (预览)."""

from workflows.previews.previewer import Previewer, PreviewRefused

__all__ = ["PreviewRefused", "Previewer"]
