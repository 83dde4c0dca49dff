"""Invented consultations, notices for a defender and help by lawyers on duty."""

from datetime import date
from random import Random
from typing import Any

from saas import demo
from saas.demo import DemoAct, DemoBody, DemoCase

CLERK, DIRECTOR, HANDLER = "aid_clerk", "aid_director", "handler"
PROCURATORATE, POLICE = "区人民检察院", "公安分局"


def consultation(body: DemoBody, opened: date, rng: Random) -> DemoCase:
    """A question at the window, answered at once."""
    values: dict[str, Any] = {
        "channel": rng.choice(("visit", "visit", "phone")),
        "applicant_name": demo.person_name(rng),
        "applicant_phone": demo.phone(rng),
        "categories": [rng.choice(("migrant", "elderly", "woman", "other"))],
        "matter_class": "civil",
        "kind": rng.choice(("04", "05", "08")),
        "question": "对方一直不给钱，应该怎样主张权利？",
        "answer": "可以先申请调解，也可以依法申请仲裁、提起诉讼；经济困难的，可以申请法律援助。",
        "told_of_aid": True,
        "consult_result": rng.choice(("answered", "aid")),
    }
    return DemoCase("legal_aid.consultation", "answer_now", body.name, opened, values, CLERK)


def defence(body: DemoBody, opened: date, rng: Random) -> DemoCase:
    """A procuratorate's notice for a minor, in the hands of a lawyer the next day."""
    values: dict[str, Any] = {
        "organ_kind": "procuratorate",
        "organ_name": PROCURATORATE,
        "notice_number": f"检援通〔{opened.year}〕{rng.randint(1, 200)}号",
        "found_on": str(opened),
        "matter_class": "criminal",
        "applicant_name": demo.person_name(rng),
        "categories": ["minor"],
        "situation": "minor",
        "kind": "20",
        "charge": rng.choice(("盗窃", "故意伤害", "寻衅滋事")),
        "stage": "prosecution",
        "gravest": "other",
        "area": rng.choice(body.areas),
    }
    acts = (
        DemoAct("receive", {"received_on": str(opened), "materials": "提供法律援助通知书 1 份"}, CLERK),
        DemoAct("assign", _assigned(body, rng), DIRECTOR),
    )
    return DemoCase("legal_aid.defence", "notice", body.name, opened, values, CLERK, acts)


def _assigned(body: DemoBody, rng: Random) -> dict[str, Any]:
    return {
        "provider_kind": "firm",
        "provider_name": "天平律师事务所",
        "handler": rng.choice(body.people["lawyer"]),
        "handler_phone": demo.phone(rng),
        "practice_years": rng.randint(3, 20),
        "knows_minors": True,
    }


def duty(body: DemoBody, opened: date, rng: Random) -> DemoCase:
    """Help by the lawyer on duty to somebody who admits the charge, entered and paid."""
    values: dict[str, Any] = {
        "organ_kind": "police",
        "organ_name": POLICE,
        "applicant_name": demo.person_name(rng),
        "categories": ["other"],
        "charge": rng.choice(("盗窃", "危险驾驶")),
        "stage": "investigation",
        "help_items": ["advice", "witness"],
        "admits": "yes",
        "requested_at": f"{opened}T08:30:00+08:00",
        "notice_number": f"公援通〔{opened.year}〕{rng.randint(1, 200)}号",
        "received_on": str(opened),
        "help_place": "看守所会见室",
    }
    arranged = {"handler": rng.choice(body.people["lawyer"]), "provider_name": "天平律师事务所"}
    provided: dict[str, Any] = {
        "held_at": f"{opened}T09:00:00+08:00",
        "held_mode": "meeting",
        "provided": ["advice", "witness"],
        "witnessed": "yes",
        "help_opinion": "解答了认罪认罚从宽的规定，见证签署具结书。",
        "wants_aid": "no",
    }
    paid = {"subsidy_kind": "duty_day", "subsidy_count": 1, "subsidy_amount": 40_000, "subsidy_note": True}
    acts = (
        DemoAct("arrange", arranged | {"duty_on": str(opened)}, DIRECTOR),
        DemoAct("provide", provided, HANDLER),
        DemoAct("ledger", {"duty_days": 1}, CLERK),
        DemoAct("subsidise", paid, DIRECTOR),
    )
    return DemoCase("legal_aid.duty", "notice", body.name, opened, values, CLERK, acts)
