"""What a process pack is, and whether it may be released. Pure: files in, findings out."""
