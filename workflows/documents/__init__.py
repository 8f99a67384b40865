"""Legal documents (文书): facts of the record, set by templates of a pack, kept as PDF/A."""
