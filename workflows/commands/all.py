"""Every command class by name."""

from collections.abc import Iterator
from types import ModuleType

from workflows.commands import (
    appraisal,
    archive,
    assistance,
    bureau,
    case_link,
    closing,
    confiscation,
    court_application,
    criminal,
    decision,
    desk,
    device,
    disclosure,
    enforcement,
    enforcement_rest,
    exemption,
    extension,
    fact_correction,
    filing,
    follow_up,
    hearing,
    instalment,
    investigation,
    joint_review,
    law_change,
    lead,
    meeting,
    pack,
    quick,
    recording,
    recusal,
    reference,
    refund,
    registration,
    remedy,
    reporting,
    review,
    sampling,
    seizure,
    service,
    signature,
    spot,
    supervision_letter,
    surcharge,
    suspension,
    transfer,
    urging,
)
from workflows.commands.base import Command

MODULES: tuple[ModuleType, ...] = (
    appraisal,
    archive,
    assistance,
    bureau,
    case_link,
    closing,
    confiscation,
    court_application,
    criminal,
    decision,
    desk,
    device,
    disclosure,
    enforcement,
    enforcement_rest,
    exemption,
    extension,
    fact_correction,
    filing,
    follow_up,
    hearing,
    instalment,
    investigation,
    joint_review,
    law_change,
    lead,
    meeting,
    pack,
    quick,
    recording,
    recusal,
    reference,
    refund,
    registration,
    remedy,
    reporting,
    review,
    sampling,
    seizure,
    service,
    signature,
    spot,
    surcharge,
    supervision_letter,
    suspension,
    transfer,
    urging,
)


def _commands() -> Iterator[type[Command]]:
    for module in MODULES:
        for value in vars(module).values():
            if not (isinstance(value, type) and issubclass(value, Command)):
                continue
            if value.__module__ == module.__name__ and value.__doc__:
                yield value


COMMANDS: dict[str, type[Command]] = {command.__name__: command for command in _commands()}
