"""On-the-spot penalties: the narrow ground on which they are lawful (V13, APL 51, 52, 68-71)."""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.case import Case, Party
from models.duration import law_day
from models.errors import Text, Violation
from models.identifiers import IdentifierError, birth_date
from models.matter import Matter
from models.payment import Payment
from models.spot import CashTaken, SpotPenalty
from models.subject import LegalSubject
from models.types import Role
from workflows.act import Act
from workflows.actors import Holding
from workflows.commands.spot import BankCash, FileSpotPenalty, HandInCash, PunishOnTheSpot
from workflows.documents.wording import day as worded
from workflows.guards.dates import in_order
from workflows.guards.decided_before import not_fined_twice
from workflows.guards.discretion import FREE_LEVELS, advice_for, level_bounds, level_of
from workflows.guards.law import against, empty, needed
from workflows.guards.matter import (
    basis_in_force,
    correction_has_failed,
    matter_named,
    subject_holds_matter,
)
from workflows.guards.party import INDIVIDUAL_BUSINESS, NATURAL, age_at_act, penalty_fits_age
from workflows.guards.report import fine_range, penalty_fits_matter

KINDS = frozenset({"warning", "fine"})
"""What may be imposed on the spot (APL 51)."""
WAY_ON = Text(
    "请改用快速办理（普通程序），或者责令改正、不予罚款。",
    "Use quick handling (an ordinary case), or order to correct without a fine.",
)


def intended(act: Act, c: PunishOnTheSpot) -> Act:
    """The same act in the case that it would open: rules of the record can be asked about it.

    The case is not written; it ends with the look.
    """
    holding = holding_of(act, c.legal_subject)
    matter = matter_named(act, c.matter, law_day(c.act_started_at))
    opened = Act(
        session=act.session,
        now=act.now,
        actor=act.actor,
        law=act.law,
        blobs=act.blobs,
        people=act.people,
        catalogue=act.catalogue,
        grant=act.grant,
    )
    day = law_day(c.act_started_at)
    opened.case = Case(
        id=uuid.uuid4(),
        subject_id=holding.subject_id if holding else None,
        subject=act.session.get(LegalSubject, holding.subject_id) if holding else None,
        unit_id=holding.unit_id if holding else None,
        matter_id=matter.id if matter else None,
        act_start=day,
        act_end=day,
        clue_at=c.act_started_at,
        flags=[],
        open_sides=[],
        parties=[_party(c)],
        handlers=[],
    )
    return opened


def holding_of(act: Act, subject: str | None) -> Holding | None:
    """The holding under which the officer acts: of the subject that was named, else the first."""
    named = subject and act.session.scalar(
        select(LegalSubject.id).where(LegalSubject.key == subject)
    )
    return next(
        (
            h
            for h in act.actor.holdings
            if h.role == Role.HANDLER and (not subject or h.subject_id == named)
        ),
        None,
    )


def _party(c: PunishOnTheSpot) -> Party:
    number = c.party.get("cert_no")
    try:
        born = birth_date(number) if number and len(number) == 18 else None
    except (IdentifierError, ValueError):
        born = None
    return Party(
        party_type=c.party.get("party_type") or NATURAL,
        name=c.party.get("name") or "",
        cert_no=number,
        uscc=c.party.get("uscc"),
        birth_date=born,
    )


def ceiling_of(act: Act, party_type: str | None, day: Any = None) -> Decimal:
    """The highest fine on the spot in yuan for the party's type (APL 51), a dated parameter."""
    group = party_type if party_type in (NATURAL, INDIVIDUAL_BUSINESS) else "entity"
    return Decimal(str(act.parameter(f"simple.ceiling.{group}", day)))


def within_the_ceiling(act: Act, c: PunishOnTheSpot) -> Iterator[Violation]:
    """V13: warning or fine only; neither the fine nor the matter's minimum above the ceiling."""
    opened = intended(act, c)
    if opened.case.subject_id is None:
        return
    strangers = sorted(set(c.penalty_kinds) - KINDS)
    if strangers or not c.penalty_kinds:
        yield against(
            "V13", f"当场处罚只能是警告或者罚款。{WAY_ON.zh}",
            f"On the spot there is only a warning or a fine. {WAY_ON.en}", "APL51",
            "penalty_kinds",
        )  # fmt: skip
    matter = opened.record.matter
    if matter is not None and "fine" in c.penalty_kinds:
        yield from minimum_fits(opened, matter)
    ceiling = ceiling_of(opened, c.party.get("party_type"), law_day(c.act_started_at))
    if c.fine is not None and c.fine > ceiling:
        yield against(
            "V13", f"罚款{c.fine}元超过当场处罚上限{ceiling}元。{WAY_ON.zh}",
            f"A fine of {c.fine} yuan is above the ceiling of {ceiling} yuan. {WAY_ON.en}",
            "APL51", "fine",
        )  # fmt: skip


def minimum_fits(opened: Act, matter: Matter) -> Iterator[Violation]:
    """V13: a matter whose least fine is above the ceiling is never punished on the spot."""
    party = opened.case.party
    lowest, _ = fine_range(opened, matter, None)
    ceiling = ceiling_of(opened, party.party_type if party else NATURAL, opened.case.act_end)
    if lowest is not None and lowest > ceiling:
        yield against(
            "V13",
            f"“{matter.title}”最低罚{lowest}元，超过当场处罚上限{ceiling}元，不能当场处罚。{WAY_ON.zh}",
            f"The least fine for “{matter.title_en}” is {lowest} yuan, above the ceiling of "
            f"{ceiling} yuan: not on the spot. {WAY_ON.en}",
            "APL51", "matter",
        )  # fmt: skip


def penalty_is_lawful_on_the_spot(act: Act, c: PunishOnTheSpot) -> Iterator[Violation]:
    """V11, V17-V20, V31, V33: what holds for every penalty holds on the pavement too."""
    opened = intended(act, c)
    if opened.case.subject_id is None or opened.record.matter is None:
        return
    yield from penalty_fits_matter(opened, c, None)
    yield from basis_in_force(opened, c)
    yield from subject_holds_matter(opened, c)
    yield from correction_has_failed(opened, c)
    yield from not_fined_twice(opened, c)
    age = age_at_act(opened)
    if age is not None:
        yield from penalty_fits_age(opened, age, level_on_the_spot(opened, c), "party.cert_no")
    yield from _standard_is_kept(opened, c)


def level_on_the_spot(act: Act, c: PunishOnTheSpot) -> str:
    """The level that was chosen, else the one in which the fine lies."""
    return c.discretion_level or level_of(act, c.fine)


def _standard_is_kept(opened: Act, c: PunishOnTheSpot) -> Iterator[Violation]:
    """V33: a fine outside the chosen level's range; nobody could approve that on the pavement."""
    matter, fits = opened.record.matter, level_of(opened, c.fine)
    if matter is None or c.fine is None or c.discretion_level in (None, *FREE_LEVELS, fits):
        return
    advice = advice_for(opened, matter, [])
    bounds = advice and level_bounds(opened, matter, advice, c.discretion_level, None)
    if bounds and c.fine not in bounds:
        yield against(
            "V33",
            f"罚款{c.fine}元不在所选裁量等次的幅度（{bounds.lowest}元至{bounds.highest}元）内；"
            "当场处罚不能偏离裁量基准，请改等次或者数额，或者改用普通程序。",
            f"{c.fine} yuan is outside the level's range ({bounds.lowest} to {bounds.highest}): on "
            "the spot the standard is kept. Change level or fine, or go the ordinary way.",
            "APL34", "discretion_level",
        )  # fmt: skip


def done_on_the_spot(act: Act, c: PunishOnTheSpot) -> Iterator[Violation]:
    """O01: decided where and when the act was found; the place is named."""
    yield from needed(c, {"act_place": Text("违法地点", "the place of the act")}, "APL52")
    if law_day(c.act_started_at) != act.today:
        yield against(
            "O01",
            f"违法行为在{worded(law_day(c.act_started_at))}，不是当天发现，不能当场处罚。{WAY_ON.zh}",
            f"The act was on {law_day(c.act_started_at)}, not today: not on the spot. {WAY_ON.en}",
            "APL51", "act_started_at",
        )  # fmt: skip


def party_was_heard_on_the_spot(act: Act, c: PunishOnTheSpot) -> Iterator[Violation]:
    """O02: what the party says is written down and answered at once (APL 45, 52)."""
    if c.statement == "made":
        wanted = {
            "content": Text("当事人的陈述、申辩", "what the party said"),
            "answer": Text("复核意见", "how it was answered"),
        }
        yield from needed(c, wanted, "APL45")


def cash_may_be_taken(act: Act, c: PunishOnTheSpot) -> Iterator[Violation]:
    """O03: cash is taken only as APL 68, 69 allow, against the treasury's receipt (APL 70)."""
    if c.pay_by != "cash":
        return
    if not c.fine:
        yield against(
            "O03", "没有罚款，不能收缴现金。", "There is no fine to take.", "APL68", "pay_by"
        )
        return
    holding = holding_of(act, c.legal_subject)
    if holding is None:
        return
    limit = Decimal(str(act.law.value("cash.on_the_spot_ceiling", act.today, holding.subject_id)))
    ground = c.cash_ground or ("small" if c.fine <= limit else "")
    if (ground == "small" and c.fine > limit) or not ground:
        yield against(
            "O03",
            f"罚款{c.fine}元超过{limit}元，不能当场收缴；事后难以执行或者边远地区当事人提出的除外，应写明。",
            f"{c.fine} yuan is above {limit} yuan: cash only where it could hardly be collected "
            "later, or in a remote area at the party's wish; say which.",
            "APL68", "cash_ground",
        )  # fmt: skip
    if ground in ("hard_later", "remote"):
        article = "APL69" if ground == "remote" else "APL68"
        yield from needed(c, {"cash_note": Text("当场收缴的具体情形", "why cash")}, article)
    yield from needed(c, {"receipt_no": Text("罚款票据号码", "the receipt number")}, "APL70")
    yield from _receipt_is_new(act, c.receipt_no, holding.subject_id)


def _receipt_is_new(act: Act, number: str | None, subject: uuid.UUID) -> Iterator[Violation]:
    if empty(number):
        return
    used = act.session.scalar(
        select(Payment.id)
        .join(Case, Case.id == Payment.case_id)
        .where(Case.subject_id == subject, Payment.receipt_no == number)
        .limit(1)
    )
    if used is not None:
        yield against(
            "V29", f"票据号码{number}已经登记过。",
            f"Receipt number {number} has been recorded already.", "NUMBERS", "receipt_no",
        )  # fmt: skip


def cash_is_handed_in_once(act: Act, c: HandInCash) -> Iterator[Violation]:
    """O04: cash that was taken is handed in after it was taken, to a named person (APL 71)."""
    row = act.record.last(CashTaken)
    if row is None or row.handed_in_at is not None:
        yield against("O04", "没有待上交的现金。", "There is no cash to hand in.", "APL71")
        return
    yield from needed(c, {"received_by": Text("收款人", "who received it")}, "APL71")
    yield from in_order(
        row.taken_at, Text("收缴时间", "the taking"),
        c.handed_in_at, Text("上交时间", "The handing in"), "handed_in_at",
    )  # fmt: skip


def cash_is_banked_once(act: Act, c: BankCash) -> Iterator[Violation]:
    """O05: cash that was handed in goes to the bank, with the bank's receipt (APL 71)."""
    row = act.record.last(CashTaken)
    if row is None or row.handed_in_at is None or row.banked_at is not None:
        yield against("O05", "没有待缴存银行的现金。", "There is no cash to bank.", "APL71")
        return
    yield from needed(c, {"bank_receipt_no": Text("银行回单号", "the bank's receipt")}, "APL71")
    yield from in_order(
        row.handed_in_at, Text("上交时间", "the handing in"),
        c.banked_at, Text("缴存时间", "The banking"), "banked_at",
    )  # fmt: skip


def material_is_complete(act: Act, c: FileSpotPenalty) -> Iterator[Violation]:
    """O06: the decision goes to the agency's record with its material (APL 52)."""
    row = act.record.last(SpotPenalty)
    if row is None or row.filed_at is not None:
        yield against("O06", "没有待备案的当场处罚。", "Nothing waits to be filed.", "APL52")
        return
    if not c.complete:
        yield against(
            "O06", "请核对材料齐全后再备案。", "Check the material before you file it.",
            "APL52", "complete",
        )  # fmt: skip
    yield from in_order(
        row.recorded_at, Text("当场处罚时间", "the decision"),
        c.filed_at, Text("备案时间", "The filing"), "filed_at",
    )  # fmt: skip
