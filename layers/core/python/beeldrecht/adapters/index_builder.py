"""Has the next generation of the index made, without waiting for it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


class IndexBuilder:
    """Calls the function `build_index`."""

    def __init__(self, client: "LambdaClient", function: str) -> None:
        self._client = client
        self._function = function

    def start(self) -> None:
        """Have it made; one that is making it goes on, and the other one ends."""
        self._client.invoke(
            FunctionName=self._function, InvocationType="Event", Payload=b"{}"
        )
