"""The refusals that reach a person, each with its HTTP status and the words that say what to do next."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol


class RefusalReason(Protocol):
    """One reason of a refusal: what a page or the API shows of it."""

    @property
    def sentence(self) -> str:
        """What stands in the way and what would help."""

    @property
    def field(self) -> str | None:
        """The id of the field to put right, if it is one."""

    @property
    def law(self) -> str | None:
        """The article the reason rests on, if any."""


class AppError(Exception):
    """What the application refuses; `message` and `title` are written for the person who asked."""

    status: ClassVar[int] = 500
    title: str = "系统暂时不能完成这个操作"

    def __init__(self, message: str, *, title: str | None = None) -> None:
        """Refuse with a sentence, under the class's title or another one."""
        super().__init__(message)
        self.message = message
        if title is not None:
            self.title = title


class BadRequestError(AppError):
    """The request itself cannot be understood (a missing token, a broken address)."""

    status = 400
    title = "请求不完整"


class PermissionDeniedError(AppError):
    """The person is known but may not do this."""

    status = 403
    title = "您没有权限进行这个操作"


class ProofNeededError(PermissionDeniedError):
    """The person may do this after proving once more who they are; ``address`` is the page where."""

    title = "请再验证一次身份"

    def __init__(self, message: str, *, address: str) -> None:
        """Refuse with a sentence and the way on."""
        super().__init__(message)
        self.address = address


class NotFoundError(AppError):
    """Nothing is here for this person; says the same whether or not it exists elsewhere."""

    status = 404
    title = "没有找到这个页面"

    def __init__(self, message: str = "请检查网址是否正确，或者从首页重新进入。", *, title: str | None = None) -> None:
        """Refuse with the one sentence that gives nothing away."""
        super().__init__(message, title=title)


class ConflictError(AppError):
    """Somebody else was quicker; `detail` lists what changed meanwhile."""

    status = 409
    title = "内容已被他人更新"

    def __init__(self, message: str, *, title: str | None = None, detail: Sequence[str] = ()) -> None:
        """Refuse, listing what changed since the person loaded the page."""
        super().__init__(message, title=title)
        self.detail = list(detail)


class TooLargeError(AppError):
    """The upload is over the limit."""

    status = 413
    title = "文件太大"


class InvalidInputError(AppError):
    """What was filled in does not hold; `fields` maps each field id to its sentence."""

    status = 422
    title = "填写的内容有误"

    def __init__(
        self,
        fields: Mapping[str, str],
        message: str = "请按提示修改后重新提交。",
        *,
        title: str | None = None,
    ) -> None:
        """Refuse with all faults at once."""
        super().__init__(message, title=title)
        self.fields = dict(fields)


class RefusedError(AppError):
    """The rules of the process forbid the step; carries every reason, not only the first."""

    status = 422
    title = "现在还不能办理这一步"

    def __init__(self, reasons: Sequence[RefusalReason], *, title: str | None = None) -> None:
        """Refuse with all reasons; the message is their sentences in order."""
        super().__init__("".join(reason.sentence for reason in reasons), title=title)
        self.reasons: tuple[RefusalReason, ...] = tuple(reasons)


class TooManyTriesError(AppError):
    """The same thing was tried too often in a short time."""

    status = 429
    title = "操作太频繁"


class UnavailableError(AppError):
    """The service is closed for the moment (a suspended city, a starting database)."""

    status = 503
    title = "服务暂停"

    def __init__(self, message: str, *, title: str | None = None, retry_after: int | None = None) -> None:
        """Refuse, telling programs after how many seconds another try makes sense, when that is known."""
        super().__init__(message, title=title)
        self.retry_after = retry_after
