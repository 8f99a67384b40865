"""Operations that a diagram may name, with the routing variables that each may set."""

OPERATION_ROUTING: dict[str, dict[str, frozenset[str]]] = {
    "assess_discussion": {"discussion": frozenset({"required", "not_required"})},
    "assess_hearing": {"hearing": frozenset({"over", "open", "pending", "held"})},
    "start_closing_clock": {},
    "assess_display": {"display": frozenset({"yes", "no"})},
    "assess_quick": {"fast_track": frozenset({"yes", "no"})},
    "assess_withdrawal": {"withdrawal": frozenset({"proposed", "missing", "needless"})},
    "leave_quick": {"fast_track": frozenset({"no"})},
    "assess_enforcement": {"enforcement": frozenset({"over", "open"})},
    "start_legal_review": {},
    "end_appraisal_period": {},
    "lapse_registration": {},
    "judgment_takes_effect": {},
    "plan_follow_up": {
        kind: frozenset({"yes", "no"}) for kind in ("credit", "goods", "perform", "redo", "lesson")
    },
}
