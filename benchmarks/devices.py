#!/usr/bin/env python3
"""Holds the model's program to the device of its tensors, on a machine without a GPU.

    devices.py

Each method runs as the engine calls it, with tensors that say they are on a CUDA device and hold nothing: torch's fake
tensors, which know on which device every operator leaves its result, and refuse an operator that meets tensors of two
devices. What such tensors cannot tell is what CUDA's kernels compute, or whether they take these shapes.
"""
import torch
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.nn.attention import SDPBackend, sdpa_kernel

from gpu import EPS, program

FLOAT32, BFLOAT16 = 6, 15
TYPES = {FLOAT32: torch.float32, BFLOAT16: torch.bfloat16}
# hidden, query heads, key-value heads, head size, inner
SIZES = (64, 4, 2, 16, 96)
FACTS = [EPS, 4.0, 1.0, 0.0]
VOCABULARY, TOKENS = 32, 80


def on(device, tensor, name):
    if tensor.device.type != device:
        raise SystemExit(f"{name}: expected a tensor on {device}, found one on {tensor.device}")
    return tensor


def layer(decoder, anchor, kind, stored, folds):
    """Buffers on the device, filled from stored weights on the host."""
    hidden, heads, kv_heads, dim, inner = SIZES
    queries, both = heads * dim, (heads + 2 * kv_heads) * dim

    def buffer(*sizes, type=FLOAT32):
        return on("cuda", decoder.buffer(list(sizes), type, anchor), "buffer")

    def host(*sizes):
        return torch.empty(*sizes, dtype=stored)
    none = buffer(0)
    w = [buffer(both, hidden, type=kind), buffer(both), buffer(hidden, queries, type=kind), buffer(hidden),
         buffer(2 * inner, hidden, type=kind), buffer(2 * inner), buffer(hidden, inner, type=kind), buffer(hidden),
         buffer(dim), buffer(dim), none if folds else buffer(hidden), none if folds else buffer(hidden), none, none]
    norm = host(hidden) if folds else none
    decoder.widen(w[4], 0, host(inner, hidden), kind, norm)
    decoder.widen(w[4], inner, host(inner, hidden), kind, norm)
    decoder.widen(w[6], 0, host(hidden, inner), kind, none)
    decoder.widen_interleaved(w[0], 0, host(queries, hidden), kind, norm, dim, dim)
    decoder.widen_interleaved(w[8], 0, host(dim), kind, none, dim, dim)
    decoder.widen(w[1], 0, host(both), kind, none)
    if not folds:
        decoder.widen(w[10], 0, host(hidden), kind, none)
    return w


def load(decoder, kind, stored, folds):
    hidden_size, heads, kv_heads, dim, inner = SIZES
    anchor = torch.empty(0, device="cuda")
    w = layer(decoder, anchor, kind, stored, folds)
    shape = [*SIZES, kind, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0]
    mask = on("cuda", decoder.beside(on("cpu", decoder.mask(16, 128), "mask"), anchor), "beside")
    for rope, scaling in ((0, []), (1, [2.0]), (2, [8.0, 1.0, 4.0, 8192.0])):
        table = on("cpu", decoder.rotary(1, dim, dim, 500000.0, rope, scaling, 1.0), "rotary")
    table = on("cuda", decoder.beside(table, anchor), "beside")
    positions = on("cuda", decoder.beside(torch.zeros(TOKENS, dtype=torch.int64), anchor), "beside")
    ids = torch.zeros(TOKENS, dtype=torch.int64)
    hidden = on("cuda", decoder.embed(torch.empty(VOCABULARY, hidden_size, dtype=stored), ids, 1.0, kind, anchor), "embed")
    kv = decoder.buffer([2 * kv_heads, TOKENS, dim], kind, anchor)
    decoder.keys_values(hidden, 0, TOKENS, w, shape, FACTS, table, positions, kv)
    # A prompt, an answer that follows it, and one that does not; the last rows fill up a small load.
    plan = [0, 30, 0, 30, 20, 1, 0, 30, 50, 20, 1, 0, 30]
    decoder.layer(hidden, 0, TOKENS, w, shape, FACTS, table, positions, kv, plan, mask)
    if kind == BFLOAT16:
        decoder.layer_flat(hidden, 0, TOKENS, w, shape, FACTS, table, positions, kv, *flat(decoder, anchor))
    asked = on("cuda", decoder.beside(torch.zeros(64, dtype=torch.int64), anchor), "beside")
    states = decoder.buffer([64, hidden_size], FLOAT32, anchor)
    plan = [0, 30, 0, 30, 20, 1, 0, 30]
    decoder.last_layer(hidden, asked, 0, 0, 64, w, shape, FACTS, table, positions, kv, plan, mask, states)
    on("cuda", decoder.first(states), "first")
    for name, tensor in dict(hidden=hidden, states=states, kv=kv).items():
        on("cuda", tensor, name)


def flat(decoder, anchor):
    """The same paths, as one call of all."""
    def numbers(values, type):
        return on("cuda", decoder.beside(torch.tensor(values, dtype=type), anchor), "beside")
    return [0, 70, 100, 50, 50], [numbers([0, -50, -30], torch.int64), numbers([50, 30, 20], torch.int64),
                                  numbers([0, 50, 70], torch.int32), numbers([0, 50, 100], torch.int32)]


def refuses_two_devices(decoder):
    """That the check can fail: a norm left on the host."""
    try:
        decoder.normed(torch.empty(4, 8, device="cuda"), EPS, torch.empty(8))
    except RuntimeError as refusal:
        return "two different devices" in str(refusal) or "normed" in str(refusal)
    return False


def main():
    torch._C._set_graph_executor_optimize(False)
    decoder = program("cuda")
    with torch.inference_mode(), FakeTensorMode():
        if not refuses_two_devices(decoder):
            raise SystemExit("expected a tensor on the host to be refused beside one on a GPU, found none refused")
        for kind, folds in ((FLOAT32, True), (BFLOAT16, False)):
            for stored in (torch.float32, torch.bfloat16, torch.float16):
                # Which kernel attends is asked of the GPU that is not there.
                for kernel in (SDPBackend.MATH, SDPBackend.EFFICIENT_ATTENTION):
                    with sdpa_kernel(kernel):
                        load(decoder, kind, stored, folds)
                print(f"factors of {TYPES[kind]}, stored as {stored}: every tensor stayed on its device")


if __name__ == "__main__":
    main()
