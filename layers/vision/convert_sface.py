"""SFace as published, rewritten into the plain network that onnxruntime runs fast.

The block-quantised file lists its former weights as inputs that nothing feeds, so
onnxruntime cannot run it. Step by step, none of which changes the function computed:

1. weights: dequantise the blocks, as DequantizeLinear (ONNX operator set 21) defines;
2. drop Dropout, which does nothing after training;
3. fold each batch normalisation into the convolution or matrix before it, or, where an
   activation stands between, into the matrix after it;
4. PRelu(x) = a*x + (1 - a)*relu(x), two convolutions of one weight a channel: about
   twice as fast, because onnxruntime fuses these and has no fused PRelu;
5. large weights as fp16 with a cast to fp32, done once when the model is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

if TYPE_CHECKING:
    from numpy.typing import NDArray

# fp16 needs more than a few values to be worth the cast node.
_SMALLEST_HALVED = 1024
_OPERATOR_SET = 17
_FORMAT_VERSION = 8


class UnexpectedNetworkError(Exception):
    """The file holds another network than this conversion was written for."""


def convert_sface(content: bytes) -> bytes:
    """Return the embedding network: `data` [n, 3, 112, 112] RGB 0-255 → [n, 128]."""
    model = onnx.load_from_string(content)
    conversion = _Conversion(model.graph)
    for node in conversion.plain_nodes():
        conversion.take(node)
    converted = conversion.finish(model.graph.output[0].name)
    onnx.checker.check_model(converted)
    return bytes(converted.SerializeToString())


class _Conversion:
    """One pass over the nodes in order, with the weights known so far."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.graph = graph
        self.weights: dict[str, NDArray[Any]] = {
            tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer
        }
        self.nodes: list[onnx.NodeProto] = []
        self.producer: dict[str, onnx.NodeProto] = {}
        self.renamed: dict[str, str] = {}
        # Value name → the normalisation that was skipped there and must be made up for.
        self.owed: dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}

    def plain_nodes(self) -> list[onnx.NodeProto]:
        """Evaluate everything that depends on weights only; return what is left."""
        left = []
        for node in self.graph.node:
            if node.op_type == "DequantizeLinear":
                self.weights[node.output[0]] = self._dequantised(node)
            elif node.op_type == "Reshape" and node.input[0] in self.weights:
                shape = self.weights[node.input[1]]
                self.weights[node.output[0]] = self.weights[node.input[0]].reshape(shape)
            elif node.op_type == "Constant":
                value = _attributes(node)["value"]
                self.weights[node.output[0]] = numpy_helper.to_array(value)
            else:
                left.append(node)
        return left

    def take(self, node: onnx.NodeProto) -> None:
        """Carry one node over into the new network, or fold it into its neighbours."""
        for index, name in enumerate(node.input):
            node.input[index] = self.renamed.get(name, name)
        match node.op_type:
            case "Dropout":
                self.renamed[node.output[0]] = node.input[0]
            case "BatchNormalization":
                self._fold(node)
            case "PRelu":
                self._split_activation(node)
            case "Gemm":
                self._settle(node)
                self._keep(node)
            case "Flatten":
                self._keep(node)
                if node.input[0] in self.owed:
                    self.owed[node.output[0]] = self.owed.pop(node.input[0])
            case "Conv" | "Sub" | "Mul":
                self._keep(node)
            case other:
                raise UnexpectedNetworkError(f"SFace holds an unexpected node: {other}.")

    def finish(self, result: str) -> onnx.ModelProto:
        """Write the network with the weights that are used, the large ones as fp16."""
        if self.owed:
            raise UnexpectedNetworkError("SFace ends in an unfolded normalisation.")
        used = {name for node in self.nodes for name in node.input}
        casts, initializers = [], []
        for name, value in self.weights.items():
            if name not in used:
                continue
            exact = np.ascontiguousarray(value, dtype=np.float32)
            if exact.size < _SMALLEST_HALVED:
                initializers.append(numpy_helper.from_array(exact, name))
                continue
            halved = numpy_helper.from_array(exact.astype(np.float16), f"{name}_fp16")
            initializers.append(halved)
            casts.append(
                helper.make_node("Cast", [halved.name], [name], to=onnx.TensorProto.FLOAT)
            )
        data = self.graph.input[0].name
        kind = onnx.TensorProto.FLOAT
        graph = helper.make_graph(
            casts + self.nodes,
            "sface_2021dec",
            [helper.make_tensor_value_info(data, kind, ["n", 3, 112, 112])],
            [helper.make_tensor_value_info(result, kind, ["n", 128])],
            initializers,
        )
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", _OPERATOR_SET)]
        )
        model.ir_version = _FORMAT_VERSION
        return model

    def _keep(self, node: onnx.NodeProto) -> None:
        self.nodes.append(node)
        self.producer[node.output[0]] = node

    def _dequantised(self, node: onnx.NodeProto) -> NDArray[np.float32]:
        """(q - zero point) * scale, where one scale serves a block along the axis."""
        quantised, scale, zero = (
            self.weights[name].astype(np.float32) for name in node.input
        )
        attributes = _attributes(node)
        block = int(attributes["block_size"])
        axis = int(attributes.get("axis", 1)) if quantised.ndim > 1 else 0
        length = quantised.shape[axis]

        def spread(values: NDArray[np.float32]) -> NDArray[np.float32]:
            # The last block may be shorter than the others.
            return np.repeat(values, block, axis).take(range(length), axis)

        return (quantised - spread(zero)) * spread(scale)

    def _fold(self, node: onnx.NodeProto) -> None:
        gamma, beta, mean, variance = (
            self.weights[name].astype(np.float64) for name in node.input[1:5]
        )
        epsilon = float(_attributes(node).get("epsilon", 1e-5))
        scale = gamma / np.sqrt(variance + epsilon)
        shift = beta - mean * scale
        before = self.producer.get(node.input[0])
        if before is None or before.op_type not in {"Conv", "Gemm"}:
            self.renamed[node.output[0]] = node.input[0]
            self.owed[node.input[0]] = (scale, shift)
            return
        weight = self.weights[before.input[1]]
        rows = scale.reshape([-1] + [1] * (weight.ndim - 1))
        self.weights[before.input[1]] = weight * rows
        bias = self.weights[before.input[2]] if len(before.input) > 2 else 0.0
        name = f"{node.output[0]}_bias"
        self.weights[name] = bias * scale + shift
        del before.input[2:]
        before.input.append(name)
        before.output[0] = node.output[0]
        self.producer[node.output[0]] = before

    def _settle(self, node: onnx.NodeProto) -> None:
        """W(s*x + t) + b = (W*s)x + (b + Wt): fold a normalisation that is still owed."""
        if node.input[0] not in self.owed:
            return
        scale, shift = self.owed.pop(node.input[0])
        weight = self.weights[node.input[1]].astype(np.float64)
        # After Flatten, each channel stands for a run of neighbouring columns.
        run = weight.shape[1] // len(scale)
        added = weight @ np.repeat(shift, run)
        self.weights[node.input[2]] = self.weights[node.input[2]] + added
        self.weights[node.input[1]] = weight * np.repeat(scale, run)

    def _split_activation(self, node: onnx.NodeProto) -> None:
        value, result = node.input[0], node.output[0]
        slope = self.weights[node.input[1]].reshape(-1, 1, 1, 1)
        self.weights[f"{result}_slope"] = slope
        self.weights[f"{result}_rest"] = 1 - slope
        channels: dict[str, Any] = {"group": len(slope), "kernel_shape": [1, 1]}
        positive, sloped, rest = (f"{result}_{part}" for part in ("relu", "all", "pos"))
        self._keep(helper.make_node("Relu", [value], [positive]))
        self._keep(
            helper.make_node("Conv", [value, f"{result}_slope"], [sloped], **channels)
        )
        self._keep(
            helper.make_node("Conv", [positive, f"{result}_rest"], [rest], **channels)
        )
        self._keep(helper.make_node("Add", [sloped, rest], [result]))


def _attributes(node: onnx.NodeProto) -> dict[str, Any]:
    return {
        attribute.name: helper.get_attribute_value(attribute)
        for attribute in node.attribute
    }
