"""Article numbers as Chinese law writes them: 第一百三十四条之一第三款第二项."""

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
LIMIT = 10_000


def chinese_number(number: int) -> str:
    """A number from 1 to 9999 in Chinese numerals, as articles are counted."""
    if not 0 < number < LIMIT:
        raise ValueError(f"no article has the number {number}")
    text, pending_zero = "", False
    digits = str(number)
    for index, digit in enumerate(digits):
        place = len(digits) - 1 - index
        if digit == "0":
            pending_zero = bool(text)
            continue
        text += ("零" if pending_zero else "") + DIGITS[int(digit)] + PLACES[place]
        pending_zero = False
    return text.removeprefix("一") if text.startswith("一十") else text


def article_text(article: str, paragraph: int | None = None, item: int | None = None) -> str:
    """第十七条第三款; an inserted article such as 134-1 is 第一百三十四条之一."""
    number, _, inserted = article.partition("-")
    text = f"第{chinese_number(int(number))}条"
    if inserted:
        text += f"之{chinese_number(int(inserted))}"
    if paragraph is not None:
        text += f"第{chinese_number(paragraph)}款"
    if item is not None:
        text += f"第{chinese_number(item)}项"
    return text


def article_text_en(article: str, paragraph: int | None = None, item: int | None = None) -> str:
    """Article 17(3), or article 32(1)(2) with an item."""
    marks = "".join(f"({mark})" for mark in (paragraph, item) if mark is not None)
    return f"article {article}{marks}"
