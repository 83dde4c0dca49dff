"""`python3 -m saas.bootstrap VERB`: what the Makefile calls."""

import argparse
import signal
import sys
from types import FrameType

from saas.bootstrap.project import StepError
from saas.bootstrap.verbs import VERBS


def main(arguments: list[str]) -> int:
    """Do one verb and answer its exit code; a failure is one sentence on standard error.

    Args:
        arguments: The words after the module's name.
    """
    parser = argparse.ArgumentParser(prog="saas.bootstrap", description="What make does.")
    parser.add_argument("verb", choices=sorted(VERBS))
    verb = parser.parse_args(arguments).verb
    signal.signal(signal.SIGTERM, _end)
    try:
        return VERBS[verb]()
    except StepError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(143)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
