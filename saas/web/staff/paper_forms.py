"""What the pages of acts on a document ask, as the field component draws it, and what was sent."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from saas.cases.models import Case
from saas.documents import editing, serving, voiding, ways
from saas.documents.form import Form
from saas.documents.models import Document
from saas.documents.queries import is_served
from saas.documents.serving import Handover
from saas.fields.views import FieldView
from saas.files.queries import list_files

Sent = Mapping[str, str]
LONG_FROM = 60  # characters of a text that is drawn with several rows
MOST_ROWS = 16
FIRST_ROWS = 3
OTHER = "recipient_other"
LABELS = {
    "place": "送达地点或者地址",
    "received_by": "签收人",
    "relation": "签收人与受送达人的关系",
    "witness": "见证人",
    "postal_number": "邮件号码",
    "remark": "备注",
}
HINTS = {
    "place": "电子送达的填受送达人确认的电子地址，公告送达的填刊登或者张贴的地方。",
    "received_by": "本人签收的可以不填；委托送达的填受委托的单位和收件人。",
    "relation": "由别人代收的要填，例如妻子、同住成年子女、单位收发人员。",
    "witness": "留置送达的要填。",
    "postal_number": "邮寄送达的要填。",
}


def words(name: str, sent: Sent, errors: Sent, label: str, hint: str) -> FieldView:
    """Some sentences that have to be given, such as why something is done."""
    value, wrong, most = sent.get(name, ""), errors.get(name), voiding.LONGEST
    return FieldView(name, name, label, "longtext", value, hint, wrong, required=True, maxlength=most, rows=FIRST_ROWS)


def void_fields(_case: Case, document: Document, _form: Form, sent: Sent, errors: Sent) -> list[FieldView]:
    """Why, and what became of the copies that were served."""
    asked = [words("reason", sent, errors, "作废原因", "会写进编号登记簿。编号保留，不再使用。")]
    if is_served(document.id):
        hint = "这份文书登记过送达，请写明收回了几份、由谁收回；收不回的请改用“更正”。"
        asked.append(words("recalled", sent, errors, "已送达文书的收回情况", hint))
    return asked


def reissue_fields(_case: Case, _document: Document, _form: Form, sent: Sent, errors: Sent) -> list[FieldView]:
    """Why the same is issued again."""
    return [
        words("reason", sent, errors, "补发原因", "例如：当事人遗失。内容不变，另取编号，文书上印明“补发”和原编号。")
    ]


def correction_fields(_case: Case, document: Document, form: Form, sent: Sent, errors: Sent) -> list[FieldView]:
    """Every text of the document that may be put right, and why."""
    texts = [_text(one, sent, errors) for one in editing.texts_of(form, document.values)]
    hint = "原文书保留，新文书另取编号，印明“更正”和原编号。"
    return [*texts, words("reason", sent, errors, "更正原因", hint)]


def service_fields(case: Case, _document: Document, _form: Form, sent: Sent, errors: Sent) -> list[FieldView]:
    """What is written down of a service."""
    names = [(party.name, party.name) for party in case.parties]
    choices = [(code, f"{way.title}（{way.condition}）") for code, way in ways.WAYS.items()]
    receipts = [(str(file.id), file.name) for file in list_files(case.id)]
    wrong = errors.get
    return [
        FieldView("recipient", "recipient", "受送达人", "choice", sent.get("recipient", ""), options=names,
                  error=wrong("recipient"), hint="不是当事人的，填在下一项。", required=True),
        FieldView(OTHER, OTHER, "其他受送达人", "text", sent.get(OTHER, ""), maxlength=serving.LENGTHS["recipient"]),
        FieldView("way", "way", "送达方式", "radio", sent.get("way", ""), options=choices, error=wrong("way"),
                  hint=f"{ways.SOURCE}。", required=True),
        FieldView("served_on", "served_on", "送达日期", "date", sent.get("served_on", ""), error=wrong("served_on"),
                  required=True),
        *(
            FieldView(name, name, label, "text", sent.get(name, ""), HINTS.get(name), wrong(name),
                      maxlength=serving.LENGTHS[name])
            for name, label in LABELS.items()
        ),
        FieldView("file", "file", "送达回证或者回执", "choice", sent.get("file", ""), options=receipts,
                  error=wrong("file"), hint="先在“材料”分栏上传，再在这里选择。"),
    ]  # fmt: skip


def handover_of(case: Case, sent: Sent) -> Handover:
    """What was sent of a service; what makes no sense is left empty, and then asked for."""
    parties, receipts = {party.name for party in case.parties}, {str(file.id) for file in list_files(case.id)}
    chosen = sent.get("recipient", "")
    return Handover(
        recipient=sent.get(OTHER, "").strip() or (chosen if chosen in parties else ""),
        way=sent.get("way", ""),
        served_on=_day(sent.get("served_on", "")),
        file_id=UUID(sent["file"]) if sent.get("file") in receipts else None,
        **{name: sent.get(name, "") for name in LABELS},
    )


def _text(one: editing.Text, sent: Sent, errors: Sent) -> FieldView:
    value = sent.get(one.id, one.value)
    long = one.several or len(one.value) > LONG_FROM
    return FieldView(
        one.id,
        one.id,
        one.label,
        "longtext" if long else "text",
        value,
        "一段一行。" if one.several else None,
        errors.get(one.id),
        maxlength=None if one.several else one.most,
        rows=min(MOST_ROWS, FIRST_ROWS + value.count("\n") + len(value) // LONG_FROM) if long else None,
    )


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
