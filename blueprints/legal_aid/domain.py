"""What legal aid declares to the platform."""

from pathlib import Path

from blueprints.legal_aid import documents, indicators, rules
from blueprints.legal_aid.checking import FILE_CHECK
from blueprints.legal_aid.codes import LISTS
from blueprints.legal_aid.demo.plan import plan
from blueprints.legal_aid.limits import SETTINGS
from blueprints.legal_aid.roles import ROLES, TITLES, Permission
from blueprints.legal_aid.volume import CATEGORIES, VOLUME
from saas.documents.form import Snapshot
from saas.domain import Domain, Guide, ProcessPack, VolumeForms
from saas.fields.definition import load_forms

HERE = Path(__file__).parent
GUIDE = Guide(
    process="legal_aid.application",
    way="apply",
    title="申请法律援助",
    summary="经济困难或者符合其他法定条件的公民，可以申请律师免费代理案件、辩护、代写文书。",
    who=(
        "请求给付赡养费、支付劳动报酬、工伤赔偿等事项，因经济困难没有委托代理人的",
        "农民工讨薪、工伤赔偿，以及领取低保、特困供养的，不核查经济状况",
        "英雄烈士近亲属、见义勇为、遭受家庭暴力等情形，不受经济困难条件限制",
    ),
    bring=("身份证", "与案件有关的材料", "免予核查的证明，例如低保证、务工证明（没有的，填写经济状况并签署承诺）"),
    time="材料齐全的，七日内决定是否给予援助（本市另有更短规定的从其规定）；给予的，三日内指派承办人。",
    fee="不收取任何费用（法律援助法第二条）。",
    place="当地法律援助中心、公共法律服务中心窗口，或者在这里网上申请。",
    law=("中华人民共和国法律援助法第三十一条至第四十九条",),
)
PACKS = ("application", "defence", "duty", "consultation")


def documents_for(code: str, shot: Snapshot) -> str:
    """The notice to the lawyer on duty has a form for each kind of authority."""
    return f"legal_aid.duty_{shot.stored('organ_kind')}" if code == "legal_aid.duty_police" else code


def _pack(name: str) -> ProcessPack:
    """A process with what cities change of it: ``local/<division>.yaml`` for applications, else ``_<name>``."""
    ending = "" if name == "application" else f"_{name}"
    found = {path.stem.removesuffix(ending): path for path in sorted((HERE / "local").glob(f"*{ending}.yaml"))}
    local = {division: path for division, path in found.items() if division.isdigit()}
    return ProcessPack(f"legal_aid.{name}", HERE / "processes" / f"{name}.yaml", local)


DOMAIN = Domain(
    name="legal_aid",
    title="法律援助",
    laws=(
        "中华人民共和国法律援助法",
        "办理法律援助案件程序规定（司法部令第148号）",
        "法律援助值班律师工作办法（司规〔2020〕6号）",
    ),
    permissions=Permission,
    permission_titles=TITLES,
    roles=ROLES,
    processes=tuple(_pack(name) for name in PACKS),
    forms=documents.FORMS,
    fields=load_forms(HERE / "fields"),
    code_lists=LISTS,
    rules=rules.RULES,
    facts=rules.facts_of,
    documents_for=documents_for,
    volume=VOLUME,
    volume_forms=VolumeForms("legal_aid.cover", "legal_aid.catalogue", "legal_aid.statement", "legal_aid.back_cover"),
    file_categories=CATEGORIES,
    settings=SETTINGS,
    indicators=indicators.INDICATORS,
    inspections=(FILE_CHECK,),
    guides=(GUIDE,),
    handler_roles=("lawyer",),
    escalation=("aid_director", "aid_supervisor"),
    demo=plan,
    body_types=("aid_centre",),
)
