#!/usr/bin/env python3
"""The model's program on a GPU: layers of Llama-70B's shape with random weights. NOT RUN ON A GPU YET.

    gpu.py                        one CUDA device, bf16, four layers
    gpu.py --device cpu --tiny    the same from end to end in seconds, to see that it works; times mean nothing

Packs decoder.py, the program that the engine runs, as the engine does, and loads it by torch.jit.load.
It is told what the engine tells it for a GPU: products take bf16 tensors (what libtorch 2.7.1 gives back of
them is rounded to bf16 once; the residual stream, norms and rotation stay fp32), and attention calls
scaled_dot_product_attention with a mask. One method is added, which the engine does not have: attention of
all segments at once by _flash_attention_forward with cumulative lengths.
Needs torch 2.7.1. Printed are Markdown tables:

    speed    tokens/s and share of the bf16 GEMM rate, measured before and after at the layers' shapes, for
             growing loads: weights resident, and the next layer's uploaded from pinned memory meanwhile.
             exposed is what the upload adds; 0 % means hidden.
    bits     a row's hidden states alone and in larger loads: how many numbers differ, and by how much
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

DECODER = Path(__file__).resolve().parent.parent / "src/main/resources/io/touchstone/engine/decoder.py"
FLOAT32, BFLOAT16 = 6, 15
LIBRARYS_ATTENTION = 1
EPS = 1e-5

# hidden, query heads, key-value heads, head size, inner; tokens of a prompt and of each of two answers
LLAMA_70B = dict(shape=(8192, 64, 8, 128, 28672), row=(256, 256), micro=8192, mask_rows=512,
                 loads=(2048, 4096, 8192, 16384, 32768, 65536))
TINY = dict(shape=(64, 4, 2, 16, 128), row=(40, 30), micro=256, mask_rows=96, loads=(200, 400))

LAYER_FLASH = """\

  def layer_flash(self: __torch__.Decoder, hidden: Tensor, start: int, end: int, w: List[Tensor], shape: List[int], eps: float, table: Tensor, positions: Tensor, kv: Tensor, paths: Tensor, cum_q: Tensor, cum_k: Tensor, max_q: int, max_k: int) -> None:
    x = torch.slice(hidden, 0, start, end)
    turns = torch.index_select(table, 0, torch.slice(positions, 0, start, end))
    q = torch.to(self.queries(x, w, shape, eps, turns, torch.size(kv, 2)), shape[5])
    rows = torch.permute(torch.index_select(kv, 1, paths), [1, 0, 2])
    k = torch.contiguous(torch.slice(rows, 1, 0, shape[2]))
    v = torch.contiguous(torch.slice(rows, 1, shape[2]))
    attended, _0, _1, _2, _3 = torch._flash_attention_forward(q, k, v, cum_q, cum_k, max_q, max_k, 0., True, False)
    self.finish(x, torch.to(torch.flatten(attended, 1), 6), w, shape, eps)
"""


def with_flash(source):
    return source.rstrip("\n") + "\n" + LAYER_FLASH


def program(source):
    """A TorchScript archive of stored entries: the code, no constants, one empty module object."""
    field = b"training"
    state = (b"\x80\x02c__torch__\nDecoder\n)\x81}(X" + len(field).to_bytes(4, "little") + field + b"\x89ub.")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/version", b"3\n")
        archive.writestr("archive/constants.pkl", b"\x80\x02).")
        archive.writestr("archive/code/__torch__.py", source)
        archive.writestr("archive/data.pkl", state)
    packed.seek(0)
    return torch.jit.load(packed)


class Load:
    """Rows of a prompt and two answers, in pre-order, and how each micro-batch of whole rows attends."""

    def __init__(self, rows, setting, device):
        prompt, answer = setting["row"]
        self.row = prompt + 2 * answer
        self.tokens = rows * self.row
        whole = list(range(prompt)) + 2 * list(range(prompt, prompt + answer))
        self.positions = torch.tensor(whole * rows, device=device)
        together = max(1, setting["micro"] // self.row)
        self.batches = [self.batch(first, min(first + together, rows), prompt, answer, device)
                        for first in range(0, rows, together)]

    def batch(self, first, end, prompt, answer, device):
        plan, paths, lengths, keys = [], [], [], []
        for row in range(first, end):
            start = row * self.row
            plan += [start, prompt, 0]
            paths += range(start, start + prompt)
            for own in (start + prompt, start + prompt + answer):
                plan += [own, answer, 1, start, prompt]
                paths += [*range(start, start + prompt), *range(own, own + answer)]
            lengths += [prompt, answer, answer]
            keys += [prompt, prompt + answer, prompt + answer]

        def sums(of):
            return torch.tensor([0, *of], device=device).cumsum(0).to(torch.int32)
        flash = (torch.tensor(paths, device=device), sums(lengths), sums(keys), max(lengths), max(keys))
        return first * self.row, end * self.row, plan, flash


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
                      matrix(2 * inner, hidden), none, matrix(hidden, inner), none, none, none, norm(), norm()]
                     for _ in range(count)]
        self.parameters = sum(w.numel() for w in self.host[0] if w.dim() == 2)
        self.device = device

    def resident(self):
        return [[w.to(self.device) for w in layer] for layer in self.host]


class Machine:
    def __init__(self, setting, layers, device, source, dtype):
        self.setting, self.layers, self.device, self.dtype = setting, layers, torch.device(device), dtype
        self.program = program(source)
        hidden, heads, kv_heads, dim, inner = setting["shape"]
        self.shape = [hidden, heads, kv_heads, dim, inner, FLOAT32 if dtype == torch.float32 else BFLOAT16, LIBRARYS_ATTENTION]
        longest = sum(setting["row"])
        self.angles = self.program.rotary(longest // 1024 + 1, dim, 500000.0, 0, []).to(device)
        self.mask = self.program.mask(setting["mask_rows"], longest).to(device, dtype)
        self.upload = torch.cuda.Stream() if self.device.type == "cuda" else None
        self.buffers = None

    def wait(self):
        if self.upload:
            torch.cuda.synchronize()

    def layer(self, hidden, kv, load, weights, flash):
        for start, end, _, _ in load.batches:
            self.program.keys_values(hidden, start, end, weights, self.shape, EPS, self.angles, load.positions, kv)
        for start, end, plan, by_flash in load.batches:
            arguments = (hidden, start, end, weights, self.shape, EPS, self.angles, load.positions, kv)
            if flash:
                self.program.layer_flash(*arguments, *by_flash)
            else:
                self.program.layer(*arguments, plan, self.mask)

    def space(self, load, seed=0):
        """Hidden states, which a row has the same of in every load, and a table for keys and values."""
        _, _, kv_heads, dim, _ = self.setting["shape"]
        draw = torch.Generator().manual_seed(seed)
        one = torch.randn(load.row, self.shape[0], generator=draw)
        hidden = one.repeat(load.tokens // load.row, 1).to(self.device)
        return hidden, torch.zeros(2 * kv_heads, load.tokens, dim, dtype=self.dtype, device=self.device)

    def bring(self, into, layer):
        for to, weight in zip(self.buffers[into], self.layers.host[layer]):
            to.copy_(weight, non_blocking=True)

    def run(self, load, flash, resident=None):
        """Seconds through all layers, and the hidden states then."""
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
        self.wait()
        return time.perf_counter() - start, hidden

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
    print("| load tokens | attention | weights | tokens/s per layer | of the GEMM rate | GEMM (TFLOP/s) | exposed |\n" + "|---" * 7 + "|")
    resident = machine.layers.resident()
    count = len(resident)
    for tokens in machine.setting["loads"]:
        load = Load(max(1, tokens // (sum(machine.setting["row"]) + machine.setting["row"][1])), machine.setting, machine.device)
        for flash in ways:
            alone = None
            for kept in (resident, None):
                machine.run(load, flash, kept)
                before = machine.gemm_rate(0.5)
                seconds = sorted(machine.run(load, flash, kept)[0] for _ in range(rounds))[rounds // 2]
                rate = (before + machine.gemm_rate(0.5)) / 2
                share = 2 * machine.layers.parameters * load.tokens * count / seconds / rate
                alone = alone or seconds
                print(f"| {load.tokens:,} | {'flash' if flash else 'plain'} | {'resident' if kept else 'uploaded'} | "
                      f"{load.tokens * count / seconds:,.0f} | {share:.2f} | {rate / 1e12:.2f} | "
                      f"{'' if kept else f'{seconds / alone - 1:.0%}'} |", flush=True)


def bits(machine, ways):
    print("\n| attention | rows in the load | numbers that differ | largest difference |\n" + "|---" * 4 + "|")
    resident = machine.layers.resident()
    for flash in ways:
        first = None
        for rows in (1, 2, 3, 7, 16):
            load = Load(rows, machine.setting, machine.device)
            hidden = machine.run(load, flash, resident)[1]
            first = hidden if first is None else first
            apart = (hidden.view(rows, load.row, -1) - first).abs()
            print(f"| {'flash' if flash else 'plain'} | {rows} | {int((apart > 0).sum()):,} of {apart.numel():,} | {apart.max():.1e} |")


def paths(machine, exact, ways):
    print("\n| path | largest difference from fp32, as a share of the states' deviation |\n" + "|---" * 2 + "|")
    load = Load(2, machine.setting, machine.device)
    truth = exact.run(load, False, exact.layers.resident())[1]
    for flash in ways:
        found = machine.run(load, flash, machine.layers.resident())[1]
        print(f"| {'flash' if flash else 'plain'} | {((found - truth).abs().max() / truth.std()).item():.1e} |")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--device", default="cuda")
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
    setting, count = (TINY, 2) if args.tiny else (LLAMA_70B, args.layers)
    source = DECODER.read_text(encoding="utf-8")
    print(f"{torch.cuda.get_device_name() if cuda else 'CPU'}, torch {torch.__version__}, {count} layers\n")
    with torch.inference_mode():
        machine = Machine(setting, Layers(count, setting, args.device, torch.bfloat16), args.device, with_flash(source), torch.bfloat16)
        ways = (False, True) if cuda else (False,)
        speed(machine, ways, args.rounds)
        bits(machine, ways)
        # In fp32 two layers of the 70B's shape are 7 GB.
        few = min(count, 2)
        bf16 = Machine(setting, Layers(few, setting, args.device, torch.bfloat16), args.device, with_flash(source), torch.bfloat16)
        exact = Machine(setting, Layers(few, setting, args.device, torch.float32), args.device,
                        with_flash(source), torch.float32)
        paths(bf16, exact, ways)
    if not cuda:
        print("\nflash: only on CUDA; here its method was compiled, not run")


if __name__ == "__main__":
    main()
