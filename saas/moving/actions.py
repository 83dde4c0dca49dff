"""What the audit knows of running cases that change to another version of their process."""

from enum import StrEnum


class MoveAction(StrEnum):
    """What is done to plans and by them."""

    PLANNED = "process.move.planned"
    CONFIRMED = "process.move.confirmed"
    STARTED = "process.move.started"
    STOPPED = "process.move.stopped"
    UNDOING = "process.move.undoing"
    DROPPED = "process.move.dropped"
    FINISHED = "process.move.finished"
    MOVED = "case.moved"
    BROUGHT_BACK = "case.moved_back"


TITLES: dict[str, str] = {
    MoveAction.PLANNED: "拟定案件转版计划",
    MoveAction.CONFIRMED: "确认案件转版计划",
    MoveAction.STARTED: "开始案件转版",
    MoveAction.STOPPED: "停止案件转版",
    MoveAction.UNDOING: "撤销案件转版",
    MoveAction.DROPPED: "放弃案件转版计划",
    MoveAction.FINISHED: "案件转版结束",
    MoveAction.MOVED: "案件转到流程的另一版本",
    MoveAction.BROUGHT_BACK: "案件转回流程的原版本",
}
