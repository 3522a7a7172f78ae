"""Trees as ONNX: one ``TreeEnsembleRegressor`` of the ``ai.onnx.ml`` domain, the same bytes every time.

The network takes ``rows`` (n, features), float32 with NaN for unknown, and gives ``sums`` (n,
outputs), float32. A branch is ``BRANCH_LEQ``: at most the threshold goes to the true node; NaN goes
where the node says.
"""

from __future__ import annotations

import numpy as np
from onnx import TensorProto, checker, helper

from ai_center.forecasts.trees import LEAF, Trees

OPSET = 13
ML_OPSET = 1
IR_VERSION = 8
"""Old enough for every onnxruntime this project allows, and fixed so that the bytes are too."""


def convert(trees: Trees) -> bytes:
    """Turn trees into a serialised ONNX model."""
    ends = np.append(trees.roots[1:], len(trees.feature))
    tree = np.repeat(np.arange(len(trees.roots)), ends - trees.roots)
    place = np.arange(len(trees.feature)) - trees.roots[tree]
    leaf = trees.feature == LEAF
    node = helper.make_node(
        "TreeEnsembleRegressor",
        ["rows"],
        ["sums"],
        domain="ai.onnx.ml",
        n_targets=trees.outputs,
        nodes_treeids=tree.tolist(),
        nodes_nodeids=place.tolist(),
        nodes_featureids=np.maximum(trees.feature, 0).tolist(),
        nodes_modes=np.where(leaf, "LEAF", "BRANCH_LEQ").tolist(),
        nodes_values=trees.threshold.tolist(),
        nodes_missing_value_tracks_true=trees.missing_left.astype(np.int64).tolist(),
        nodes_truenodeids=np.where(leaf, 0, trees.left - trees.roots[tree]).tolist(),
        nodes_falsenodeids=np.where(leaf, 0, trees.right - trees.roots[tree]).tolist(),
        target_treeids=tree[leaf].tolist(),
        target_nodeids=place[leaf].tolist(),
        target_ids=trees.target[tree[leaf]].tolist(),
        target_weights=trees.value[leaf].astype(np.float32).tolist(),
    )
    graph = helper.make_graph(
        [node],
        "trees",
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["n", trees.features])],
        [helper.make_tensor_value_info("sums", TensorProto.FLOAT, ["n", trees.outputs])],
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid("ai.onnx.ml", ML_OPSET)],
        ir_version=IR_VERSION,
        producer_name="airport-brain",
        producer_version="1",
    )
    checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))
