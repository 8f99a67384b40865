"""What the program refuses, and why, in the user's language.

The class docstring is the default message in English; `zh` is the Chinese one. A
refusal carries every failing rule at once, each with field, article and text, so that
a person mends everything in one go.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.en if lang.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that stands against a command: rule id (V01...), field, article, what to do."""

    rule: str
    message: Text
    article: Text = field(default_factory=lambda: Text("", ""))
    field: str | None = None

    def plain(self, lang: str = "zh") -> dict[str, str | None]:
        """The same as problem JSON speaks it."""
        return {
            "rule": self.rule,
            "field": self.field,
            "article": self.article[lang] or None,
            "message": self.message[lang],
        }


class DomainError(Exception):
    """The request was refused."""

    code = "refused"
    zh = "请求被拒绝。"

    def __init__(self, violations: Sequence[Violation] = (), *, text: Text | None = None) -> None:
        self.violations = tuple(violations)
        self.text = text or Text(self.zh, (self.__doc__ or "").strip().splitlines()[0])
        super().__init__(self.text.en + "".join(f" [{v.rule}] {v.message.en}" for v in violations))

    @property
    def rules(self) -> frozenset[str]:
        """Ids of the rules that failed."""
        return frozenset(v.rule for v in self.violations)


class Refused(DomainError):
    """The law does not allow this step yet; each reason is listed."""

    code = "refused"
    zh = "依法还不能办理这一步，原因如下。"


class Forbidden(DomainError):
    """You may not do this."""

    code = "forbidden"
    zh = "您无权办理。"


class NotFound(DomainError):
    """There is no such thing, or it is not yours to see."""

    code = "not_found"
    zh = "没有找到，或者不在您的查看范围内。"


class Stale(DomainError):
    """Someone else has changed this since you opened it; nothing was written, your text is kept."""

    code = "stale"
    zh = "您打开之后别人已经办过或改过，本次没有写入，您填的内容还在。"


class Invalid(DomainError):
    """Some fields are not right yet."""

    code = "invalid"
    zh = "有几处还没有填对。"


class TooLarge(DomainError):
    """The file is larger than allowed; nothing was stored."""

    code = "too_large"
    zh = "文件超过允许的大小，没有保存。"


class FreshSignInNeeded(DomainError):
    """Sign in again before you sign: this act cannot be undone."""

    code = "fresh_sign_in"
    zh = "签署前请重新登录确认身份：这一步不能撤销。"
