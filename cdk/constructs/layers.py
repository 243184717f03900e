"""The layers, as `make setup` built them."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from cdk.constructs.functions import FUNCTIONS, FunctionSpec, Layer
from cdk.deployment import Deployment, DeploymentError

RUNTIME = lambda_.Runtime.PYTHON_3_13
ARCHITECTURE = lambda_.Architecture.X86_64

# Lambda merges layers into /opt in this order; no two of ours hold the same file.
_ORDER = list(Layer)


class Layers(Construct):
    """One layer version for each layer that some function carries."""

    def __init__(self, scope: Construct, name: str, *, deployment: Deployment) -> None:
        super().__init__(scope, name)
        self._versions = {
            layer: self._version(layer, deployment)
            for layer in _ORDER
            if any(layer in spec.layers for spec in FUNCTIONS)
        }

    def of(self, spec: FunctionSpec) -> list[lambda_.ILayerVersion]:
        """The layers one function carries."""
        return [self._versions[layer] for layer in _ORDER if layer in spec.layers]

    def _version(self, layer: Layer, deployment: Deployment) -> lambda_.LayerVersion:
        folder = deployment.layers_dir / layer
        if not folder.is_dir():
            raise DeploymentError(f"layer {layer} is not built: run make setup")
        return lambda_.LayerVersion(
            self,
            layer.capitalize(),
            code=lambda_.Code.from_asset(str(folder)),
            description=f"{deployment.name}: {layer}",
            compatible_runtimes=[RUNTIME],
            compatible_architectures=[ARCHITECTURE],
            removal_policy=RemovalPolicy.DESTROY,
        )
