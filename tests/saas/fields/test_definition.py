"""Reading form files."""

from pathlib import Path

import pytest

from saas.fields.definition import FormDefinition, FormDefinitionError, load_forms

FIELD = "{id: a, label: 甲, type: text}"


def _forms(*fields: str, key: str = "f", pages: str = "") -> str:
    listed = ", ".join(fields)
    return f"forms:\n  - key: {key}\n    title: 表\n    pages: [{{id: p, title: 页, fields: [{listed}]}}{pages}]\n"


def test_a_form_is_read_with_its_pages_in_order(sample: FormDefinition) -> None:
    assert [page.id for page in sample.pages] == ["person", "matter"]
    assert sample.field_ids[:3] == ("kind", "name", "id_number")
    assert [field.id for field in sample.on("person")][-1] == "home"
    assert sample.fields[-4].maximum == 3


def test_a_page_that_is_not_there_is_a_key_error(sample: FormDefinition) -> None:
    with pytest.raises(KeyError):
        sample.page("nowhere")


@pytest.mark.parametrize(
    "body",
    [
        _forms("{id: a, label: 甲, type: colour}"),
        _forms("{id: a, label: 甲, type: text, size: 3}"),
        _forms("{id: 'Ä', label: 甲, type: text}"),
        _forms("{id: a, label: 甲, type: choice}"),
        _forms("{id: a, label: 甲, type: text, list: things}"),
        _forms("{id: a, label: 甲, type: entry}"),
        _forms("{id: a, label: 甲, type: text, register: things}"),
        _forms("{id: a, label: 甲, type: date, max: tomorrow}"),
        _forms("{id: a, label: 甲, type: integer, max: true}"),
        _forms(FIELD, FIELD),
        _forms("{id: a, label: 甲, type: text, show_if: {b: 1}}", "{id: b, label: 乙, type: text}"),
        _forms(FIELD, pages=", {id: p, title: 又一页, fields: []}"),
        _forms(FIELD) + _forms(FIELD).removeprefix("forms:\n"),
        "forms: [\n",
        "a: 1\na: 1\n",
    ],
)
def test_a_form_that_does_not_hold_together_is_refused_by_file(body: str, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(body, encoding="utf-8")

    with pytest.raises(FormDefinitionError, match=r"bad\.yaml"):
        load_forms(tmp_path)


def test_a_yes_or_no_may_have_its_own_words(tmp_path: Path) -> None:
    options = "options: [{value: 'true', label: 同意}, {value: 'false', label: 不同意}]"
    (tmp_path / "a.yaml").write_text(_forms(f"{{id: a, label: 甲, type: boolean, {options}}}"), encoding="utf-8")

    assert load_forms(tmp_path)["f"].fields[0].options[1] == ("false", "不同意")
