"""The one character that no text of ours can hold: the database refuses it, and no keyboard types it."""

from itertools import chain

from flask import request

from saas.errors import BadRequestError, NotFoundError

NUL = "\0"


def refuse() -> None:
    """Before the view: an address with it leads nowhere; a query or a form with it was not made by our pages."""
    if any(NUL in str(value) for value in (request.view_args or {}).values()):
        raise NotFoundError
    sent = chain(request.args.items(multi=True), request.form.items(multi=True))
    if any(NUL in text for pair in sent for text in pair):
        raise BadRequestError("提交的内容里有不能识别的字符。请返回上一页，重新填写后再提交。")
