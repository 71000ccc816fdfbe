#!/usr/bin/env python3
"""The model's program on a GPU: layers of Llama's shapes with random weights.

    gpu.py                        one CUDA device, bf16, four layers of Llama-70B's shape
    gpu.py --shape 8b             of Llama-8B's
    gpu.py --device cpu --tiny    the same from end to end in seconds, to see that it works; times mean nothing

Puts together the program that the engine runs, as the engine does, and loads it by torch.jit.load.
It is told what the engine tells it for a GPU: products take bf16 tensors (what the library gives back of
them is rounded to bf16 once; the residual stream, norms and rotation stay fp32). Attention is measured in
both its ways: plain, scaled_dot_product_attention with a mask, block after block, which is left to devices
and models that cannot have the other; and flash, all paths at once by _flash_attention_forward.
Runs on torch 2.7.1, the engine's, and on 2.11. On a CPU loops stand in for flash. Printed are Markdown tables:

    speed    tokens/s and share of the bf16 GEMM rate, measured before and after at the layers' shapes, for
             growing loads: weights resident, and the next layer's uploaded from pinned memory meanwhile.
             exposed is what the upload adds, 0 % means hidden; launches are the kernels of a layer, host the
             share of the time after which all of them were queued: near 1 the device waits for its orders.
    peer     conversations/s through transformers' own layers, whole batches of one length, beside ours
    bits     a row's hidden states alone, in larger loads and cut into other blocks: how many numbers differ
    paths    largest difference of the plain path, and of flash, from fp32 arithmetic on the same weights

A load is rows of one prompt and two answers, each answer's segment continuing the prompt's. Embedding, head
and the last layer's short cut are left out: layers are what takes the time.
"""
import argparse
import io
import time
import zipfile
from pathlib import Path

import torch

SOURCES = Path(__file__).resolve().parent.parent / "src"
PROGRAM = SOURCES / "main/resources/io/touchstone/engine"
BY_LOOPS = SOURCES / "test/resources/io/touchstone/engine/flat-by-loops.py"
FLOAT32, BFLOAT16 = 6, 15
LIBRARYS_ATTENTION = 1
EPS = 1e-5

# hidden, query heads, key-value heads, head size, inner; tokens of a prompt and of each of two answers
SHAPES = {"70b": (8192, 64, 8, 128, 28672), "8b": (4096, 32, 8, 128, 14336)}
LARGE = dict(rows=((256, 256), (64, 48)), micro=4096, least=1024, mask_rows=512, loads=(2048, 4096, 8192, 16384, 32768, 65536))
TINY = dict(shape=(64, 4, 2, 16, 128), rows=((40, 30), (9, 5)), micro=256, least=64, mask_rows=96, loads=(200, 400))

def source(device):
    """The program's text: decoder.py begins its class, the other files go on with it."""
    parts = sorted(PROGRAM.glob("*.py"), key=lambda part: (part.name != "decoder.py", part.name))
    # What some CPUs have in the place of products.py.
    parts = [part for part in parts if part.name != "onednn.py"]
    if torch.device(device).type != "cuda":
        parts = [BY_LOOPS if part.name == "flash.py" else part for part in parts]
    return "\n".join(part.read_text(encoding="utf-8").rstrip("\n") for part in parts) + "\n"


def program(device):
    """A TorchScript archive of stored entries: the code, no constants, one empty module object."""
    field = b"training"
    state = (b"\x80\x02c__torch__\nDecoder\n)\x81}(X" + len(field).to_bytes(4, "little") + field + b"\x89ub.")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/version", b"3\n")
        archive.writestr("archive/constants.pkl", b"\x80\x02).")
        archive.writestr("archive/code/__torch__.py", source(device))
        archive.writestr("archive/data.pkl", state)
    packed.seek(0)
    return torch.jit.load(packed)


class Load:
    """Rows of a prompt and two answers, in pre-order, and how each micro-batch of whole rows attends.

    Segments are cut into blocks of at most so many queries, and a small load is filled up, as the engine does it.
    """

    def __init__(self, rows, row, setting, device, most=1 << 20):
        prompt, answer = row
        self.row = prompt + 2 * answer
        self.rows = rows
        self.tokens = rows * self.row
        self.filled = max(self.tokens, setting["least"])
        whole = list(range(prompt)) + 2 * list(range(prompt, prompt + answer))
        self.positions = torch.tensor(whole * rows + [0] * (self.filled - self.tokens), device=device)
        together = max(1, setting["micro"] // self.row)
        self.batches = [self.batch(first, min(first + together, rows), prompt, answer, device, most)
                        for first in range(0, rows, together)]

    def batch(self, first, end, prompt, answer, device, most):
        plan, ranges, lengths, keys = [], [], [], []

        def block(start, length, before):
            plan.extend([start, length, len(before), *(number for span in before for number in span)])
            ranges.extend([*before, (start, length)])
            lengths.append(length)
            keys.append(sum(many for _, many in before) + length)

        def segment(start, length, before):
            for cut in range(0, length, most):
                own = [(start, cut)] if cut else []
                block(start + cut, min(most, length - cut), before + own)
        for row in range(first, end):
            start = row * self.row
            segment(start, prompt, [])
            for own in (start + prompt, start + prompt + answer):
                segment(own, answer, [(start, prompt)])

        def sums(of):
            return torch.tensor([0, *of], device=device).cumsum(0)
        spans = torch.tensor([many for _, many in ranges], device=device)
        behind = torch.tensor([of for of, _ in ranges], device=device) - sums(spans.tolist())[:-1]
        calls = [0, sum(lengths), sum(keys), max(lengths), max(keys)]
        lists = [behind, spans, sums(lengths).to(torch.int32), sums(keys).to(torch.int32)]
        return first * self.row, self.filled if end == self.rows else end * self.row, plan, (calls, lists)


class Layers:
    """Random weights of some layers, as the program wants them, on the host."""

    def __init__(self, count, setting, device, dtype):
        hidden, heads, kv_heads, dim, inner = setting["shape"]
        draw = torch.Generator().manual_seed(0)
        pinned = torch.device(device).type == "cuda"

        def matrix(rows, columns):
            # A gigabyte of normal numbers would take minutes: some rows, over and over.
            some = torch.randn(min(rows, 256), columns, generator=draw) * columns ** -0.5
            whole = some.to(torch.bfloat16).repeat(-(-rows // len(some)), 1)[:rows].to(dtype).contiguous()
            return whole.pin_memory() if pinned else whole

        def norm():
            return 1 + 0.1 * torch.randn(hidden, generator=draw)
        none = torch.zeros(0)
        self.host = [[matrix((heads + 2 * kv_heads) * dim, hidden), none, matrix(hidden, heads * dim), none,
                      matrix(2 * inner, hidden), none, matrix(hidden, inner), none, none, none, norm(), norm(), none, none]
                     for _ in range(count)]
        self.parameters = sum(w.numel() for w in self.host[0] if w.dim() == 2)
        self.device = device

    def resident(self):
        return [[w.to(self.device) for w in layer] for layer in self.host]


class Machine:
    def __init__(self, setting, layers, device, dtype):
        self.setting, self.layers, self.device, self.dtype = setting, layers, torch.device(device), dtype
        self.program = program(device)
        hidden, heads, kv_heads, dim, inner = setting["shape"]
        # As decoder.py documents them: no window, a norm in front of each branch, a gated silu, no experts.
        self.shape = [hidden, heads, kv_heads, dim, inner, FLOAT32 if dtype == torch.float32 else BFLOAT16,
                      LIBRARYS_ATTENTION, 0, 1, 1, 0, 1, 0, 0, 0, 0]
        self.facts = [EPS, dim ** 0.5, 1., 0.]
        longest = max(sum(row) for row in setting["rows"])
        self.angles = self.program.rotary(longest // 1024 + 1, dim, dim, 500000.0, 0, [], 1.).to(device)
        self.mask = self.program.mask(setting["mask_rows"], longest).to(device, dtype)
        self.upload = torch.cuda.Stream() if self.device.type == "cuda" else None
        self.buffers = None

    def wait(self):
        if self.upload:
            torch.cuda.synchronize()

    def layer(self, hidden, kv, load, weights, flash):
        for start, end, _, _ in load.batches:
            self.program.keys_values(hidden, start, end, weights, self.shape, self.facts, self.angles, load.positions, kv)
        for start, end, plan, by_flash in load.batches:
            arguments = (hidden, start, end, weights, self.shape, self.facts, self.angles, load.positions, kv)
            if flash:
                self.program.layer_flat(*arguments, *by_flash)
            else:
                self.program.layer(*arguments, plan, self.mask)

    def space(self, load, seed=0):
        """Hidden states, which a row has the same of in every load, and a table for keys and values."""
        _, _, kv_heads, dim, _ = self.setting["shape"]
        draw = torch.Generator().manual_seed(seed)
        one = torch.randn(load.row, self.shape[0], generator=draw)
        hidden = one.repeat(-(-load.filled // load.row), 1)[:load.filled].to(self.device)
        return hidden, torch.zeros(2 * kv_heads, load.filled, dim, dtype=self.dtype, device=self.device)

    def bring(self, into, layer):
        for to, weight in zip(self.buffers[into], self.layers.host[layer]):
            to.copy_(weight, non_blocking=True)

    def run(self, load, flash, resident=None):
        """Seconds through all layers, the share of them after which all was queued, and the hidden states."""
        hidden, kv = self.space(load)
        if resident is None and self.buffers is None:
            self.buffers = [[torch.empty_like(w, device=self.device) for w in self.layers.host[0]] for _ in range(2)]
            self.bring(0, 0)
        self.wait()
        start = time.perf_counter()
        if resident is not None:
            for weights in resident:
                self.layer(hidden, kv, load, weights, flash)
        else:
            self.streamed(hidden, kv, load, flash)
        queued = time.perf_counter() - start
        self.wait()
        seconds = time.perf_counter() - start
        return seconds, queued / seconds, hidden

    def streamed(self, hidden, kv, load, flash):
        count = len(self.layers.host)
        for layer in range(count):
            # The last one brings the first again, for the load that follows: so the count must be even.
            used, other = layer % 2, 1 - layer % 2
            if self.upload:
                # What computes on the other buffer was queued before this: the copy waits for it, and the next
                # layer waits for the copy.
                self.upload.wait_stream(torch.cuda.current_stream())
                with torch.cuda.stream(self.upload):
                    self.bring(other, (layer + 1) % count)
                brought = self.upload.record_event()
                self.layer(hidden, kv, load, self.buffers[used], flash)
                torch.cuda.current_stream().wait_event(brought)
            else:
                self.layer(hidden, kv, load, self.buffers[used], flash)
                self.bring(other, (layer + 1) % count)

    def launches(self, load, flash, weights):
        """Kernels that one layer starts."""
        if self.device.type != "cuda":
            return 0
        hidden, kv = self.space(load)
        with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU, torch.profiler.ProfilerActivity.CUDA]) as seen:
            self.layer(hidden, kv, load, weights, flash)
            self.wait()
        return sum(event.count for event in seen.key_averages() if "LaunchKernel" in event.key)

    def gemm_rate(self, seconds):
        """FLOP/s of products at the layers' shapes."""
        hidden, heads, kv_heads, dim, inner = self.setting["shape"]
        rows = self.setting["micro"]
        pairs = [(torch.randn(rows, k, device=self.device).to(self.dtype), torch.randn(n, k, device=self.device).to(self.dtype))
                 for k, n in ((hidden, (heads + 2 * kv_heads) * dim), (hidden, 2 * inner), (inner, hidden))]
        for x, w in pairs:
            torch.mm(x, w.t())
        self.wait()
        start, flops = time.perf_counter(), 0
        while time.perf_counter() - start < seconds:
            for x, w in pairs:
                torch.mm(x, w.t())
                flops += 2 * x.shape[0] * x.shape[1] * w.shape[0]
            self.wait()
        return flops / (time.perf_counter() - start)


def speed(machine, ways, rounds):
    print("| row tokens | load tokens | attention | weights | tokens/s per layer | of the GEMM rate | GEMM (TFLOP/s) | exposed | launches | host |\n" + "|---" * 10 + "|")
    resident = machine.layers.resident()
    count = len(resident)
    for row in machine.setting["rows"]:
        for tokens in machine.setting["loads"]:
            load = Load(max(1, tokens // (row[0] + 2 * row[1])), row, machine.setting, machine.device)
            for flash in ways:
                alone = None
                for kept in (resident, None):
                    machine.run(load, flash, kept)
                    before = machine.gemm_rate(0.25)
                    seconds, host, _ = sorted((machine.run(load, flash, kept) for _ in range(rounds)), key=lambda run: run[0])[rounds // 2]
                    rate = (before + machine.gemm_rate(0.25)) / 2
                    share = 2 * machine.layers.parameters * load.tokens * count / seconds / rate
                    alone = alone or seconds
                    exposed = "" if kept else f"{seconds / alone - 1:.0%}"
                    launches = f"{machine.launches(load, flash, resident[0]):,}" if kept else ""
                    print(f"| {row[0]} + 2 x {row[1]} | {load.tokens:,} | {'flash' if flash else 'plain'} | {'resident' if kept else 'uploaded'} | "
                          f"{load.tokens * count / seconds:,.0f} | {share:.2f} | {rate / 1e12:.2f} | {exposed} | {launches} | {host:.2f} |", flush=True)
    return resident


def peer(machine, resident, ways, rounds):
    """transformers' layers of the same shape in the same type, on batches that need no padding: its best case."""
    try:
        from transformers import LlamaConfig
        from transformers.models.llama.modeling_llama import LlamaDecoderLayer, LlamaRotaryEmbedding
    except ImportError:
        print("\npeer: no transformers here")
        return
    hidden, heads, kv_heads, dim, inner = machine.setting["shape"]
    config = LlamaConfig(hidden_size=hidden, num_attention_heads=heads, num_key_value_heads=kv_heads, head_dim=dim,
                         intermediate_size=inner, num_hidden_layers=len(resident), attn_implementation="sdpa")
    with torch.device(machine.device):
        layers = [LlamaDecoderLayer(config, number).to(machine.dtype).eval() for number in range(len(resident))]
        rotary = LlamaRotaryEmbedding(config)
    print("\n| row tokens | rows at once | transformers, conversations/s | ours | ours, flash |\n" + "|---" * 5 + "|")
    for row in machine.setting["rows"]:
        rows = max(1, machine.setting["loads"][-2] // (row[0] + 2 * row[1]))
        length = sum(row)

        def theirs():
            # Batches of about as many tokens as a micro-batch of ours has.
            at_once = max(1, 4 * machine.setting["micro"] // length)
            positions = torch.arange(length, device=machine.device)[None]
            machine.wait()
            start = time.perf_counter()
            for first in range(0, 2 * rows, at_once):
                x = torch.ones(min(at_once, 2 * rows - first), length, hidden, dtype=machine.dtype, device=machine.device)
                turns = rotary(x, positions)
                for layer in layers:
                    x = layer(x, position_ids=positions, position_embeddings=turns)
                    x = x[0] if isinstance(x, tuple) else x
            machine.wait()
            return time.perf_counter() - start
        load = Load(rows, row, machine.setting, machine.device)
        theirs()
        found = [sorted(theirs() for _ in range(rounds))[rounds // 2]]
        for flash in ways:
            machine.run(load, flash, resident)
            found.append(sorted(machine.run(load, flash, resident)[0] for _ in range(rounds))[rounds // 2])
        print(f"| {row[0]} + 2 x {row[1]} | {rows} | " + " | ".join(f"{2 * rows / seconds:,.0f}" for seconds in found) + " |", flush=True)


def bits(machine, resident, ways):
    print("\n| attention | row tokens | rows in the load | blocks of | numbers that differ | largest difference |\n" + "|---" * 6 + "|")
    for flash in ways:
        for row in machine.setting["rows"]:
            first = None
            for rows, most in ((1, 1 << 20), (2, 1 << 20), (3, 1 << 20), (7, 1 << 20), (40, 1 << 20), (1, 37), (7, 64)):
                load = Load(rows, row, machine.setting, machine.device, most)
                hidden = machine.run(load, flash, resident)[2][:load.tokens]
                first = hidden if first is None else first
                apart = (hidden.view(rows, load.row, -1) - first).abs()
                print(f"| {'flash' if flash else 'plain'} | {row[0]} + 2 x {row[1]} | {rows} | {'a segment' if most > 64 else most} | "
                      f"{int((apart > 0).sum()):,} of {apart.numel():,} | {apart.max():.1e} |", flush=True)


def paths(machine, exact, ways):
    print("\n| path | largest difference from fp32, as a share of the states' deviation |\n" + "|---" * 2 + "|")
    load = Load(2, machine.setting["rows"][0], machine.setting, machine.device)
    truth = exact.run(load, False, exact.layers.resident())[2][:load.tokens]
    for flash in ways:
        found = machine.run(load, flash, machine.layers.resident())[2][:load.tokens]
        print(f"| {'flash' if flash else 'plain'} | {((found - truth).abs().max() / truth.std()).item():.1e} |")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--device", default="cuda")
    args.add_argument("--shape", choices=SHAPES, default="70b")
    args.add_argument("--tiny", action="store_true", help="two small layers")
    args.add_argument("--layers", type=int, default=4)
    args.add_argument("--rounds", type=int, default=5)
    args = args.parse_args()
    if args.layers < 2 or args.layers % 2:
        raise SystemExit(f"--layers: expected an even number, found {args.layers}")
    cuda = torch.device(args.device).type == "cuda"
    if cuda and not torch.cuda.is_available():
        raise SystemExit("--device cuda: expected a GPU, found none")
    torch._C._set_graph_executor_optimize(False)
    setting = dict(TINY) if args.tiny else dict(LARGE, shape=SHAPES[args.shape])
    count = 2 if args.tiny else args.layers
    print(f"{torch.cuda.get_device_name() if cuda else 'CPU'}, torch {torch.__version__}, {count} layers of {args.shape}\n")

    def machine(layers, dtype):
        return Machine(setting, Layers(layers, setting, args.device, dtype), args.device, dtype)
    with torch.inference_mode():
        whole = machine(count, torch.bfloat16)
        ways = (False, True)
        resident = speed(whole, ways, args.rounds)
        peer(whole, resident, ways, args.rounds)
        bits(whole, resident, ways)
        # In fp32 two layers of the 70B's shape are 7 GB.
        few = min(count, 2)
        paths(machine(few, torch.bfloat16), machine(few, torch.float32), ways)

if __name__ == "__main__":
    main()
