"""English is complete: every sentence of the pages has it, and the compiled file says the same."""

import re

from webapp.translations import catalog

PLACEHOLDER = re.compile(r"%\(\w+\)s")


def test_every_sentence_has_its_english() -> None:
    assert catalog.missing() == []


def test_the_compiled_catalogue_is_the_one_that_was_written() -> None:
    assert catalog.mo_is_current()


def test_no_english_sentence_loses_or_invents_a_placeholder() -> None:
    for message in catalog.load():
        chinese = message.id if isinstance(message.id, str) else message.id[0]
        english = (message.string,) if isinstance(message.string, str) else message.string
        for text in english:
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(chinese)), chinese


def test_no_english_sentence_is_still_chinese() -> None:
    for message in catalog.load():
        if message.id:
            assert not re.search(r"[一-鿿]", str(message.string)), message.id
