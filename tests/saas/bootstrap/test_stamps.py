"""A step is done once for the same inputs, and again whenever it may matter."""

from pathlib import Path

import pytest

from saas.bootstrap.stamps import digest, ensure


class Step:
    """A step that counts how often it was done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "output"
        self.done = 0

    def act(self) -> None:
        self.done += 1
        self.output.write_text("made")

    def ensure(self, *inputs: Path | str) -> bool:
        return ensure(
            "step", "Doing it.", self.act, inputs=inputs, outputs=[self.output], folder=self.folder / "stamps"
        )


def test_the_second_time_nothing_is_done_or_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    step = Step(tmp_path)
    assert [step.ensure("a"), step.ensure("a")] == [True, False]
    assert capsys.readouterr().out == "Doing it.\n"


def test_other_inputs_do_it_again(tmp_path: Path) -> None:
    step = Step(tmp_path)
    assert [step.ensure("a"), step.ensure("b")] == [True, True]


def test_a_lost_result_does_it_again(tmp_path: Path) -> None:
    step = Step(tmp_path)
    step.ensure("a")
    step.output.unlink()
    assert step.ensure("a") is True


def test_an_interrupted_step_is_not_taken_as_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = Step(tmp_path)
    step.ensure("a")

    def break_off() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(step, "act", break_off)
        with pytest.raises(KeyboardInterrupt):
            step.ensure("b")
    assert step.ensure("b") is True


def test_a_changed_file_in_a_folder_changes_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = digest([tmp_path])
    (tmp_path / "a").write_text("2")
    assert digest([tmp_path]) != before


def test_compiled_python_does_not_change_the_digest(tmp_path: Path) -> None:
    before = digest([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("1")
    assert digest([tmp_path]) == before
