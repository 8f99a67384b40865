"""Titles of the laws (法律依据) that the program cites, and how a citation reads."""

from __future__ import annotations

from models.errors import Text

APL = Text("行政处罚法", "Administrative Penalty Law")
AEL = Text("行政强制法", "Administrative Compulsion Law")
ARL = Text("行政复议法", "Administrative Reconsideration Law")
ALL = Text("行政诉讼法", "Administrative Litigation Law")
CPL = Text("民事诉讼法", "Civil Procedure Law")
MSA = Text("市场监督管理行政处罚程序规定", "Market Regulation Penalty Procedure Rules")
HUD55 = Text("住房和城乡建设行政处罚程序规定", "Housing and Construction Penalty Procedure Rules")
T310 = Text("行政执法机关移送涉嫌犯罪案件的规定", "Rules on Transferring Suspected Crimes")
SPC20 = Text(
    "最高人民法院关于行政机关负责人出庭应诉若干问题的规定",
    "SPC Rules on the Appearance of Heads of Agencies",
)
SPC18 = Text("最高人民法院关于适用行政诉讼法的解释", "SPC Interpretation of the Litigation Law")
D118 = Text(
    "关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
    "State Council Office Document 118 of 2018",
)

CR36 = Text("信用修复管理办法", "Measures for the Administration of Credit Repair")


def cite(*places: tuple[Text, str]) -> Text:
    """A citation in both languages: `(APL, "56 85")` reads 《行政处罚法》第56条、第85条.

    Article numbers stand apart by blanks; none cites the law as a whole.
    """
    chinese = [f"《{law.zh}》" + "、".join(f"第{n}条" for n in nos.split()) for law, nos in places]
    english = [", ".join([law.en, *(f"art. {n}" for n in nos.split())]) for law, nos in places]
    return Text("；".join(chinese), "; ".join(english))
