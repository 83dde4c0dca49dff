"""The refusals that reach a person."""

from saas import errors
from saas.workflow.engine import Reason


def test_a_refusal_says_every_reason() -> None:
    refused = errors.RefusedError([Reason("a", "请先补材料。"), Reason("b", "请换一位同事。")])

    assert (refused.status, refused.message) == (422, "请先补材料。请换一位同事。")
    assert [reason.code for reason in refused.reasons if isinstance(reason, Reason)] == ["a", "b"]


def test_input_faults_keep_their_fields() -> None:
    error = errors.InvalidInputError({"name": "请填写姓名"}, title="换一个题目")

    assert (error.fields, error.title) == ({"name": "请填写姓名"}, "换一个题目")


def test_a_conflict_lists_what_changed() -> None:
    assert errors.ConflictError("请刷新。", detail=("已受理",)).detail == ["已受理"]


def test_what_is_not_found_says_the_same_whatever_the_reason() -> None:
    assert errors.NotFoundError().message == errors.NotFoundError().message
    assert errors.NotFoundError().status == 404
