"""Quick handling (快速办理, domain.md 2.2): who may be handled quickly, and on what consent."""

from collections.abc import Iterator

from models.errors import Text, Violation
from models.quick import QuickConsent
from workflows.act import Act
from workflows.commands.quick import ConsentToQuickHandling, RecordQuickly
from workflows.guards.decided_before import not_fined_twice
from workflows.guards.discretion import standard_is_kept
from workflows.guards.law import against, needed
from workflows.guards.party import age_at_act, not_a_child
from workflows.guards.report import proposed_penalty_is_lawful
from workflows.guards.thresholds import hearing_scope

ORDINARY = Text("请选“按普通程序办理”。", "Choose the ordinary procedure.")


def consent_is_in_writing(act: Act, c: ConsentToQuickHandling) -> Iterator[Violation]:
    """Q01: quick only where the party admits, does not object and signs (MPS 40-43 as model)."""
    if not c.agreed:
        yield from needed(c, {"refusal": Text("按普通程序办理的原因", "why not quickly")}, "QUICK")
        return
    yield from needed(c, {"person_name": Text("同意人", "who consents")}, "QUICK")
    conditions = {
        "admitted": (
            c.admitted,
            "当事人没有自愿承认违法事实",
            "the act is not admitted",
        ),
        "objected": (not c.objected, "当事人对拟处罚有异议", "the party objects"),
        "signed": (c.signed, "当事人没有书面签名同意", "the party has not signed its consent"),
        "facts_clear": (c.facts_clear, "事实还不清楚", "the facts are not clear yet"),
    }
    for field, (met, zh, en) in conditions.items():
        if not met:
            yield against(
                "Q01", f"{zh}，不能快速办理。{ORDINARY.zh}",
                f"No quick handling: {en}. {ORDINARY.en}", "QUICK", field,
            )  # fmt: skip


def quick_way_is_open(act: Act, c: ConsentToQuickHandling) -> Iterator[Violation]:
    """Q02, Q03: minors and suspected crimes are never handled quickly."""
    if not c.agreed:
        return
    age = age_at_act(act)
    if age is not None and age < int(act.parameter("age.lighter_below")):
        yield against(
            "Q02", f"当事人是未成年人，不能快速办理。{ORDINARY.zh}",
            f"The party is a minor: no quick handling. {ORDINARY.en}", "QUICK", "agreed",
        )  # fmt: skip
    if not c.no_crime:
        yield against(
            "Q03", f"涉嫌犯罪或者还没有排除的，不能快速办理。{ORDINARY.zh}",
            f"A crime is not ruled out: no quick handling. {ORDINARY.en}", "APL27", "no_crime",
        )  # fmt: skip


def consent_stands(act: Act, c: RecordQuickly) -> Iterator[Violation]:
    """Q04: the record of quick handling rests on a consent that still stands."""
    row = act.record.last(QuickConsent)
    if row is None or not row.agreed or row.ended_at is not None:
        yield against(
            "Q04", "没有当事人对快速办理的书面同意。",
            "There is no written consent to quick handling.", "QUICK",
        )  # fmt: skip


def no_hearing_in_quick_handling(act: Act, c: RecordQuickly) -> Iterator[Violation]:
    """Q05: a penalty that gives a right to a hearing is not decided quickly (APL 63)."""
    reason = hearing_scope(act, c.penalty_kinds, c.fine, c.confiscated_amount)
    if c.statement == "waived" and reason is not None:
        yield against(
            "Q05",
            f"{reason.zh}，不能快速办理，请选“有异议或者不宜快速办理”转普通程序。",
            f"No quick handling: {reason.en}. Choose the ordinary procedure.",
            "APL63", "fine",
        )  # fmt: skip


def waiver_is_express(act: Act, c: RecordQuickly) -> Iterator[Violation]:
    """V09: the statement is waived expressly, in writing, by the party itself (APL 62)."""
    if c.statement != "waived":
        title = Text("异议或者不宜快速办理的原因", "the objection, or why not quickly")
        yield from needed(c, {"objection": title}, "APL45")
        return
    wanted = {
        "penalty_kinds": Text("处罚种类", "the kinds of penalty"),
        "discretion_reason": Text("裁量理由", "the reasons of the discretion"),
    }
    yield from needed(c, wanted, "APL59")
    if not c.waiver_signed or c.party_signature != "signed":
        yield against(
            "V09", "放弃陈述、申辩应当明确并由当事人签名；没有签名的，转普通程序办理。",
            "A waiver is express and signed by the party; without it, go the ordinary way.",
            "APL62", "waiver_signed",
        )  # fmt: skip


def act_is_proved(act: Act, c: RecordQuickly) -> Iterator[Violation]:
    """E01: quick handling needs less evidence, never none: the admission is not enough (APL 40)."""
    there = any(item.admissible for item in act.record.evidence)
    if c.statement == "waived" and not there and not c.evidence:
        yield against(
            "E01", "还没有可以采用的证据，只有当事人承认不能处罚，请先添加证据。",
            "There is no admissible evidence: an admission alone does not carry a penalty.",
            "APL40", "evidence",
        )  # fmt: skip


def proposal_is_lawful(act: Act, c: RecordQuickly) -> Iterator[Violation]:
    """V11, V17-V20, V31, V33: what is notified quickly is what any report might propose."""
    if c.statement == "waived":
        yield from standard_is_kept(act, c)
        yield from not_a_child(act, c)
        yield from proposed_penalty_is_lawful(act, c)
        yield from not_fined_twice(act, c)
