"""No person's numbers in addresses: they would stay in histories and in the logs of every machine on the way."""

import re

from flask import request

from saas import text
from saas.errors import BadRequestError

PHONE = re.compile(r"(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)")
ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")


def refuse() -> None:
    """Before the view: an address that names a person by number is not answered.

    Raises:
        BadRequestError: With what to look for instead.
    """
    if any(names_a_person(value) for values in request.args.lists() for value in values[1]):
        raise BadRequestError("身份证号和手机号不能放在网址里查询。请返回上一页，改用姓名或者案件编号查找。")


def names_a_person(value: str) -> bool:
    """Whether a text holds a number that belongs to one person: of an identity card, or of a mobile phone."""
    return bool(PHONE.search(value)) or any(
        text.check_digit(found[:17]) == found[17].upper() for found in ID_NUMBER.findall(value)
    )
