"""The press: a process that only prints, so that no text can take the application's memory, time or secrets.

Started as ``python -m saas.documents.press``. It has no database, no key and no network; it is told what to print
through its standard input and ends when that closes.
"""

import gc
import json
import logging
import os
import queue
import resource
import signal
import sys
import threading
import traceback
import zlib
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, BinaryIO

from weasyprint.text.ffi import harfbuzz, harfbuzz_subset, pango

from saas.documents.press_engine import Engine, RefusedError, problems_raised
from saas.documents.press_wire import receive, send

MEMORY = 1_500_000_000  # bytes of addresses; the fonts and the libraries are among them
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system")
TOO_DEEP = "文书的内容一层套一层，太深，不能排版。请简化后重试。"
TOO_BIG = "文书排版需要的内存太多，不能生成。请精简表格、图片和文字后重试。"
Message = list[bytes]


def main() -> None:
    """Print what is asked, one after the other, until nobody asks any more."""
    # Whatever a library writes to standard output must not stand between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _confine()
    engine = Engine()
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    waiting: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, waiting), daemon=True).start()
    send(answers, [json.dumps(about()).encode()])
    gc.freeze()
    gc.disable()
    while True:
        send(answers, answer(engine, waiting.get()))
        gc.collect()


def about() -> dict[str, Any]:
    """What prints here: all that decides the bytes besides fonts, styles and text."""
    return {
        "subset": harfbuzz_subset is not None,
        "versions": {
            "weasyprint": version("weasyprint"),
            "pydyf": version("pydyf"),
            "pango": _pango(),
            "harfbuzz": _harfbuzz(),
            "zlib": zlib.ZLIB_RUNTIME_VERSION,
        },
    }


def answer(engine: Engine, message: Message) -> Message:
    """What was asked for, or why it is not printed; the head of the answer says which."""
    try:
        with problems_raised():
            return [b"{}", _print(engine, json.loads(message[0]), message[1:])]
    except RefusedError as error:
        return _refusal(str(error))
    except RecursionError:
        return _refusal(TOO_DEEP)
    except MemoryError:
        return _refusal(TOO_BIG, worn=True)
    except Exception as error:  # noqa: BLE001 - the next print must go on whatever this one met
        # Without the message: it may hold what stands in the document.
        sys.stderr.writelines(traceback.format_tb(error.__traceback__))
        return _refusal(f"文书没有按要求生成（{type(error).__name__}）。请联系系统管理员。", worn=True)


def forbid(event: str, _arguments: object) -> None:
    """Stop what printing never needs: the network and other programs.

    Raises:
        PermissionError: Somebody tried.
    """
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)


def _print(engine: Engine, order: dict[str, Any], markups: Sequence[bytes]) -> bytes:
    laid = []
    for markup, (layout, pages, seconds) in zip(markups, order["prints"], strict=True):
        _allow(seconds)
        laid.append(engine.lay(markup, layout, pages))
    _allow(sum(seconds for _, _, seconds in order["prints"]))
    return engine.write(laid, markups)


def _confine() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.addaudithook(forbid)


def _allow(seconds: int) -> None:
    """Let the next print have so many seconds of the processor; the system ends the process that takes more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, most))


def _listen(source: BinaryIO, waiting: "queue.SimpleQueue[Message]") -> None:
    """Take orders while another is printed; when the other side is gone, nobody waits for that one either."""
    try:
        while True:
            waiting.put(receive(source))
    except (EOFError, OSError):
        os._exit(0)


def _refusal(sentence: str, *, worn: bool = False) -> Message:
    return [json.dumps({"problem": sentence, "worn": worn}).encode()]


def _pango() -> str:
    number: int = pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _harfbuzz() -> str:
    """The newest version the library says it has reached; it tells the engine no more than that."""
    reached = [0, 0, 0]
    for place in range(3):
        while harfbuzz.hb_version_atleast(*_next(reached, place)):
            reached[place] += 1
    return ".".join(map(str, reached))


def _next(reached: Sequence[int], place: int) -> list[int]:
    return [part + (number == place) for number, part in enumerate(reached)]


if __name__ == "__main__":
    main()
