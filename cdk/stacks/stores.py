"""`Beeldrecht-Stores`: what must survive every update, and removal unless asked."""

from aws_cdk import Environment, Stack
from constructs import Construct

from cdk.constructs.stores import Stores
from cdk.deployment import Deployment


class StoresStack(Stack):
    """Tables, buckets, the biometrics key, and the queues beside the buckets."""

    def __init__(self, scope: Construct, *, deployment: Deployment) -> None:
        super().__init__(
            scope,
            f"{deployment.name}-Stores",
            env=Environment(region=deployment.region),
            description=f"{deployment.name}: pictures, people, consent and proof",
            termination_protection=deployment.keeps_data,
        )
        self.stores = Stores(self, "Stores", deployment=deployment)
