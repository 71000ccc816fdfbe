#!/usr/bin/env python3
"""Does cost grow linearly? With the number of rows, and with the length of a conversation.

    cost.py rows --counts 1000 10000 100000
    cost.py length --model FOLDER --lengths 1024 2048 4096 8192 16384 32768 --svg docs/cost-by-length.svg

rows: jobs/annotate with the bundled demo model over as many short generated rows, no two alike, heap
1 GB; a further row is what the run took longer than the one before it, for each row that it had more.
length: a warm model scores one conversation at a time; beside it stands what the arithmetic alone would
take at the rate of matrix products measured before and after. Each prints a Markdown table; length needs
torch and the class path of compare.py.
"""
import argparse
import json
import os
import random
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
WORDS = ("bread water owl garden paper river window music letter winter answer stone quiet simple early narrow "
         "keep carry open follow gather measure turn write cold warm seldom often near under over between").split()


def text(draw, words):
    return " ".join(draw.choice(WORDS) for _ in range(words))


def write_rows(path, count, seed):
    draw = random.Random(seed)
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count):
            row = {"prompt": f"Question {number}: {text(draw, 8)}?", "response": text(draw, draw.randint(5, 25)) + "."}
            out.write(json.dumps(row) + "\n")


def annotate(rows, out, flags):
    environment = {**os.environ, "TOUCHSTONE_JAVA_OPTS": "-Xmx1g"}
    with open(out + ".log", "w", encoding="utf-8") as log:
        start = time.perf_counter()
        process = subprocess.Popen([HOME / "jobs/annotate", rows, "--output", out, *flags], env=environment,
                                   stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{rows}: expected exit status 0, found {process.returncode}")
    with open(os.path.join(out, "_run.json"), encoding="utf-8") as file:
        return seconds, used.ru_maxrss * 1024, json.load(file)


def by_rows(args):
    subprocess.run([HOME / "jobs/annotate", "--help"], check=True, stdout=subprocess.DEVNULL)
    print("| rows | computed tokens | whole run (s) | ms per row | ms per further row | forward, ms per row | peak resident |\n"
          + "|---" * 7 + "|", flush=True)
    before = None
    with tempfile.TemporaryDirectory(dir=args.work) as folder:
        for count in args.counts:
            rows = os.path.join(folder, f"{count}.jsonl")
            write_rows(rows, count, args.seed)
            runs = [annotate(rows, os.path.join(folder, f"out-{count}-{number}"), args.flags)
                    for number in range(args.rounds)]
            whole, peak, run = sorted(runs, key=lambda run: run[0])[len(runs) // 2]
            seconds = run["seconds"]
            if run["rows"]["out"] != count:
                raise SystemExit(f"{rows}: expected {count} scored rows, found {run['rows']['out']}")
            further = f"{(whole - before[1]) / (count - before[0]) * 1e3:.3f}" if before else ""
            before = count, whole
            print(f"| {count:,} | {run['tokens']['computed']:,} | {whole:.1f} | {whole / count * 1e3:.3f} | {further} | "
                  f"{seconds['forward'] / count * 1e3:.3f} | {peak / 2**30:.2f} GiB |",
                  flush=True)


def conversation_of(touchstone, tokens, folder, seed):
    """A file of one conversation of about so many tokens; how many they became."""
    path = os.path.join(folder, f"{tokens}.jsonl")

    def of(words):
        with open(path, "w", encoding="utf-8") as out:
            draw = random.Random(seed)
            out.write(json.dumps({"prompt": text(draw, 10), "response": text(draw, words)}) + "\n")
        return len(touchstone.ask("read " + path)["rows"][0][0])

    each = (of(1100) - of(100)) / 1000
    return of(int((tokens - of(100)) / each) + 100)


def by_length(args):
    from chart import chart
    from compare import Ceiling, Contestant
    touchstone = Contestant("touchstone", "fp32", args)
    ceiling = Ceiling(touchstone, args)
    print("| tokens | seconds | ms per token | products of the linear layers alone | with attention's |\n"
          + "|---" * 5 + "|", flush=True)
    points = []
    with tempfile.TemporaryDirectory() as folder:
        for length in args.lengths:
            tokens = conversation_of(touchstone, length, folder, args.seed)
            touchstone.ask("score")
            met = []
            for _ in range(args.rounds):
                before = ceiling.rate()
                answer = touchstone.ask("score")
                rate = (before + ceiling.rate()) / 2 * 1e9
                linear, attention = answer["linear_flops"] / rate, answer["attention_flops"] / rate
                met.append((answer["seconds"], linear, linear + attention))
            seconds, linear, both = (statistics.median(column) / tokens * 1e3 for column in zip(*met))
            points.append((tokens, seconds, linear, both))
            print(f"| {tokens:,} | {seconds * tokens / 1e3:.2f} | {seconds:.3f} | {linear:.3f} | {both:.3f} |", flush=True)
    print(f"\nPeak resident {touchstone.peak() / 2**30:.2f} GiB")
    touchstone.process.stdin.close()
    if args.svg:
        tokens, measured, linear, both = zip(*points)
        lines = {"measured": measured, "its arithmetic": both, "linear layers alone": linear}
        title = "Milliseconds per token, one conversation at a time"
        Path(args.svg).write_text(chart(title, "tokens of the conversation", tokens, lines), encoding="utf-8")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = args.add_subparsers(dest="kind", required=True)
    rows = kinds.add_parser("rows")
    rows.add_argument("--counts", type=int, nargs="+", default=[1000, 10000, 100000])
    rows.add_argument("--rounds", type=int, default=1)
    rows.add_argument("--seed", type=int, default=0)
    rows.add_argument("--work", help="where rows and outputs are written; default: a temporary folder")
    rows.add_argument("flags", nargs="*", help="after --: more flags for jobs/annotate")
    length = kinds.add_parser("length")
    length.add_argument("--model", required=True)
    length.add_argument("--lengths", type=int, nargs="+", default=[1024, 2048, 4096, 8192, 16384, 32768])
    length.add_argument("--rounds", type=int, default=3)
    length.add_argument("--seed", type=int, default=0)
    length.add_argument("--threads", type=int, default=2)
    length.add_argument("--classpath")
    length.add_argument("--java-options", default="")
    length.add_argument("--svg")
    args = args.parse_args()
    by_rows(args) if args.kind == "rows" else by_length(args)


if __name__ == "__main__":
    main()
