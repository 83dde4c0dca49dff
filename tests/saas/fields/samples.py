"""A form used by the tests of the fields, with a field of each type."""

from datetime import date
from pathlib import Path

from saas.fields.context import FieldContext
from saas.fields.definition import FormDefinition, load_forms

YAML = """
forms:
  - key: sample
    title: 登记
    intro: 请如实填写。
    pages:
      - id: person
        title: 您的情况
        intro: 本人信息
        fields:
          - {id: kind, label: 类型, type: radio, required: true, default: natural,
             options: [{value: natural, label: 个人}, {value: legal, label: 单位}]}
          - {id: name, label: 申请人姓名, type: text, required: true, max_length: 10, mask: name}
          - {id: id_number, label: 身份证号, type: id_number, mask: id, show_if: {kind: natural}}
          - {id: birth, label: 出生日期, type: birth, show_if: {kind: natural}}
          - {id: uscc, label: 信用代码, type: uscc, required: true, show_if: {kind: legal}}
          - {id: phone, label: 联系电话, type: phone, mask: phone}
          - {id: home, label: 住址, type: address, mask: address}
      - id: matter
        title: 事项
        fields:
          - {id: subject, label: 类别, type: choice, list: subjects}
          - {id: wishes, label: 诉求, type: multichoice, max: 2,
             options: [{value: a, label: 甲}, {value: b, label: 乙}, {value: c, label: 丙}]}
          - {id: story, label: 经过, type: longtext, min: 5, max_length: 20}
          - {id: people, label: 人数, type: integer, min: 1, max: 99, unit: 人}
          - {id: amount, label: 金额, type: money, min: 100, max: 1000000}
          - {id: day, label: 发生日期, type: date, min: '2020-01-01', max: today}
          - {id: by, label: 截止日期, type: date, min: today+1}
          - {id: at, label: 见面时间, type: datetime, max: now}
          - {id: next, label: 下次时间, type: datetime, min: today}
          - {id: urgent, label: 情况紧急, type: boolean}
          - {id: why, label: 紧急原因, type: text, required: true, show_if: {urgent: true}}
          - {id: more, label: 补充原因, type: text, show_if: {why: 火灾}}
          - {id: place, label: 地点, type: area}
          - {id: handler, label: 承办人, type: person}
          - {id: helpers, label: 协办人, type: person, max: 3, min: 2}
          - {id: office, label: 机构, type: entry, register: sample.office}
          - {id: papers, label: 材料, type: file, max: 2}
          - {id: agree, label: 已阅读告知书, type: boolean, required: true}
"""

CONTEXT = FieldContext(
    today=date(2026, 11, 22),
    lists={"subjects": [("x", "邻里"), ("y", "婚姻")]},
    areas={"110115001": "兴丰街道"}.get,
    people=[("u1", "李调解"), ("u2", "王调解")],
    area_options=[("110115001", "兴丰街道")],
    entries={"sample.office": [("e1", "长安公证处")]},
    entry_names={"e1": "长安公证处", "e0": "旧公证处"}.get,
)


def form(folder: Path) -> FormDefinition:
    """The sample as it is read from a file in `folder`."""
    (folder / "sample.yaml").write_text(YAML, encoding="utf-8")
    return load_forms(folder)["sample"]
