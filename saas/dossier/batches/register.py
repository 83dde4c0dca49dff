"""登记表: what an archive of dossiers holds, case by case, as an Excel file."""

from dataclasses import dataclass

from saas import clock, spreadsheet
from saas.cases.context import code_titles
from saas.cases.models import Case
from saas.dossier.batches.models import DossierBatch
from saas.dossier.models import DossierExport
from saas.dossier.redaction import variant_of
from saas.workflow.queries import get_definition

HEADINGS = ("序号", "案号", "名称", "类别", "状态", "页数", "文件名", "SHA-256", "备注")
VARIANTS = {"full": "完整卷宗", "redacted": "脱敏卷宗"}


@dataclass(frozen=True)
class Line:
    """A case with the file of its dossier, or the sentence that says why there is none."""

    seq: int
    case: Case
    name: str | None
    export: DossierExport | None
    problem: str | None


def workbook(lines: list[Line], batch: DossierBatch) -> bytes:
    """The register of a batch; in a redacted one the titles are masked as the dossiers are."""
    mark = f"{VARIANTS[batch.variant]}，{batch.requested_by} {clock.local(batch.requested_at):%Y-%m-%d %H:%M} 导出"
    return spreadsheet.workbook("登记表", HEADINGS, [_cells(line, batch) for line in lines], mark=mark)


def _cells(line: Line, batch: DossierBatch) -> list[object]:
    case, export = line.case, line.export
    definition = get_definition(case.process_id)
    state = definition.states.get(case.state)
    return [
        line.seq,
        case.number,
        variant_of(batch.variant, case).text(case.title),
        code_titles(case.domain).get(case.kind or "", definition.title),
        state.title if state else case.state,
        export.pages if export else None,
        line.name,
        export.digest if export else None,
        line.problem,
    ]
