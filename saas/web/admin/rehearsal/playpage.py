"""The page of a play as plain values: where the case stands, what can be done, its limits, what has been done."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import url_for
from markupsafe import Markup

from saas import clock, text
from saas.rehearsal import staging
from saas.rehearsal.plays import Script
from saas.web.admin.rehearsal import questions, verb_forms
from saas.web.admin.rehearsal.frame import Desk, frame_values
from saas.web.admin.rehearsal.questions import Setting
from saas.workflow import drawing, simulation, surroundings
from saas.workflow.difference.words import TO
from saas.workflow.engine import Reason
from saas.workflow.engine_acts import TITLES
from saas.workflow.process import Definition
from saas.workflow.simulation import FILES, VERB, Done, Played

HERE = "admin.show_play"


@dataclass(frozen=True)
class Asked:
    """What the page is asked to show: the form of a step, with what was typed and what was wrong with it."""

    action: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """A play as it stands."""

    desk: Desk
    script: Script
    played: Played
    setting: Setting

    @classmethod
    def of(cls, desk: Desk, script: Script) -> "Scene":
        """Play the script."""
        context = staging.city_context(desk.definition)
        played = simulation.play(desk.definition, script.acts, context, today=script.day)
        day = played.today or clock.today()
        return cls(desk, script, played, Setting(desk, context, list(script.acts), played.view, day))

    @property
    def taken(self) -> list[simulation.Act]:
        """The acts that were taken; one that was refused is tried again or given up."""
        return [one.act for one in self.played.done]


def page_values(scene: Scene, asked: Asked) -> dict[str, Any]:
    """Everything the page draws."""
    definition, played = scene.desk.definition, scene.played
    asked = asked if asked.action else replace(_refused(scene), errors=asked.errors)
    return {
        **frame_values(scene.desk, HERE),
        "map": Markup(drawing.draw(definition, marks=_marks(played))),  # noqa: S704 - drawn here, its texts escaped
        "facts": facts(scene),
        "choices": choices(scene),
        "verbs": verbs(scene),
        "form": form_values(scene, asked),
        "refused": [] if asked.errors else list(map(_told, played.refused)),
        "limits": limits(definition, played),
        "history": [event(definition, one) for one in reversed(played.done)],
        "day": scene.setting.day.isoformat(),
        "begun": bool(scene.script.acts),
        "errors": list(asked.errors.items()),
        "faults": dict(asked.errors),
    }


def facts(scene: Scene) -> list[dict[str, str]]:
    """Where the case stands."""
    definition, view = scene.desk.definition, scene.played.view
    day = text.chinese_date(scene.setting.day)
    if view is None:
        return [{"label": "模拟日期", "value": day}, {"label": "环节", "value": "还没有立案"}]
    state = definition.states[view.state]
    return [
        {"label": "模拟日期", "value": day},
        {"label": "环节", "value": state.title + ("（办结）" if state.end else "")},
        *(
            {"label": region.title, "value": region.states[view.regions[name]].title}
            for name, region in state.regions.items()
        ),
        {"label": "承办人", "value": _handler(definition, str(view.handler_id or ""))},
        {"label": "标记", "value": "、".join(sorted(view.flags)) or "无"},
        {"label": "当事人看到", "value": state.public or "无"},
    ]


def _handler(definition: Definition, who: str) -> str:
    return definition.roles.get(who, who) or "未确定"


def choices(scene: Scene) -> list[dict[str, Any]]:
    """What can be done now, with a link for each who can do it, and what stands against it where nobody can."""
    definition, view, acts = scene.desk.definition, scene.played.view, scene.taken
    if view is None:
        return [_choice(scene, way.id, way.title, way.by, ()) for way in definition.opens]
    found = simulation.choices(definition, view, staging.cast(definition, acts))
    return [_choice(scene, one.action.id, one.action.title, one.by, one.reasons, one.action.by) for one in found]


def _choice(
    scene: Scene,
    action: str,
    title: str,
    able: tuple[str, ...],
    reasons: tuple[Reason, ...],
    roles: tuple[str, ...] = (),
) -> dict[str, Any]:
    definition, draft_id = scene.desk.definition, scene.desk.draft.id
    return {
        "title": title,
        "by": [
            {
                "label": staging.name_of(definition, by),
                "url": url_for(HERE, draft_id=draft_id, action=action, by=by, _anchor="form"),
            }
            for by in able
        ],
        "reasons": list(map(_told, reasons)),
        "who": "、".join(definition.roles.get(role, role) for role in roles),
        "try_url": url_for(HERE, draft_id=draft_id, action=action, by=next(iter(roles), ""), _anchor="form"),
    }


def verbs(scene: Scene) -> list[dict[str, Any]]:
    """What can be done without being drawn, and by whom."""
    definition, view = scene.desk.definition, scene.played.view
    if view is None:
        return []
    found = simulation.verbs(definition, view, staging.cast(definition, scene.taken))
    return [_choice(scene, f"{VERB}{name}", TITLES[name], tuple(people), ()) for name, people in found.items()]


def form_values(scene: Scene, asked: Asked) -> dict[str, Any] | None:
    """The form of the step that is asked for; None where none is."""
    definition = scene.desk.definition
    step = definition.find_transition(asked.action) or definition.find_way(asked.action)
    title = step.title if step else verb_forms.title_of(asked.action)
    if title is None or (step is None and scene.played.view is None):
        return None
    return {
        "action": asked.action,
        "title": title,
        "law": step.law if step else None,
        "about": questions.about(scene.setting, asked.given, asked.errors),
        "sections": questions.sections(scene.setting, asked.action, asked.given, asked.errors),
    }


def limits(definition: Definition, played: Played) -> list[dict[str, Any]]:
    """The limits that have started, with the reason for their day."""
    return [
        {
            "title": definition.clocks[code]["title"],
            "state": reading.state,
            "left_text": reading.left_text,
            "due_text": f"{text.chinese_date(reading.due_on)}到期",
            "provisional": reading.provisional,
            "law": definition.clocks[code].get("law"),
            "trail": reading.trail,
        }
        for code, reading in played.readings.items()
    ]


def event(definition: Definition, done: Done) -> dict[str, Any]:
    """A step that was taken, with what it made and said."""
    told = [f"到“{definition.states[done.to_state].title}”。"]
    if done.documents:
        told.append(f"制作文书：{'、'.join(_paper(definition, code) for code in done.documents)}。")
    if done.message:
        whom = TO[done.message.to]
        told.append(f"告知{whom}：{done.message.title}。{done.message.body}")
    return {
        "title": done.title,
        "time_text": text.chinese_date(done.act.on),
        "by": staging.name_of(definition, done.act.by),
        "body": " ".join(told),
    }


def _paper(definition: Definition, code: str) -> str:
    own = {paper.code: paper.title for paper in definition.papers}
    return (surroundings.titles(definition.domain) | own).get(code, code)


def _refused(scene: Scene) -> Asked:
    """The form of the act that was refused, so that it can be put right."""
    if not scene.played.refused:
        return Asked()
    act = scene.script.acts[len(scene.played.done)]
    given = {**act.answers, "by": act.by, questions.ON: str(act.on), questions.KINDS: act.answers.get(FILES, [])}
    return Asked(act.action, given)


def _marks(played: Played) -> dict[str, str]:
    passed = dict.fromkeys(played.path, "passed")
    return passed | ({played.state: "current"} if played.state else {})


def _told(reason: Reason) -> dict[str, str | None]:
    return {"sentence": reason.sentence, "law": reason.law, "help": reason.help}
