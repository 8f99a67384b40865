"""Reference data kept as files beside the packs: calendars, parameters, code tables."""
