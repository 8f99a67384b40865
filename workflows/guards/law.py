"""Articles that refusals cite, and the short way to write a violation."""

from models.errors import Text, Violation

ARTICLES: dict[str, Text] = {
    "APL28": Text("《行政处罚法》第二十八条", "Administrative Penalty Law art. 28"),
    "APL29": Text("《行政处罚法》第二十九条", "Administrative Penalty Law art. 29"),
    "APL30": Text("《行政处罚法》第三十条", "Administrative Penalty Law art. 30"),
    "APL32": Text("《行政处罚法》第三十二条", "Administrative Penalty Law art. 32"),
    "APL36": Text("《行政处罚法》第三十六条", "Administrative Penalty Law art. 36"),
    "APL37": Text("《行政处罚法》第三十七条", "Administrative Penalty Law art. 37"),
    "APL40": Text("《行政处罚法》第四十条", "Administrative Penalty Law art. 40"),
    "APL42": Text("《行政处罚法》第四十二条", "Administrative Penalty Law art. 42"),
    "APL43": Text("《行政处罚法》第四十三条", "Administrative Penalty Law art. 43"),
    "APL44": Text("《行政处罚法》第四十四条", "Administrative Penalty Law art. 44"),
    "APL45": Text("《行政处罚法》第四十五条", "Administrative Penalty Law art. 45"),
    "APL46": Text("《行政处罚法》第四十六条", "Administrative Penalty Law art. 46"),
    "APL48": Text("《行政处罚法》第四十八条", "Administrative Penalty Law art. 48"),
    "APL54": Text("《行政处罚法》第五十四条", "Administrative Penalty Law art. 54"),
    "APL55": Text("《行政处罚法》第五十五条", "Administrative Penalty Law art. 55"),
    "APL57": Text("《行政处罚法》第五十七条", "Administrative Penalty Law art. 57"),
    "APL58": Text("《行政处罚法》第五十八条", "Administrative Penalty Law art. 58"),
    "APL59": Text("《行政处罚法》第五十九条", "Administrative Penalty Law art. 59"),
    "APL60": Text("《行政处罚法》第六十条", "Administrative Penalty Law art. 60"),
    "APL61": Text("《行政处罚法》第六十一条", "Administrative Penalty Law art. 61"),
    "APL62": Text("《行政处罚法》第六十二条", "Administrative Penalty Law art. 62"),
    "APL63": Text("《行政处罚法》第六十三条", "Administrative Penalty Law art. 63"),
    "APL67": Text("《行政处罚法》第六十七条", "Administrative Penalty Law art. 67"),
    "APL72": Text("《行政处罚法》第七十二条", "Administrative Penalty Law art. 72"),
    "MSA18": Text(
        "《市场监督管理行政处罚程序规定》第十八条", "Market Regulation Penalty Procedure art. 18"
    ),
    "MSA19": Text(
        "《市场监督管理行政处罚程序规定》第十九条", "Market Regulation Penalty Procedure art. 19"
    ),
    "MSA48": Text(
        "《市场监督管理行政处罚程序规定》第四十八条", "Market Regulation Penalty Procedure art. 48"
    ),
    "MSA77": Text(
        "《市场监督管理行政处罚程序规定》第七十七条", "Market Regulation Penalty Procedure art. 77"
    ),
    "MSA78": Text(
        "《市场监督管理行政处罚程序规定》第七十八条", "Market Regulation Penalty Procedure art. 78"
    ),
    "GB32100": Text("GB 32100-2015", "GB 32100-2015"),
    "GB11643": Text("GB 11643-1999", "GB 11643-1999"),
    "ORDER": Text("案件材料的时间先后（案卷评查标准）", "Order of dates (file review standard)"),
    "NONE": Text("", ""),
}


def against(
    rule: str, zh: str, en: str, article: str = "NONE", field: str | None = None
) -> Violation:
    """One failing rule with what to do, in both languages, and the article that it rests on."""
    return Violation(rule, Text(zh, en), ARTICLES[article], field)
