"""What the appraisal forms share: who makes them, the parties, where they come from."""

from collections.abc import Mapping

from marshmallow import Schema

from blueprints.appraisal.documents.sample import SNAPSHOT
from saas.documents.declaring import Declaring
from saas.documents.form import Level, Snapshot, Values, text
from saas.documents.wording import day, listed

NATIONAL = "司发通〔2016〕112号《司法鉴定文书格式》"
LAYOUT = f"{NATIONAL}，版式未核对原文"
LOCAL = "地方做法，版式为本系统按规定的内容设计"
ARCHIVES = "档案管理通行做法，版式为本系统设计"
LEVELS: Mapping[str, Level] = {LOCAL: "local", ARCHIVES: "house"}
"""Who prescribes what comes from these; the nation the rest."""


class FormSchema(Schema):
    """What every form has."""

    number = text("文书编号", most=80)
    unit = text("制作单位", most=100)
    issued_on = text("制作日期", most=20)


declare = Declaring("appraisal", SNAPSHOT, LOCAL, levels=LEVELS)


def base(snapshot: Snapshot) -> Values:
    """The values of :class:`FormSchema`."""
    return {
        "number": snapshot.document.get("number", ""),
        "unit": snapshot.unit["name"],
        "issued_on": day(snapshot.document.get("issued_on")),
    }


def names(snapshot: Snapshot, side: str) -> str:
    """The names of the parties on a side."""
    return listed(party["name"] for party in snapshot.side(side))


def of_party(snapshot: Snapshot, side: str, column: str) -> str:
    """A column of the first party on a side."""
    return next((str(party.get(column) or "") for party in snapshot.side(side)), "")


def words(snapshot: Snapshot, name: str) -> str:
    """What was chosen for a field kept with the case, in words."""
    return snapshot.words.get(name, "")


def appraisers(snapshot: Snapshot) -> str:
    """The appraisers of a case, the first one first."""
    others = [name for name in snapshot.stored("other_appraisers").split("、") if name]
    return listed(name for name in (snapshot.stored("handler"), words(snapshot, "second_appraiser"), *others) if name)
