"""Sample values for every component: the gallery that tests render and people can look at."""

from types import SimpleNamespace as Thing
from typing import Any

from markupsafe import Markup


def question(kind: str, label: str, **more: object) -> Thing:
    """Makes a FieldView of the kind, with nothing but what every field has unless told more."""
    plain: dict[str, object] = {"id": f"f-{kind}", "name": kind, "value": None, "hint": None}
    plain |= {"error": None, "required": True, "options": []}
    return Thing(kind=kind, label=label, **(plain | more))


TOWNS = [("330601", "枫桥镇"), ("330602", "店口镇"), ("330603", "牌头镇")]
YES_NO = [("true", "是"), ("false", "否")]
QUESTIONS = [
    question("text", "姓名", autocomplete="name", value="王小明", maxlength=20),
    question(
        "id_number",
        "证件号码",
        error="请填写18位身份证号码，最后一位可以是X。",
        hint="例如：身份证正面的号码",
        value="3306",
    ),
    question("birth", "出生日期", value=["1950", "3", "7"], hint="照证件填写"),
    question("phone", "手机号码", error="请填写11位手机号码。"),
    question("radio", "由谁办理", options=[("self", "本人"), ("agent", "代理人")], error="请选择由谁办理。"),
    question(
        "multichoice", "需要的材料", options=[("id", "身份证"), ("proof", "收入证明")], value=["proof"], required=False
    ),
    question("boolean", "我已阅读并承诺所填内容属实"),
    question("area", "所在乡镇街道", options=TOWNS, value="330602"),
    question("longtext", "情况说明", rows=4, hint="写清时间、地点和要求", required=False),
    question("money", "金额", value="1200.00"),
    question("date", "发生日期"),
    question("datetime", "预约时间", required=False),
    question("file", "上传材料", multiple=True, accept=".pdf,.jpg,.png", hint="每个文件不超过20兆"),
    question("uscc", "统一社会信用代码", required=False),
    question("number", "涉及人数", unit="人"),
    question("choice", "办理方式", options=YES_NO, value="true", readonly=True),
    question("person", "承办人", options=[("7", "李华（在办 3 件）")]),
]
SECTIONS = [
    Thing(title="您的情况", intro="照证件填写。", fields=QUESTIONS[:8]),
    Thing(title=None, intro=None, fields=QUESTIONS[8:]),
]
FILTERS = [
    question("text", "编号或姓名", id="q", value="王"),
    question("choice", "状态", id="state", options=[("open", "办理中"), ("done", "已办结")]),
    question("area", "乡镇街道", id="town", options=TOWNS),
]
CLOCK_WORDS = {
    "running": "剩 12 个工作日",
    "warning": "剩 2 个工作日",
    "due_today": "今天",
    "overdue": "超 3 个工作日",
    "paused": "已用 4 个工作日",
    "stopped": "",
    "in_time": "用时 5 个工作日",
    "late": "晚 1 个工作日",
    "provisional": "约剩 20 个工作日",
}
CLOCKS = [
    Thing(
        state=state,
        title="审查期限",
        left_text=left,
        due_text="2026年12月1日到期",
        law="某条例第八条",
        provisional=False,
    )
    for state, left in CLOCK_WORDS.items()
]
CASE = Thing(
    number="〔2026〕第0012号",
    title="申请办理示例事项",
    status_text="审查中",
    status_tone="info",
    handler="李华",
    clock=CLOCKS[1],
    sensitive="涉未成年人",
    prev_url="/1",
    next_url="/3",
)
TASKS = [
    {
        "number": f"〔2026〕第00{n}号",
        "url": f"/{n}",
        "title": "申请办理示例事项",
        "party": "王*",
        "area": "枫桥镇",
        "step": "审查",
        "clock": clock,
        "handler": None if n == 11 else "李华",
        "pick_value": str(n),
    }
    for n, clock in enumerate(CLOCKS, start=11)
]
COLUMNS: list[dict[str, Any]] = [
    {"key": "town", "label": "乡镇街道", "sort_url": "?sort=town", "sorted": "descending"},
    {"key": "amount", "label": "受理数", "numeric": True},
]
ROWS = [{"town": "枫桥镇", "amount": 12, "url": "/t/1"}, {"town": "店口镇", "amount": None}]
MENU = [
    {"title": "我的待办", "url": "/staff", "icon": "inbox", "current": True, "count": 12},
    {"title": "案件查询", "url": "/staff/cases", "icon": "search", "current": False},
    {"title": "统计分析", "url": "/staff/numbers", "icon": "bar-chart", "current": False},
]
ENTRIES = [
    {"title": title, "url": "/apply", "icon": glyph, "body": "说明一句话"}
    for title, glyph in (("我要申请", "file-earmark-text"), ("我要咨询", "chat-dots"), ("查进度", "search"))
]
STEPS = [
    {"title": "提交申请", "state": "done", "date": "11月2日"},
    {"title": "审查", "state": "current", "date": "11月5日"},
    {"title": "办理", "state": "todo"},
    {"title": "办结", "state": "todo"},
]
EVENTS = [
    {"title": "提交了补充材料", "time_text": "11月5日 10:20", "by": "王*", "tone": "success", "body": "共2份"},
    {"title": "受理", "time_text": "11月2日 09:00", "url": "/d/1"},
]
ANSWERS = [
    {"label": "姓名", "value": "王小明", "change_url": "/edit#f-text"},
    {"label": "说明", "value": Markup("第一行<br>第二行")},
    {"label": "代理人", "value": None},
]
FILES = [
    {
        "name": "收入证明.pdf",
        "url": "/f/1",
        "size_text": "320 KB",
        "uploaded_text": "11月2日上传",
        "remove_url": "/f/1/remove",
    },
    {"name": "照片.jpg", "url": "/f/2", "size_text": "1.2 MB", "note": "已核验"},
]
PAGE = Thing(page=5, pages=12, total=238, per_page=20, url=lambda n: f"?page={n}")

VALUES: dict[str, Any] = {
    "QUESTIONS": QUESTIONS,
    "SECTIONS": SECTIONS,
    "FILTERS": FILTERS,
    "CLOCKS": CLOCKS,
    "CASE": CASE,
    "TASKS": TASKS,
    "COLUMNS": COLUMNS,
    "ROWS": ROWS,
    "MENU": MENU,
    "ENTRIES": ENTRIES,
    "STEPS": STEPS,
    "EVENTS": EVENTS,
    "ANSWERS": ANSWERS,
    "FILES": FILES,
    "PAGE": PAGE,
    "WAITING": [
        {"by": "李华", "own": True, "approve_url": "/a/1/approve", "refuse_url": "/a/1/refuse"},
        {"by": "张红", "own": False, "approve_url": "/a/2/approve", "refuse_url": "/a/2/refuse"},
    ],
    "HELPERS": [{"name": "李华", "since": "11月2日", "id": "1"}, {"name": "张红", "since": "11月5日", "id": "2"}],
    "KEY": lambda: "k1",
}

CALLS: dict[str, str] = {
    "identity_bar": "{{ identity_bar(CASE) }}",
    "progress_strip": "{{ progress_strip(STEPS) }}",
    "now_box": (
        "{% call now_box('核对材料，作出决定。', who='李华') "
        "%}<a class='btn btn-primary' href='/go'>开始审查</a>{% endcall %}"
    ),
    "tabs": (
        "{{ tabs([{'label': '概况', 'url': '/', 'current': true}, {'label': '材料', 'url': '/m', "
        "'current': false, 'count': 3}]) }}"
    ),
    "back_link": "{{ back_link('/') }}",
    "breadcrumbs": "{{ breadcrumbs([{'title': '首页', 'url': '/'}, {'title': '查进度'}]) }}",
    "page_header": (
        "{% call page_header('待办', '今天要办的事') %}<a class='btn btn-primary' href='/n'>领取下一件</a>{% endcall %}"
    ),
    "entry_grid": "{{ entry_grid(ENTRIES) }}",
    "notice": (
        "{{ notice('info', '明天上午系统维护', '八点到九点不能使用') }}{% call notice('danger', '不能办理') "
        "%}<p>原因</p>{% endcall %}"
    ),
    "flashes": "{{ flashes([('success', '已保存'), ('warning', '材料将到期')]) }}",
    "error_summary": "{{ error_summary([('f-id_number', '请填写18位身份证号码。'), (none, '请先阅读承诺书。')]) }}",
    "reason_list": (
        "{{ reason_list(['没有附件', {'sentence': '承办人不能审批自己的案件', 'law': '某条', "
        "'help': '请联系 张所长'}]) }}"
    ),
    "flow_map": "{{ flow_map('图', '流程图') }}",
    "stat_cards": (
        "{{ stat_cards([{'label': '已超期', 'value': 3, 'unit': '件', 'url': '/o', "
        "'tone': 'danger'}, {'label': '办结', 'value': 40}]) }}"
    ),
    "filter_panel": (
        "{{ filter_panel(FILTERS, '/list', clear_url='/list', applied=2, "
        "saved=[{'label': '我的', 'url': '/list?m=1'}], hidden=[('tab', 'a')]) }}"
    ),
    "task_table": "<form id='results' method='post'>{{ task_table(TASKS, pick='case') }}</form>",
    "data_table": "{{ data_table(COLUMNS, ROWS, '各乡镇街道受理数') }}",
    "approvals": (
        "{% set columns = [{'key': 'by', 'label': '申请人'}, {'key': 'decide', 'label': '审批'}] %}"
        "{{ approvals(columns, WAITING, '待审批', 'token', KEY, {'title': '没有申请', 'body': '有人申请时会出现。'}) }}"
        "{{ approvals(columns, [], '待审批', 'token', KEY, {'title': '没有申请', 'body': '有人申请时会出现。'}) }}"
    ),
    "ending_table": (
        "{% set columns = [{'key': 'name', 'label': '姓名'}, {'key': 'since', 'label': '开始'}, "
        "{'key': 'end', 'label': '结束'}] %}"
        "{{ ending_table(columns, HELPERS, '协办人', '没有协办人。', "
        "{'url': '/end', 'name': 'user', 'label': '结束协办'}, 'token', KEY) }}"
        "{{ ending_table(columns, HELPERS, '协办人', '没有协办人。', none, 'token', KEY) }}"
        "{{ ending_table(columns, [], '协办人', '没有协办人。', none, 'token', KEY) }}"
    ),
    "pager": (
        "{{ pager(PAGE, '件', sizes=[{'label': '20', 'url': '?size=20', 'current': true}, "
        "{'label': '50', 'url': '?size=50', 'current': false}]) }}"
    ),
    "bar_list": ("{{ bar_list([{'label': '枫桥镇', 'value': 12}, {'label': '店口镇', 'value': 7, 'text': '7 件'}]) }}"),
    "remaining_time": (
        "{% for clock in CLOCKS %}<p>{{ remaining_time(clock) }}</p>{% endfor %}{{ remaining_time(none) }}"
    ),
    "status_tag": ("{{ status_tag('办理中', 'info') }} {{ status_tag('已办结', 'success', 'check-circle') }}"),
    "summary_list": "{{ summary_list(ANSWERS) }}",
    "timeline": "{{ timeline(EVENTS) }}",
    "file_list": "{{ file_list(FILES) }}",
    "progress_bar": "{{ progress_bar(3, 8, '正在生成卷宗', '正在编页码') }}",
    "empty_state": "{{ empty_state('没有待办', '可以去领取新的案件。', '/queue', '去领取') }}",
    "button": (
        "{{ button('保存草稿', 'secondary', 'act', 'draft', 'check-circle') }} {{ button('查看', href='/x', key='v') }}"
    ),
    "form_open": ("{{ form_open('/post', 'token', key='k1', enctype='multipart/form-data', guard=true) }}"),
    "fields": "{{ fields(SECTIONS) }}",
    "submit_row": (
        "{{ submit_row('提交', 'act', 'submit', others=[{'label': '存草稿', 'name': 'act', "
        "'value': 'draft'}], cancel_url='/') }}"
    ),
    "form_close": "{{ form_close() }}",
    "confirm_panel": (
        "{{ confirm_panel('提交成功', '〔2026〕第0012号', lines=[('查询码', '482913'), ('预计办结', '12月1日前')]) }}"
    ),
    "print_header": "{{ print_header('案件概况', '〔2026〕第0012号', '李华', '2026年11月22日 10:00') }}",
    "field": "{{ field(FILTERS[0]) }}",
    "field_attributes": "<input{{ field_attributes(QUESTIONS[1]) }}>",
    "field_input": "{{ field_input(QUESTIONS[9], []) }}",
    "field_choices": "{{ field_choices(QUESTIONS[4], QUESTIONS[4].options) }}",
    "field_readonly": "{{ field_readonly(QUESTIONS[15], QUESTIONS[15].options) }}",
    "menu_list": "{{ menu_list(MENU) }}",
    "shortcut_list": "{{ shortcut_list() }}",
    "sign_out": "{{ sign_out('token') }}",
    "size_switch": "{{ size_switch('large', 'token', '/') }}",
}
