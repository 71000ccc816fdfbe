#!/usr/bin/env python3
"""Touchstone and the ways that people score with transformers today, in turns, in one run.

    mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt
    compare.py --model FOLDER --rounds 5 pairs.jsonl turns.jsonl bestof.jsonl

Every contestant is a process of its own that holds the model and waits; in each round each of them
scores the whole load once, with the machine's GEMM rate measured before and after. All work on the
same token ids, on --threads threads. Needs torch, transformers and numpy. Contestants:

    touchstone  every distinct token once
    generate    one conversation a call: generate(max_new_tokens=1, output_scores=True), as the model
                cards of NVIDIA's reward models say
    forward     one conversation a call, without a cache and with the last position's logits only; a
                chat whose turns are labelled once for each of them, as NeMo-Aligner does
    padded      sorted by length, batches of 8, padded on the left
    onepass     one call for each row whose conversations are beginnings of its last one, logits at
                all their ends; only for loads of such rows

Written is a Markdown table. Times are of scoring alone: no tokenizing, no loading. Columns:

    tokens/s   tokens of the conversations each by itself, per second; the median of all rounds
    ratio      of tokens/s to the faster of generate and forward in the same round and precision; the
               median
    tokens     share of the GEMM ceiling in computed tokens: those per second, over what the ceiling
               would take through all linear layers (who leaves out what no score needs gains by it)
    linear     share of the GEMM ceiling: the products of the linear layers that the contestant
               computes (padding and repeated beginnings count for it), over seconds and ceiling
    all        the same with attention's products, of which only those that causality asks for count
    difference largest, from forward in fp32
    peak       resident memory of the process, with the checkpoint's pages that it mapped

The ceiling is the mean of before and after, each the fastest of one product per thread in Java and
torch's products on all threads, by MKL and by oneDNN; for all that is not fp32 torch's products of bf16 tensors. --clock processor counts the processor time of each contestant's process, and of the products,
in place of the clock's: for a machine that others use too, with --threads 1, as waiting threads
would be counted.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
NAMES = ["touchstone", "generate", "forward", "padded", "onepass"]
BATCH = 8


def torch_on(threads):
    os.environ["OMP_NUM_THREADS"] = str(threads)
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_VERBOSITY"] = "error"
    import torch
    torch.set_num_threads(threads)
    return torch


class Peer:
    """A way to score with transformers: rows of token ids in, a score for each conversation out."""

    def __init__(self, torch, model, mode):
        self.torch, self.model, self.mode = torch, model, mode
        self.computed, self.pairs, self.reads = 0, 0, 0

    def counted(self, rows, length, reads):
        """Tokens that the model computes, and the pairs that attention looks at."""
        self.computed += rows * length
        self.pairs += rows * length * (length + 1) // 2
        self.reads += reads

    def score(self, rows):
        if self.mode == "onepass":
            return [self.onepass(row) for row in rows]
        flat = [ids for row in rows for ids in row]
        values = self.padded(flat) if self.mode == "padded" else [self.one(ids) for ids in flat]
        values = iter(values)
        return [[next(values) for _ in row] for row in rows]

    def one(self, ids):
        torch, tokens = self.torch, self.torch.tensor([ids])
        self.counted(1, len(ids), 1)
        if self.mode == "forward":
            return self.model(input_ids=tokens, use_cache=False, logits_to_keep=1).logits[0, -1, 0].item()
        made = self.model.generate(tokens, attention_mask=torch.ones_like(tokens), max_new_tokens=1,
                                   do_sample=False, return_dict_in_generate=True, output_scores=True)
        return made.scores[0][0][0].item()

    def padded(self, flat):
        torch, values = self.torch, [None] * len(flat)
        order = sorted(range(len(flat)), key=lambda i: len(flat[i]))
        for start in range(0, len(order), BATCH):
            batch = order[start:start + BATCH]
            longest = max(len(flat[i]) for i in batch)
            tokens = torch.zeros((len(batch), longest), dtype=torch.long)
            mask = torch.zeros_like(tokens)
            for place, i in enumerate(batch):
                tokens[place, longest - len(flat[i]):] = torch.tensor(flat[i])
                mask[place, longest - len(flat[i]):] = 1
            self.counted(len(batch), longest, len(batch))
            logits = self.model(input_ids=tokens, attention_mask=mask, use_cache=False, logits_to_keep=1,
                                position_ids=(mask.cumsum(-1) - 1).clamp(min=0)).logits
            for i, value in zip(batch, logits[:, -1, 0].tolist()):
                values[i] = value
        return values

    def onepass(self, row):
        whole = max(row, key=len)
        ends = self.torch.tensor([len(ids) - 1 for ids in row])
        self.counted(1, len(whole), len(row))
        out = self.model(input_ids=self.torch.tensor([whole]), use_cache=False, logits_to_keep=ends)
        return out.logits[0, :, 0].tolist()


def prefixes(rows):
    """Whether one pass over each row's longest conversation reads all of them, and saves something."""
    return (all(max(row, key=len)[:len(ids)] == ids for row in rows for ids in row)
            and any(len(row) > 1 for row in rows))


def peer(args):
    """The console of a peer: read FILE (rows of token ids as JSON), score."""
    torch = torch_on(args.threads)
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging
    logging.disable_progress_bar()
    dtype = torch.float32 if args.precision == "fp32" else torch.bfloat16
    model = AutoModelForCausalLM.from_pretrained(args.model, dtype=dtype).eval()
    config = model.config
    rows = []
    for question in sys.stdin:
        command, _, file = question.strip().partition(" ")
        if command == "read":
            with open(file, encoding="utf-8") as text:
                rows = json.load(text)["rows"]
            answer = {"applies": args.peer != "onepass" or prefixes(rows)}
        else:
            way = Peer(torch, model, args.peer)
            with torch.inference_mode():
                start = time.perf_counter()
                scores = way.score(rows)
                seconds = time.perf_counter() - start
            heads = config.num_attention_heads * config.head_dim
            layer = config.hidden_size * (2 * heads + 2 * config.num_key_value_heads * config.head_dim
                                          + 3 * config.intermediate_size)
            answer = {"seconds": seconds, "computed": way.computed, "scores": scores,
                      "linear_flops": 2 * config.num_hidden_layers * layer * way.computed,
                      "attention_flops": 4 * config.num_hidden_layers * heads * way.pairs}
        print(json.dumps(answer), flush=True)


class Contestant:
    def __init__(self, name, precision, args):
        self.name, self.precision, self.clock = name, precision, args.clock
        if name == "touchstone":
            target = HOME / "target"
            classpath = args.classpath or f"{target}/test-classes:{target}/classes:" + (target / "test-classpath.txt").read_text()
            command = ["java", f"@{HOME}/jobs/lib/jvm.options", *args.java_options.split(), "-cp", classpath,
                       "io.touchstone.engine.ScoringConsole", args.model, precision, str(args.threads), args.clock]
        else:
            command = [sys.executable, __file__, "--peer", name, "--precision", precision,
                       "--model", args.model, "--threads", str(args.threads)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, question):
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        raise SystemExit(f"{self.name}: expected an answer to {question.split()[0]}, found the end of its output")

    def score(self):
        """An answer, with the seconds of the clock that counts."""
        start = self.processor_time()
        answer = self.ask("score")
        return {**answer, "seconds": self.processor_time() - start} if self.clock == "processor" else answer

    def processor_time(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


class Ceiling:
    def __init__(self, touchstone, args):
        self.touchstone = touchstone
        self.clock = time.process_time if args.clock == "processor" else time.perf_counter
        self.torch = torch_on(args.threads)
        with open(os.path.join(args.model, "config.json"), encoding="utf-8") as file:
            config = json.load(file)
        hidden, inner = config["hidden_size"], config["intermediate_size"]
        rows = 512 * args.threads
        fp32 = [(self.torch.randn(rows, k), self.torch.randn(n, k))
                for k, n in ((hidden, hidden), (hidden, 2 * inner), (inner, hidden))]
        self.products = {"fp32": fp32, "bf16": [(x.bfloat16(), w.bfloat16()) for x, w in fp32]}

    def rates(self):
        """GFLOP/s of each kind of products."""
        time.sleep(0.3)  # threads of the contestant before may still be spinning
        linear = self.torch.nn.functional.linear
        own = {kind: self.own(linear, products) for kind, products in self.products.items()}
        # MKL, which linear takes, is not the fastest on every processor.
        others = self.own(self.by_onednn, self.products["fp32"])
        return {**own, "fp32": max(own["fp32"], others, self.touchstone.ask("ceiling")["gflops"])}

    def by_onednn(self, x, w):
        return self.torch.ops.mkldnn._linear_pointwise(x, w, None, "none", [], "")

    def own(self, linear, products):
        flops, start = 0, self.clock()
        with self.torch.inference_mode():
            while self.clock() - start < 0.5:
                for x, w in products:
                    linear(x, w)
                    flops += 2 * x.shape[0] * x.shape[1] * w.shape[0]
        return flops / (self.clock() - start) / 1e9


def first_rows(file, rows, folder):
    if not rows:
        return file
    name = os.path.join(folder, os.path.basename(file))
    with open(file, encoding="utf-8") as source, open(name, "w", encoding="utf-8") as out:
        out.writelines(line for line, _ in zip(source, range(rows)))
    return name


def read(contestants, file, folder):
    """Gives everyone the load; the token ids, and who takes part."""
    rows = contestants[0].ask("read " + file)["rows"]
    with open(os.path.join(folder, "ids.json"), "w", encoding="utf-8") as out:
        json.dump({"rows": rows}, out)
    taking_part = [contestants[0]]
    for contestant in contestants[1:]:
        if contestant.name == "touchstone":
            contestant.ask("read " + file)
        elif not contestant.ask("read " + out.name)["applies"]:
            continue
        taking_part.append(contestant)
    return rows, taking_part


def measure(contestants, ceiling, rounds):
    """For each contestant its answers in all rounds, each with the ceiling that it met."""
    for contestant in contestants:
        contestant.ask("score")
    met = {contestant: [] for contestant in contestants}
    for number in range(rounds):
        before = ceiling.rates()
        # Turned round by round, so that nobody always follows the same one.
        for contestant in contestants[number % len(contestants):] + contestants[:number % len(contestants)]:
            answer = contestant.score()
            after = ceiling.rates()
            kind = "fp32" if contestant.precision == "fp32" else "bf16"
            met[contestant].append({**answer, "ceiling": (before[kind] + after[kind]) / 2 * 1e9})
            before = after
    return met


def difference(answer, reference):
    return max(abs(a - b) for row, right in zip(answer["scores"], reference["scores"]) for a, b in zip(row, right))


def table(load, rows, met):
    presented = sum(len(ids) for row in rows for ids in row)
    conversations = sum(len(row) for row in rows)
    of = {(contestant.name, contestant.precision): answers for contestant, answers in met.items()}
    exact = of["forward", "fp32"]
    per_token = exact[0]["linear_flops"] / exact[0]["computed"]
    for contestant, answers in met.items():
        def median(of):
            return statistics.median(of(answer) for answer in answers)
        kind = "fp32" if contestant.precision == "fp32" else "bf16"
        alone = [min(peer["seconds"] for peer in peers)
                 for peers in zip(*(of[name, kind] for name in ("generate", "forward") if (name, kind) in of))]
        ratio = [one / answer["seconds"] for one, answer in zip(alone, answers)]
        spread = max(difference(answer, exact[0]) for answer in answers)
        print("| " + " | ".join([
            load, contestant.name, contestant.precision, f"{conversations}", f"{presented:,}",
            f"{answers[0]['computed']:,}", f"{median(lambda a: presented / a['seconds']):,.0f}",
            f"{statistics.median(ratio):.2f}" if ratio else "",
            f"{median(lambda a: a['computed'] * per_token / a['seconds'] / a['ceiling']):.2f}",
            f"{median(lambda a: a['linear_flops'] / a['seconds'] / a['ceiling']):.2f}",
            f"{median(lambda a: (a['linear_flops'] + a['attention_flops']) / a['seconds'] / a['ceiling']):.2f}",
            f"{median(lambda a: a['ceiling'] / 1e9):.0f}", f"{spread:.1e}", f"{contestant.peak() / 2**30:.2f} GiB",
        ]) + " |", flush=True)


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("loads", nargs="*", help="JSONL files of any format that jobs/annotate reads")
    args.add_argument("--model", required=True, help="a ...ForCausalLM checkpoint")
    args.add_argument("--rounds", type=int, default=5)
    args.add_argument("--rows", type=int, help="only the first rows of each load")
    args.add_argument("--threads", type=int, default=2)
    args.add_argument("--only", action="append", choices=NAMES, default=[], help="who takes part in fp32 beside touchstone and forward; may be repeated; default: all")
    args.add_argument("--bf16", action="append", choices=NAMES, default=[], help="who takes part in bf16 too; may be repeated")
    args.add_argument("--native", action="store_true", help="touchstone takes part in the processor's own bf16 too")
    args.add_argument("--clock", choices=["wall", "processor"], default="wall")
    args.add_argument("--classpath", help="of the test classes; default: what Maven wrote under target/")
    args.add_argument("--java-options", default="", help="more flags for the JVM: --java-options=-Xmx2g")
    args.add_argument("--peer", choices=NAMES[1:], help=argparse.SUPPRESS)
    args.add_argument("--precision", default="fp32", help=argparse.SUPPRESS)
    args = args.parse_args()
    if args.peer:
        peer(args)
        return
    fp32 = [name for name in NAMES if not args.only or name in ("touchstone", "forward", *args.only)]
    contestants = [Contestant(name, "fp32", args) for name in fp32]
    contestants += [Contestant(name, "bf16", args) for name in args.bf16]
    contestants += [Contestant("touchstone", "bf16-native", args)] if args.native else []
    ceiling = Ceiling(contestants[0], args)
    columns = ["load", "contestant", "precision", "conversations", "presented tokens", "computed tokens", "tokens/s",
               "ratio", "tokens", "linear", "all", "ceiling (GFLOP/s)", "difference", "peak"]
    print("| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for load in args.loads:
            rows, taking_part = read(contestants, first_rows(os.path.abspath(load), args.rows, folder), folder)
            table(os.path.splitext(os.path.basename(load))[0], rows, measure(taking_part, ceiling, args.rounds))
    for contestant in contestants:
        contestant.process.stdin.close()
        contestant.process.wait()


if __name__ == "__main__":
    main()
