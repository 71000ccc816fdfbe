#!/usr/bin/env python3
"""Touchstone and transformers' padded batches, generating in turns, in one run.

    mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt
    generate.py --model FOLDER --rounds 3 prompts.jsonl

Rows are `messages` that end with a user's turn, or HH-RLHF's `chosen` transcripts, whose last answer is left out. All
answer the same token ids greedily, up to --tokens new ones or the model's end, on --threads threads. Every contestant is a
process of its own that holds the model and waits. Needs torch and transformers. Contestants:

    touchstone  rows enter as others leave
    padded N    sorted by length, batches of N, padded on the left, until the last row of a batch has ended

Written is a Markdown table. Times are of generating alone: no tokenizing, no loading. Columns:

    tokens/s     generated tokens (ends among them, padding not), per second; the median of all rounds
    per cpu-s    the same per second of processor time, which other programs on the machine disturb less
    ratio        of tokens/s to the fastest padded batch in the same round; the median. Behind it the same of processor time
    ceiling      share of the GEMM ceiling: the products of the linear layers and the head over all tokens that were
                 presented or generated (the head over generated ones alone), over seconds and ceiling
    same         answers with the text of padded 1 (where it takes part), else of the first padded batch

With --samples N touchstone also draws N samples of the first prompt, at temperature 1 from the model's file's top k; its time
is compared with the bare model's for the prompt once and as many steps of N rows.
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


def peer(args):
    """The console of transformers: read FILE (rows of token ids as JSON), generate TOKENS BATCH."""
    os.environ["OMP_NUM_THREADS"] = str(args.threads)
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_VERBOSITY"] = "error"
    import torch
    torch.set_num_threads(args.threads)
    from transformers import AutoModelForCausalLM, AutoTokenizer
    tokenizer = AutoTokenizer.from_pretrained(args.model)
    model = AutoModelForCausalLM.from_pretrained(args.model, dtype=torch.float32).eval()
    eos = model.generation_config.eos_token_id
    eos = eos if isinstance(eos, list) else [eos]
    pad = model.generation_config.pad_token_id
    pad = eos[0] if pad is None else pad
    rows = []
    for question in sys.stdin:
        command, *words = question.split()
        if command == "read":
            with open(words[0], encoding="utf-8") as text:
                rows = json.load(text)["rows"]
            answer = {}
        else:
            tokens, batch = map(int, words)
            answers = [None] * len(rows)
            order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
            start, cpu = time.perf_counter(), time.process_time()
            with torch.inference_mode():
                for first in range(0, len(order), batch):
                    some = order[first:first + batch]
                    longest = max(len(rows[i]) for i in some)
                    ids = torch.full((len(some), longest), pad, dtype=torch.long)
                    mask = torch.zeros_like(ids)
                    for place, i in enumerate(some):
                        ids[place, longest - len(rows[i]):] = torch.tensor(rows[i])
                        mask[place, longest - len(rows[i]):] = 1
                    out = model.generate(ids, attention_mask=mask, max_new_tokens=tokens, do_sample=False, pad_token_id=pad)
                    for i, made in zip(some, out[:, longest:].tolist()):
                        ends = [place for place, one in enumerate(made) if one in eos]
                        answers[i] = made[:ends[0] + 1] if ends else made
            answer = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu,
                      "answers": [[{"tokens": len(made), "text": tokenizer.decode(made, skip_special_tokens=True)}]
                                  for made in answers]}
        print(json.dumps(answer), flush=True)


class Contestant:
    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, question):
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        raise SystemExit(f"{self.name}: expected an answer to {question.split()[0]}, found the end of its output")


def turns(row):
    if "messages" in row:
        return row["messages"]
    pieces = row["chosen"].split("\n\n")
    messages = []
    for piece in pieces:
        for role, start in (("user", "Human: "), ("assistant", "Assistant: ")):
            if piece.startswith(start):
                messages.append({"role": role, "content": piece[len(start):]})
                break
        else:
            if messages and piece:
                messages[-1]["content"] += "\n\n" + piece
    while messages and messages[-1]["role"] != "user":
        messages.pop()
    return messages


def prompts(file, rows, out):
    with open(file, encoding="utf-8") as source, open(out, "w", encoding="utf-8") as text:
        count = 0
        for line in source:
            messages = turns(json.loads(line))
            if messages and count < rows:
                text.write(json.dumps({"messages": messages}) + "\n")
                count += 1


def flops(model, presented, generated):
    """Products of the linear layers and the head."""
    with open(os.path.join(model, "config.json"), encoding="utf-8") as file:
        c = json.load(file)
    head = c.get("head_dim") or c["hidden_size"] // c["num_attention_heads"]
    layer = c["hidden_size"] * (2 * head * (c["num_attention_heads"] + c["num_key_value_heads"]) + 3 * c["intermediate_size"])
    steps = presented + generated
    return 2 * (c["num_hidden_layers"] * layer * steps + c["hidden_size"] * c["vocab_size"] * generated)


def generated(answer):
    return sum(one["tokens"] for row in answer["answers"] for one in row)


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("prompts", nargs="?")
    args.add_argument("--model", required=True)
    args.add_argument("--rounds", type=int, default=3)
    args.add_argument("--rows", type=int, default=64)
    args.add_argument("--tokens", type=int, default=256)
    args.add_argument("--threads", type=int, default=2)
    args.add_argument("--batch", type=int, action="append", help="of transformers; may be repeated (16, 32 and 64)")
    args.add_argument("--samples", type=int, help="also draw so many samples of the first prompts")
    args.add_argument("--classpath", help="of the test classes; default: what Maven wrote under target/")
    args.add_argument("--java-options", default="")
    args.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    args = args.parse_args()
    if args.peer:
        peer(args)
        return
    target = HOME / "target"
    classpath = args.classpath or f"{target}/test-classes:{target}/classes:" + (target / "test-classpath.txt").read_text()
    ours = Contestant("touchstone", ["java", f"@{HOME}/jobs/lib/jvm.options", *args.java_options.split(), "-cp", classpath,
                                     "io.touchstone.engine.GenerationConsole", args.model, str(args.threads)])
    theirs = Contestant("transformers", [sys.executable, __file__, "--peer", "--model", args.model, "--threads", str(args.threads)])
    with tempfile.TemporaryDirectory() as folder:
        rows = os.path.join(folder, "rows.jsonl")
        prompts(args.prompts, args.rows, rows)
        ids = ours.ask("read " + rows)["rows"]
        with open(os.path.join(folder, "ids.json"), "w", encoding="utf-8") as out:
            json.dump({"rows": ids}, out)
        theirs.ask("read " + out.name)
        compare(args, ours, theirs, ids)
        if args.samples:
            samples(args, ours, folder, rows)
    for contestant in (ours, theirs):
        contestant.process.stdin.close()
        contestant.process.wait()


def compare(args, ours, theirs, ids):
    presented = sum(map(len, ids))
    batches = args.batch or [16, 32, 64]
    ways = {"touchstone": lambda: ours.ask(f"generate {args.tokens} 1")}
    for batch in batches:
        ways[f"padded {batch}"] = lambda batch=batch: theirs.ask(f"generate {args.tokens} {batch}")
    met = {name: [] for name in ways}
    names = list(ways)
    for number in range(args.rounds):
        before = ours.ask("ceiling")["gflops"]
        for name in names[number % len(names):] + names[:number % len(names)]:
            answer = ways[name]()
            after = ours.ask("ceiling")["gflops"]
            met[name].append({**answer, "ceiling": (before + after) / 2 * 1e9})
            before = after
            print(f"round {number + 1}: {name} {generated(answer) / answer['seconds']:.1f} tokens/s,"
                  f" {generated(answer) / answer['cpu']:.1f} per cpu-second", file=sys.stderr, flush=True)
    reference = met[f"padded {1 if 1 in batches else batches[0]}"][0]
    best = [max(generated(met[name][r]) / met[name][r]["seconds"] for name in names[1:]) for r in range(args.rounds)]
    best_cpu = [max(generated(met[name][r]) / met[name][r]["cpu"] for name in names[1:]) for r in range(args.rounds)]
    print(f"{len(ids)} prompts of {min(map(len, ids))} to {max(map(len, ids))} tokens, {presented:,} together;"
          f" at most {args.tokens} new ones, {args.threads} threads\n")
    print("| contestant | generated | tokens/s | per cpu-s | ratio | cpu ratio | of the ceiling | same |\n" + "|---" * 8 + "|")
    for name, answers in met.items():
        made = generated(answers[0])
        work = flops(args.model, presented, made)
        same = sum(a[0]["text"] == b[0]["text"] for a, b in zip(answers[0]["answers"], reference["answers"]))
        print("| " + " | ".join([
            name, f"{made:,}",
            f"{statistics.median(made / a['seconds'] for a in answers):.1f}",
            f"{statistics.median(made / a['cpu'] for a in answers):.1f}",
            f"{statistics.median(made / a['seconds'] / b for a, b in zip(answers, best)):.2f}",
            f"{statistics.median(made / a['cpu'] / b for a, b in zip(answers, best_cpu)):.2f}",
            f"{statistics.median(work / a['seconds'] / a['ceiling'] for a in answers):.2f}",
            f"{same} of {len(ids)}"]) + " |", flush=True)


def samples(args, ours, folder, rows):
    """N samples of the first prompt, beside the bare model: the prompt once, then as many steps of N rows."""
    with open(rows, encoding="utf-8") as source:
        first = source.readline()
    one = os.path.join(folder, "one.jsonl")
    Path(one).write_text(first, encoding="utf-8")
    ours.ask("read " + one)
    ratios, cpu = [], []
    for _ in range(args.rounds):
        drawn = ours.ask(f"generate {args.tokens} {args.samples}")
        longest = max(answer["tokens"] for answer in drawn["answers"][0])
        bare = ours.ask(f"bare {longest} {args.samples}")
        ratios.append(drawn["seconds"] / bare["seconds"])
        cpu.append(drawn["cpu"] / bare["cpu"])
    print(f"\n{args.samples} samples of a prompt of {drawn['computed']:,} tokens, up to {longest:,} new ones:"
          f" {statistics.median(ratios):.2f} times one prefill and the steps of {args.samples} rows at once"
          f" ({statistics.median(cpu):.2f} times its processor time)")


if __name__ == "__main__":
    main()
