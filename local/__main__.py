"""The commands of the local cloud."""

import argparse
import json
import os
import shlex
import sys
from collections.abc import Callable, Mapping

from local.deployment import deploy
from local.environments import LocalCloudError
from local.server import Server
from local.users import FILE, ensure_users, shown


def main(arguments: list[str] | None = None) -> int:
    """Run one command; what stands in its way is said in one sentence."""
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (explanation, _) in _COMMANDS.items():
        command = commands.add_parser(name, help=explanation)
        if name == "down":
            command.add_argument("--forget", action="store_true", help="keep nothing")
    given = parser.parse_args(arguments)
    _, run = _COMMANDS[given.command]
    try:
        code = run(Server(), given)
        sys.stdout.flush()
    except LocalCloudError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read (`head`) has enough. What is still to be flushed goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _up(server: Server, _: argparse.Namespace) -> int:
    server.up()
    return 0


def _down(server: Server, given: argparse.Namespace) -> int:
    server.down(forget=given.forget)
    return 0


def _status(server: Server, _: argparse.Namespace) -> int:
    cloud = server.running()
    if cloud is None:
        print("No local cloud is running.")
        return 1
    answers = "answers" if cloud.is_ready() else "does not answer"
    stacks = ", ".join(cloud.outputs()) or "no stacks"
    print(f"The local cloud at {cloud.endpoint} {answers}; it holds {stacks}.")
    return 0


def _deploy(server: Server, _: argparse.Namespace) -> int:
    cloud = server.running_or_fail()
    changed = deploy(cloud)
    ensure_users(cloud, FILE)
    print("Deployed." if changed else "What is deployed is current.")
    return 0


def _users(server: Server, _: argparse.Namespace) -> int:
    print(shown(server.running_or_fail()))
    return 0


def _outputs(server: Server, _: argparse.Namespace) -> int:
    print(json.dumps(server.running_or_fail().outputs(), indent=2, sort_keys=True))
    return 0


def _env(server: Server, _: argparse.Namespace) -> int:
    for name, value in server.running_or_fail().env.items():
        print(f"export {name}={shlex.quote(value)}")
    print("unset AWS_PROFILE AWS_SESSION_TOKEN")
    return 0


type _Command = Callable[[Server, argparse.Namespace], int]
_COMMANDS: Mapping[str, tuple[str, _Command]] = {
    "up": ("start the cloud in the background", _up),
    "deploy": ("deploy the CDK app to it, unless nothing changed", _deploy),
    "users": ("show who can sign in, with the codes of this moment", _users),
    "outputs": ("print the stacks' outputs as JSON", _outputs),
    "env": ("print exports for a shell: eval $(python -m local env)", _env),
    "status": ("say whether it runs and what it holds", _status),
    "down": ("stop it; its state is kept unless --forget", _down),
}


if __name__ == "__main__":
    sys.exit(main())
