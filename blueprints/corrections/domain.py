"""What corrections and placement declare to the platform."""

from pathlib import Path

from blueprints.corrections import documents, indicators
from blueprints.corrections.codes import CODE_LISTS
from blueprints.corrections.demo.plan import plan
from blueprints.corrections.labels import label_for
from blueprints.corrections.questions import FIELDS
from blueprints.corrections.roles import ROLES, Permission
from blueprints.corrections.rules import RULES, facts_of
from blueprints.corrections.settings import SETTINGS
from blueprints.corrections.volume import CATEGORIES, VOLUME
from saas.domain import Domain, ProcessPack, VolumeForms

HERE = Path(__file__).parent


def _pack(name: str) -> ProcessPack:
    local = {path.stem.partition("_")[0]: path for path in sorted((HERE / "local").glob(f"*_{name}.yaml"))}
    return ProcessPack(f"corrections.{name}", HERE / "processes" / f"{name}.yaml", local)


DOMAIN = Domain(
    name="corrections",
    title="社区矫正与安置帮教",
    laws=(
        "中华人民共和国社区矫正法",
        "中华人民共和国监狱法",
        "中华人民共和国刑法",
        "中华人民共和国刑事诉讼法",
        "中华人民共和国预防未成年人犯罪法",
    ),
    permissions=Permission,
    permission_titles={Permission.DECIDE: "审批社区矫正事项", Permission.MONITOR: "批准使用电子定位装置"},
    roles=ROLES,
    processes=(_pack("supervision"), _pack("investigation"), _pack("placement")),
    forms=documents.FORMS,
    fields=FIELDS,
    code_lists=CODE_LISTS,
    rules=RULES,
    facts=facts_of,
    label_for=label_for,
    documents_for=documents.variant,
    volume=VOLUME,
    volume_forms=VolumeForms(
        "corrections.cover", "corrections.catalogue", "corrections.statement", "corrections.back_cover"
    ),
    file_categories=CATEGORIES,
    settings=SETTINGS,
    indicators=indicators.INDICATORS,
    handler_roles=("corrections_officer", "corrections_juvenile", "placement_officer", "office_head"),
    escalation=("office_head", "corrections_approver", "corrections_head"),
    demo=plan,
    body_types=("office",),
)
