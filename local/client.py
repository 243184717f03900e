"""How to reach a local cloud: environment variables, boto3 clients, the clock."""

import json
import os
import time
import urllib.request
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3
from botocore.exceptions import WaiterError

from local.addresses import here, tell_functions
from local.dropped_properties import set_dropped_properties
from local.environments import LocalCloudError

REGION = "eu-central-1"
ROOT_ACCOUNT = "000000000000"
CAPABILITIES = ("CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND")


@cache
def _client(endpoint: str, account: str, service: str) -> Any:
    return boto3.client(
        service,  # type: ignore[call-overload]  # the stubs want a literal name
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=account,
        aws_secret_access_key="test",  # noqa: S106  # the emulator's root key
    )


@dataclass(frozen=True)
class LocalCloud:
    """One account of one running emulator.

    An access key of twelve digits is an account of its own, with that number (bucket
    names stay global, as at AWS); its holder may do everything in it.
    """

    port: int
    account: str = ROOT_ACCOUNT

    @property
    def endpoint(self) -> str:
        """The address every AWS service answers at."""
        return f"http://localhost:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """The variables with which any AWS client reaches this cloud, and no other."""
        return {
            "AWS_ACCESS_KEY_ID": self.account,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": REGION,
            "AWS_SECRET_ACCESS_KEY": "test",
        }

    def process_env(self) -> dict[str, str]:
        """Give a child process's environment, without any other AWS setting."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        return kept | self.env

    def client(self, service: str) -> Any:  # boto3 makes them at run time
        """Give a boto3 client of one service, always the same: making one is slow."""
        return _client(self.endpoint, self.account, service)

    def deploy_template(self, name: str, template: dict[str, Any]) -> dict[str, str]:
        """Create a stack from a template without CDK; give its outputs."""
        clouds = self.client("cloudformation")
        clouds.create_stack(
            StackName=name, TemplateBody=json.dumps(template), Capabilities=CAPABILITIES
        )
        try:
            waiter = clouds.get_waiter("stack_create_complete")
            waiter.wait(StackName=name, WaiterConfig={"Delay": 0.1, "MaxAttempts": 600})
        except WaiterError as error:
            raise LocalCloudError(f"{name}: {self._failures(name)}") from error
        set_dropped_properties(self, name)
        tell_functions(self, name)
        return self.outputs()[name]

    def outputs(self) -> dict[str, dict[str, str]]:
        """Give the outputs of every stack, by stack."""
        stacks = self.client("cloudformation").describe_stacks()["Stacks"]
        return {
            stack["StackName"]: {
                output["OutputKey"]: here(output["OutputValue"], self.endpoint)
                for output in stack.get("Outputs", [])
            }
            for stack in stacks
            if stack["StackStatus"] != "DELETE_COMPLETE"
        }

    def advance_clock(self, seconds: float) -> None:
        """Move the clock of what expires and fires by date; returns when items have."""
        self._post_clock({"advance": seconds})

    def reset_clock(self) -> None:
        """Put that clock back to real time."""
        self._post_clock({"offset": 0})

    def is_ready(self) -> bool:
        """Tell whether the emulator answers."""
        try:
            url = f"{self.endpoint}/_ministack/ready"
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  # loopback
                return True
        except OSError:
            return False

    def wait_until_ready(self, seconds: float) -> bool:
        """Wait for the emulator to answer; tell whether it did."""
        deadline = time.monotonic() + seconds
        while not self.is_ready():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def end_at_change(self, role: str, after: int) -> None:
        """Kill a function's process, by its role's name, at a change of its own."""
        wish = json.dumps({"role": role, "after": after}).encode()
        request = urllib.request.Request(  # noqa: S310  # our own loopback address
            f"{self.endpoint}/_local/ending", data=wish, method="POST"
        )
        with urllib.request.urlopen(request, timeout=30):  # noqa: S310
            pass

    def ended(self) -> list[str]:
        """Which processes were killed so, by role and the action that was their last."""
        address = f"{self.endpoint}/_local/ending"
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
            return [str(each) for each in json.load(answer)["ended"]]

    def _post_clock(self, wish: dict[str, float]) -> None:
        request = urllib.request.Request(  # noqa: S310  # loopback
            f"{self.endpoint}/_local/clock", data=json.dumps(wish).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=30):  # noqa: S310
            pass

    def _failures(self, stack: str) -> str:
        events = self.client("cloudformation").describe_stack_events(StackName=stack)
        return "; ".join(
            f"{event['LogicalResourceId']}: {event['ResourceStatusReason']}"
            for event in events["StackEvents"]
            if event["ResourceStatus"].endswith("FAILED")
        )
