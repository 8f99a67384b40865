"""Scenario 1 of the domain digest as a record, step by step, for tests of any layer.

A `Story` puts a case on the record as the handlers would, each step with the digest's values
unless told otherwise; `up_to_…` takes the whole way to a stage.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.case import Case, CaseHandler, Party
from models.closing import Closing
from models.correction import CorrectionOrder, Recheck
from models.decision import Decision
from models.disclosure import Disclosure
from models.discussion import Discussion, Vote
from models.document import Document
from models.evidence import Evidence
from models.notice import Notice, Reexamination, Statement
from models.pack import PackVersion
from models.payment import Payment
from models.report import FinalReport
from models.review import ReviewOpinion
from models.service import ProofOfService
from models.types import DisclosureState, DocumentState, Stage
from models.verification import FilingProposal, Verification
from tests.building import FINE, PARTY, TERMS, Office, at
from workflows.act import Act

__all__ = ["FINE", "PARTY", "TERMS", "Story"]


class Story:
    """One case of Luotuo; every method puts one step on the record and returns its row."""

    def __init__(self, session: Session, **values: Any) -> None:
        self.session = session
        self.office = Office(session)
        self.sequence = len(session.scalars(select(Case.id)).all()) + 1
        self.case = self._open(**values)

    def _open(self, matter: str = "out_of_shop_trading", **values: Any) -> Case:
        row = self.office.matter(matter)
        wanted: dict[str, Any] = {
            "subject_id": self.office.subject().id,
            "unit_id": self.office.unit().id,
            "pack_version_id": self._pack().id,
            "procedure": "ordinary",
            "stage": Stage.LEAD,
            "name": "鲜果美水果店涉嫌店外经营案",
            "party_name": PARTY["name"],
            "matter_id": row.id,
            "matter_title": row.title,
            "cause": row.content["causes"][0]["zh"],
            "source": "grid",
            "source_detail": "网格骆-12",
            "clue_at": at("09-08 09:20"),
            "lead_content": "店外摆放水果占用人行道",
            "act_start": date(2025, 9, 8),
            "act_end": date(2025, 9, 10),
            "act_place": "骆驼街道示范路18号门前",
            "opened_at": at("09-08 09:30"),
        }
        case = Case(id=uuid.uuid4(), **{**wanted, **values})
        self.session.add(case)
        self.session.flush()
        return case

    def _pack(self) -> PackVersion:
        current = PackVersion.current.is_(True)
        found = self.session.scalar(
            select(PackVersion).where(PackVersion.pack == "ordinary", current)
        )
        assert found is not None, "the database has no ordinary pack: Databases.with_bureau()"
        return found

    def act(self, key: str, now: datetime) -> Act:
        """A person's act in this case; the record is read anew."""
        self.session.flush()
        self.session.expire_all()
        return self.office.act(key, now, self.case)

    def number(self, kind: str) -> str:
        """The number of this case's document of a kind, such as 镇骆综执立〔2025〕第0001号."""
        return f"镇骆综执{kind}〔2025〕第{self.sequence:04d}号"

    def _stamp(self, when: datetime, by: str = "zhang_ming") -> dict[str, Any]:
        return {
            "id": uuid.uuid4(),
            "case_id": self.case.id,
            "recorded_at": when,
            "recorded_by_id": self.office.person(by).id,
        }

    def _add(self, row: Any) -> Any:
        self.session.add(row)
        self.session.flush()
        return row

    def _pair(self) -> dict[str, Any]:
        zhang, li = self.office.person("zhang_ming"), self.office.person("li_qiang")
        return {"officer_id": zhang.id, "second_officer_id": li.id}

    def party(self, **values: Any) -> Party:
        """The shop, or whoever the values make of it."""
        row: Party = self._add(Party(**{**self._stamp(at("09-08 09:30")), **PARTY, **values}))
        self.case.party_name = row.name
        return row

    def natural_person(self, cert_no: str, born: date, **values: Any) -> Party:
        """A natural person (自然人) as the party."""
        nobody = dict.fromkeys(name for name in PARTY if name.startswith("representative"))
        person = {"party_type": "natural_person", "name": "陈立新", "uscc": None, **nobody}
        paper = {"cert_type": "resident_id", "cert_no": cert_no, "birth_date": born}
        return self.party(**{**person, **paper, **values})

    def verified(self, when: datetime | None = None, conclusion: str = "file") -> Verification:
        """The check of the lead."""
        moment = when or at("09-10 10:00")
        return self._add(
            Verification(
                **self._stamp(moment), **self._pair(), verified_at=moment,
                findings="店外摆放水果", conclusion=conclusion,
            )
        )  # fmt: skip

    def ordered(self, served: bool = True) -> CorrectionOrder:
        """The order to correct by 09-09 18:00, served (D07)."""
        when = at("09-08 10:00")
        order: CorrectionOrder = self._add(
            CorrectionOrder(
                **self._stamp(when), **self._pair(), facts="店外经营", demand="停止店外经营",
                ordered_at=when, deadline=at("09-09 18:00"),
            )
        )  # fmt: skip
        if served:
            self.service("D07", self.number("责改"), when)
        return order

    def rechecked(self, order: CorrectionOrder, result: str = "not_corrected") -> Recheck:
        """The re-check of 09-10."""
        when = at("09-10 09:00")
        return self._add(
            Recheck(
                **self._stamp(when), **self._pair(), order_id=order.id, rechecked_at=when,
                result=result, findings="仍在店外摆放", party_signature="signed", body_camera=True,
            )
        )  # fmt: skip

    def proposed(self, file: bool = True) -> FilingProposal:
        """The proposal to file, or not to."""
        return self._add(
            FilingProposal(
                **self._stamp(at("09-10 11:00")), file=file, facts="店外经营", conditions=[],
                ground=None if file else "unproven",
                proposed_by_id=self.office.person("zhang_ming").id,
            )
        )  # fmt: skip

    def handled(self, *keys: str) -> None:
        """The two officers in charge."""
        for place, key in enumerate(keys or ("zhang_ming", "li_qiang")):
            person = self.office.person(key)
            row = CaseHandler(person=person, lead=place == 0, since=at("09-10 14:00"))
            self.case.handlers.append(row)
        self.session.flush()

    def filed(self, clock: bool = True) -> None:
        """Filed on 09-10; the ninety days run."""
        when = at("09-10 15:00")
        self.case.filed_at, self.case.case_no = when, self.number("立")
        self.case.stage = Stage.INVESTIGATING
        if clock:
            self.office.act("zhao_yong", when, self.case).clocks.start("CLK_CASE", when)

    def evidence(self, admissible: bool = True, **values: Any) -> Evidence:
        """A photo of the pavement."""
        number = len(self.session.scalars(select(Evidence)).all()) + 1
        reason = None if admissible else "来源不明"
        wanted: dict[str, Any] = {
            "number": number, "kind": "audio_visual", "name": "现场照片",
            "collected_at": at("09-08 09:25"), "admissible": admissible, "excluded_reason": reason,
        }  # fmt: skip
        return self._add(
            Evidence(**{**self._stamp(at("09-08 09:30")), **self._pair(), **wanted, **values})
        )

    def reported(self, when: datetime | None = None, **values: Any) -> FinalReport:
        """The final report of 09-15: a fine of 500 yuan."""
        wanted: dict[str, Any] = {
            "round": 1, "proposal": "penalty", "matter_id": self.case.matter_id,
            "cause": self.case.cause, "facts": "当事人在店外经营，逾期未改正", "nature": "店外经营",
            "discretion_level": "ordinary", "discretion_reason": "逾期未改正", **TERMS,
            "author_id": self.office.person("zhang_ming").id,
        }  # fmt: skip
        moment = when or at("09-15 10:00")
        return self._add(FinalReport(**{**self._stamp(moment), **wanted, **values}))

    def reviewed(self, report: FinalReport, **values: Any) -> ReviewOpinion:
        """The review of 09-16: passed."""
        wanted: dict[str, Any] = {
            "round": 1, "report_id": report.id, "review": "pass", "opinion": "agree",
            "passed": True, "reviewer_id": self.office.person("wang_jing").id,
        }  # fmt: skip
        return self._add(
            ReviewOpinion(**{**self._stamp(at("09-16 10:00"), "wang_jing"), **wanted, **values})
        )

    def notified(self, report: FinalReport, **values: Any) -> Notice:
        """The notice approved on 09-19."""
        wanted: dict[str, Any] = {
            "round": 1, "report_id": report.id, "number": self.number("告"),
            "facts": report.facts, **TERMS,
        }  # fmt: skip
        return self._add(
            Notice(**{**self._stamp(at("09-19 10:00"), "zhao_yong"), **wanted, **values})
        )

    def notice_served(self, notice: Notice, when: datetime | None = None) -> None:
        """Served on 09-24; the period for a statement runs to 09-30."""
        moment = when or at("09-24 10:00")
        notice.served_at = moment
        self.service("D34", notice.number, moment)
        self.office.act("zhang_ming", moment, self.case).clocks.start("CLK_STATE", moment)

    def stated(self, notice: Notice, statement: str = "made") -> Statement:
        """What the party said on 09-26, or its written waiver."""
        waived = statement == "waived"
        return self._add(
            Statement(
                **self._stamp(at("09-26 10:00")), notice_id=notice.id, statement=statement,
                stated_at=at("09-26 10:00"), stated_by="陈立新", way="oral",
                content=None if waived else "经营困难", waiver_signed=waived,
            )
        )  # fmt: skip

    def reexamined(self, statement: Statement, result: str = "upheld") -> Reexamination:
        """The answer to it."""
        return self._add(
            Reexamination(
                **self._stamp(at("09-28 10:00"), "wang_jing"), statement_id=statement.id,
                reexamination=result, accepted="none" if result == "upheld" else "part",
                reasons="理由不成立", person_id=self.office.person("wang_jing").id,
            )
        )  # fmt: skip

    def convened(self, report: FinalReport, *keys: str, **values: Any) -> Discussion:
        """A discussion called for 10-09 with the heads of Luotuo."""
        members = keys or ("qian_hong", "zhao_yong", "jiang_tao", "shen_jie", "ye_ping", "tang_jie")
        wanted: dict[str, Any] = {
            "round": 1, "report_id": report.id, "planned_at": at("10-09 09:00"),
            "place": "街道会议室", "chair_id": self.office.person("qian_hong").id,
            "recorder_id": self.office.person("lin_fang").id,
        }  # fmt: skip
        row: Discussion = self._add(
            Discussion(**{**self._stamp(at("10-08 10:00"), "qian_hong"), **wanted, **values})
        )
        for seat, key in enumerate(members, 1):
            row.votes.append(Vote(person_id=self.office.person(key).id, seat=seat))
        self.session.flush()
        return row

    def discussed(self, discussion: Discussion, result: str = "as_proposed", **values: Any) -> None:
        """Held: everyone came and agreed."""
        discussion.held_at, discussion.ended_at = at("10-09 09:00"), at("10-09 10:00")
        discussion.result = result
        for name, value in values.items():
            setattr(discussion, name, value)
        for vote in discussion.votes:
            vote.attended, vote.view, vote.vote = True, "同意", "agree"
        self.session.flush()

    def signed(self, discussion: Discussion) -> None:
        """The minutes are signed."""
        discussion.signed_at = at("10-09 11:00")
        self.session.flush()

    def decided(self, when: datetime | None = None, **values: Any) -> Decision:
        """The decision of 10-09: a fine of 500 yuan."""
        moment = when or at("10-09 15:00")
        record = self.act("zhao_yong", moment).record
        report, notice = record.report, record.notice
        assert report is not None
        review = record.reviews[-1] if record.reviews else None
        wanted: dict[str, Any] = {
            "subject_id": self.case.subject_id, "number": self.number("罚决"),
            "decision": "penalty", "decision_type": "penalty", "decided_at": moment,
            "decided_by_id": self.office.person("zhao_yong").id, "report_id": report.id,
            "review_id": review.id if review else None, "notice_id": notice.id if notice else None,
            "notified_fine": notice.fine if notice else None, "facts": report.facts,
            "basis": record.matter.basis if record.matter else [], **TERMS,
        }  # fmt: skip
        self.case.decided_at = moment
        return self._add(Decision(**{**self._stamp(moment, "zhao_yong"), **wanted, **values}))

    def service(self, kind: str, number: str, when: datetime) -> ProofOfService:
        """A document handed to the operator."""
        return self._add(
            ProofOfService(
                **self._stamp(when), **self._pair(), document_kind=kind, document_number=number,
                receipt_number=f"{number}-1号", service_method="direct", served_at=when,
                service_place="店内", receiver_name="陈立新",
                receiver_relation="legal_representative",
            )
        )  # fmt: skip

    def decision_served(self, decision: Decision, when: datetime | None = None) -> None:
        """Served on 10-10; the time to pay runs to 10-27."""
        moment = when or at("10-10 10:00")
        kind = "D43" if decision.decision == "penalty" else "D45"
        self.service(kind, decision.number, moment)
        self.office.act("zhang_ming", moment, self.case).clocks.start("CLK_PAY", moment)

    def paid(self, decision: Decision, amount: Decimal = FINE, **values: Any) -> Payment:
        """Paid at the bank on 10-15."""
        wanted: dict[str, Any] = {
            "decision_id": decision.id, "amount": amount, "surcharge_amount": Decimal(0),
            "paid_at": at("10-15 10:00"), "channel": "bank", "receipt_no": "NB-0001",
            "payer_name": PARTY["name"], "cashier_id": self.office.person("zheng_hui").id,
        }  # fmt: skip
        return self._add(
            Payment(**{**self._stamp(at("10-15 11:00"), "zheng_hui"), **wanted, **values})
        )

    def disclosed(self, decision: Decision, **values: Any) -> Disclosure:
        """Published on 10-14 by a second person."""
        wanted: dict[str, Any] = {
            "decision_id": decision.id, "state": DisclosureState.PUBLISHED, "disclose": "publish",
            "secrecy_checked": True, "privacy_checked": True, "public_text": "决定书摘要",
            "masked_items": ["id_number", "phone"], "channels": ["agency_site"],
            "credit_class": "ordinary", "prepared_by_id": self.office.person("zhou_min").id,
            "released_by_id": self.office.person("zhao_yong").id,
            "published_at": at("10-14 10:00"),
        }  # fmt: skip
        return self._add(
            Disclosure(**{**self._stamp(at("10-14 09:00"), "zhou_min"), **wanted, **values})
        )

    def closing(self, **values: Any) -> Closing:
        """The proposal to close of 10-16."""
        wanted: dict[str, Any] = {
            "closing_ground": "performed", "execution": "performed", "summary": "已缴清",
            "goods_disposed": True, "measures_released": True,
            "proposed_by_id": self.office.person("zhang_ming").id,
        }  # fmt: skip
        return self._add(Closing(**{**self._stamp(at("10-16 10:00")), **wanted, **values}))

    def document(self, kind: str, number: str | None = None, **facts: Any) -> Document:
        """A document that was issued."""
        return self._add(
            Document(
                **self._stamp(at("10-16 10:00")), kind=kind, title=kind, number=number,
                volume="main", position=1, state=DocumentState.ISSUED, dated_at=at("10-16 10:00"),
                facts=facts, template_hash="0" * 64, pack_version_id=self.case.pack_version_id,
            )
        )  # fmt: skip

    def up_to_filing(self) -> Story:
        """Order, re-check, check, proposal: ready for unit head and leader."""
        self.party()
        self.rechecked(self.ordered())
        self.verified()
        self.proposed()
        self.evidence()
        return self

    def up_to_report(self) -> Story:
        """Filed with two handlers: ready for the final report."""
        self.up_to_filing()
        self.handled()
        self.filed()
        return self

    def up_to_decision(self, **terms: Any) -> Story:
        """Reported, reviewed, notified, served: ready to be decided after 09-30."""
        self.up_to_report()
        report = self.reported(**terms)
        self.reviewed(report)
        told = {name: terms[name] for name in TERMS if name in terms}
        self.notice_served(self.notified(report, **told))
        return self

    def up_to_closing(self) -> Story:
        """Decided, served, disclosed and paid: ready to be closed."""
        self.up_to_decision()
        decision = self.decided()
        self.decision_served(decision)
        self.disclosed(decision)
        self.paid(decision)
        return self
