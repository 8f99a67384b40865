"""Article numbers read as in the statute books."""

import pytest

from workflows.reference.citations import article_text, article_text_en, chinese_number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (17, "十七"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (118, "一百一十八"),
        (134, "一百三十四"),
        (1005, "一千零五"),
        (1242, "一千二百四十二"),
    ],
)
def test_numbers_are_written_as_articles_are_counted(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_an_inserted_article_keeps_its_suffix() -> None:
    assert article_text("134-1", 3) == "第一百三十四条之一第三款"


def test_paragraph_and_item_follow_the_article() -> None:
    assert article_text("32", 1, 2) == "第三十二条第一款第二项"
    assert article_text_en("32", 1, 2) == "article 32(1)(2)"


@pytest.mark.parametrize("number", [0, -3, 10_000])
def test_a_number_that_no_article_has_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no article"):
        chinese_number(number)
