"""Model cases: texts by cause, for forms and matters that exist, filled in from the case."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from workflows.bootstrap import PACKS
from workflows.model_cases import ModelCase, models_for, models_in, texts_of
from workflows.packs.check import check
from workflows.packs.contents import read_contents
from workflows.packs.files import PackFiles
from workflows.reference.book import load_reference
from workflows.vocabulary import vocabulary

FILES = PackFiles.from_folder(PACKS / "ordinary")
MODELS = list(models_in(FILES))
SHIPPED = [(model, form) for model in MODELS for form in model.forms]
PACK: Any = SimpleNamespace(files=FILES)


def ids(pair: tuple[ModelCase, str]) -> str:
    return f"{pair[0].key}-{pair[1]}" if isinstance(pair, tuple) else str(pair)


@pytest.mark.parametrize("pair", SHIPPED, ids=ids)
def test_a_model_fills_only_texts_of_forms_and_matters_that_exist(
    pair: tuple[ModelCase, str],
) -> None:
    model, form = pair
    fields = {field.name: field for field in read_contents(FILES).forms[form].fields}
    assert set(model.forms[form]) <= fields.keys()
    assert all(fields[name].type in ("text", "textarea") for name in model.forms[form])
    assert model.matters <= load_reference(PACKS / "_shared").matters.keys()
    for name, text in model.forms[form].items():
        limit = fields[name].max_length
        assert limit is None or len(text) <= limit


def test_a_model_is_offered_for_its_matter_and_for_any_while_none_is_bound() -> None:
    keys = {m.key for m in models_for(PACK, "write_report", "out_of_shop_trading")}
    assert keys == {"out_of_shop_typical"}
    every = models_for(PACK, "start_lead", None)
    assert len(every) == len({m.key for m in MODELS})
    assert models_for(PACK, "archive_file", None) == ()


def test_what_the_case_does_not_know_stays_marked() -> None:
    model = next(m for m in MODELS if m.key == "out_of_shop_typical")
    text = texts_of(model, "write_report", None)["facts"]
    assert "【当事人】" in text
    assert "【地点】" in text
    assert "{" not in text


@pytest.mark.parametrize("text", ["在{nowhere}经营", "缺一半{"])
def test_a_placeholder_that_nobody_fills_keeps_the_pack_from_release(text: str) -> None:
    bad = (
        "templates:\n  - key: bad\n    title: {zh: 坏, en: Bad}\n    matters: [street_stall]\n"
        f"    forms: {{start_lead: {{content: '{text}'}}}}\n"
    )
    found = check(FILES.with_files({"templates/bad.yaml": bad.encode()}), vocabulary())
    assert [(f.rule, f.file, f.element) for f in found if f.severity == "error"] == [
        ("F05", "templates/bad.yaml", "bad")
    ]
