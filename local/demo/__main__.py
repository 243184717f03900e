"""Run the demonstration: `python -m local.demo`, which is what `make demo` ends with."""

import argparse
import os
import sys
from pathlib import Path

from cli import failures
from cli.words import LANGUAGES, language_of
from local.demo.catalogue import say
from local.demo.flow import run_demo
from local.demo.waiting import STALLED, StalledError
from local.environments import ROOT, LocalCloudError
from local.server import Server

OUTPUT = ROOT / ".local" / "demo"


def main(arguments: list[str] | None = None) -> int:
    """Run it on the local cloud that is up; what stands in its way is one sentence."""
    parser = argparse.ArgumentParser(prog="python -m local.demo", description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder to write to")
    parser.add_argument("--language", choices=LANGUAGES, default=language_of(os.environ))
    given = parser.parse_args(arguments)
    server = Server()
    try:
        run_demo(server.running_or_fail(), given.output, language=given.language)
    except LocalCloudError as error:
        return _failed(str(error))
    except StalledError as error:
        values = {"names": ", ".join(error.names), "log": server.log}
        return _failed(say("stalled", given.language, seconds=round(STALLED), **values))
    except failures.KNOWN as error:
        return _failed(failures.sentence(error, given.language))
    except KeyboardInterrupt:
        _failed(say("interrupted", given.language))
        return 130
    return 0


def _failed(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
