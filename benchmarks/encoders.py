#!/usr/bin/env python3
"""Touchstone's encoder and transformers in padded batches, in turns, in one run, on the same token ids.

    mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt
    encoders.py --make FOLDER --rows pairs.jsonl      a random BERT of 6 layers of 384, its tokenizer trained on the rows
    encoders.py --model FOLDER --rounds 5 pairs.jsonl

Texts are whole conversations, cut at the model's positions (512). Each contestant scores all texts once in each
round, on --threads threads:

    touchstone  flat tokens, no padding, equal texts once
    padded      transformers, batches of 32 in the input's order, padded on the right
    sorted      the same, sorted by length first

Written is a Markdown table: seconds of processor time (of the whole process, as other programs may share the machine)
and of wall time, medians of all rounds; the ratio of a contestant's processor time to touchstone's in the same
round, median, smallest and largest; and the largest difference of a score from touchstone's. Needs torch,
transformers and tokenizers.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
BATCH = 32


def make(folder, files):
    import torch
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import BertConfig, BertForSequenceClassification

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    lines = (line for file in files for line in open(file, encoding="utf-8"))
    tokenizer.train_from_iterator(
        lines, trainers.WordPieceTrainer(vocab_size=16_000, special_tokens=words, show_progress=False)
    )
    ends = [(word, tokenizer.token_to_id(word)) for word in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=ends
    )
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=16_000, hidden_size=384, num_hidden_layers=6, num_attention_heads=6, intermediate_size=1_536,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save(str(Path(folder) / "tokenizer.json"))
    named = dict(cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]", unk_token="[UNK]", mask_token="[MASK]")
    inputs = ["input_ids", "token_type_ids", "attention_mask"]
    (Path(folder) / "tokenizer_config.json").write_text(
        json.dumps(dict(tokenizer_class="PreTrainedTokenizerFast", model_max_length=512, model_input_names=inputs, **named))
    )


def peer(args):
    os.environ["OMP_NUM_THREADS"] = str(args.threads)
    import torch
    from transformers import AutoModelForSequenceClassification

    torch.set_num_threads(args.threads)
    model = AutoModelForSequenceClassification.from_pretrained(args.model, dtype=torch.float32).eval()
    rows = []
    for line in sys.stdin:
        question = json.loads(line)
        if "rows" in question:
            rows = question["rows"]
            print(json.dumps({}), flush=True)
            continue
        wall, cpu = time.perf_counter(), time.process_time()
        order = list(range(len(rows)))
        if question["score"] == "sorted":
            order.sort(key=lambda n: len(rows[n]))
        scores = [0.0] * len(rows)
        with torch.inference_mode():
            for at in range(0, len(order), BATCH):
                some = order[at : at + BATCH]
                longest = max(len(rows[n]) for n in some)
                ids = torch.zeros(len(some), longest, dtype=torch.long)
                mask = torch.zeros(len(some), longest, dtype=torch.long)
                for place, n in enumerate(some):
                    ids[place, : len(rows[n])] = torch.tensor(rows[n])
                    mask[place, : len(rows[n])] = 1
                found = model(input_ids=ids, attention_mask=mask).logits[:, 0].tolist()
                for n, score in zip(some, found):
                    scores[n] = score
        took = dict(seconds=time.perf_counter() - wall, cpu=time.process_time() - cpu, scores=scores)
        print(json.dumps(took), flush=True)


class Process:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, question):
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        sys.exit(f"{self.process.args[0]} ended: see above")


def compare(args):
    target = HOME / "target"
    classpath = args.classpath or (
        f"{target}/test-classes:{target}/classes:" + (target / "test-classpath.txt").read_text().strip()
    )
    ours = Process(
        ["java", f"@{HOME}/jobs/lib/jvm.options", "-cp", classpath, "io.touchstone.engine.EncoderConsole",
         args.model, str(args.threads)]
    )
    theirs = Process(
        [sys.executable, __file__, "--peer", "--model", args.model, "--threads", str(args.threads)]
    )
    rows = ours.ask(f"read {args.files[0]}")["rows"]
    theirs.ask(json.dumps(dict(rows=rows)))
    names = ["touchstone", "padded", "sorted"]
    asks = dict(
        touchstone=lambda: ours.ask("score"),
        padded=lambda: theirs.ask(json.dumps(dict(score="padded"))),
        sorted=lambda: theirs.ask(json.dumps(dict(score="sorted"))),
    )
    rounds = []
    for number in range(args.rounds + 1):
        # The first is thrown away: code is compiled and memory touched.
        order = names if number % 2 == 0 else names[::-1]
        found = {name: asks[name]() for name in order}
        if number > 0:
            rounds.append(found)
    lengths = sorted(map(len, rows))
    print(
        f"{len(rows):,} texts of {sum(lengths):,} tokens, from {lengths[0]} to {lengths[-1]}, median"
        f" {lengths[len(lengths) // 2]}; {rounds[0]['touchstone']['computed']:,} computed; {args.threads} thread(s);"
        f" {args.rounds} rounds\n"
    )
    print("| | processor time | wall time | ratio | smallest | largest | largest difference |")
    print("|---|---|---|---|---|---|---|")
    for name in names:
        ratios = [each[name]["cpu"] / each["touchstone"]["cpu"] for each in rounds]
        difference = max(
            abs(a - b) for each in rounds for a, b in zip(each[name]["scores"], each["touchstone"]["scores"])
        )
        print(
            f"| {name} | {statistics.median(each[name]['cpu'] for each in rounds):.2f} s"
            f" | {statistics.median(each[name]['seconds'] for each in rounds):.2f} s"
            f" | {statistics.median(ratios):.2f} | {min(ratios):.2f} | {max(ratios):.2f} | {difference:.1e} |"
        )


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("files", nargs="*")
    args.add_argument("--model")
    args.add_argument("--make")
    args.add_argument("--rows", nargs="*", default=[])
    args.add_argument("--rounds", type=int, default=5)
    args.add_argument("--threads", type=int, default=1)
    args.add_argument("--classpath", help="of the test classes; default: what Maven wrote under target/")
    args.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    args = args.parse_args()
    if args.make:
        make(args.make, args.rows)
    elif args.peer:
        peer(args)
    else:
        compare(args)


if __name__ == "__main__":
    main()
