"""Operations that a diagram may name, with the routing variables that each may set."""

OPERATION_ROUTING: dict[str, dict[str, frozenset[str]]] = {
    "assess_discussion": {"discussion": frozenset({"required", "not_required"})},
    "start_closing_clock": {},
    "end_appraisal_period": {},
}
