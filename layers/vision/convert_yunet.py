"""YuNet as published takes 640 by 640 pixels; this frees its height and width."""

from __future__ import annotations

import onnx


def convert_yunet(content: bytes) -> bytes:
    """Return the detector for any size that is a multiple of 32, weights untouched.

    The network is convolutional, so only the declared shapes bind it to 640. The output
    counts (one row an anchor) then follow from the input, and shapes that were noted
    for inner values would contradict it: they go.
    """
    model = onnx.load_from_string(content)
    batch, _channels, height, width = model.graph.input[0].type.tensor_type.shape.dim
    batch.dim_value = 1
    height.dim_param = "height"
    width.dim_param = "width"
    for output in model.graph.output:
        output.type.tensor_type.shape.dim[1].dim_param = f"anchors_{output.name}"
    del model.graph.value_info[:]
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())
