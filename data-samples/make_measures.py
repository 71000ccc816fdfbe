"""Writes expected/evaluate.jsonl and expected/calibrate-helpsteer.json: what the benchmarks' own programs, scikit-learn
and numpy make of the samples.

    python data-samples/make_measures.py REWARD_BENCH RM_BENCH

with checkouts of github.com/allenai/reward-bench (05a9005) and github.com/THU-KEG/RM-Bench (73c52d7); made with numpy
2.4.6 and scikit-learn 1.9.1. Needs expected/helpsteer.jsonl, which make_expected.py writes.
"""

import collections
import copy
import json
import pathlib
import sys
import typing

import numpy as np
from sklearn.isotonic import IsotonicRegression

HOME = pathlib.Path(__file__).resolve().parent
JUDGEBENCH = {"mmlu-pro": "knowledge", "livebench-reasoning": "reasoning", "livebench-math": "math", "livecodebench": "coding"}


def rows(name):
    return [json.loads(line) for line in open(HOME / name, encoding="utf-8")]


def functions(path, first, last=None):
    """The functions of a file from one on, without the imports that the whole file wants."""
    source = path.read_text(encoding="utf-8")
    end = source.index(f"def {last}") if last else len(source)
    names = dict(np=np, defaultdict=collections.defaultdict, **{name: getattr(typing, name) for name in ("Any", "Dict", "List", "Tuple")})
    exec(source[source.index(f"def {first}") : end], names)
    return names


class Table(list):
    column_names = ()

    def add_column(self, *_):
        return self


def judgebench(name):
    right = {}
    for row in rows(name):
        group = next(group for prefix, group in JUDGEBENCH.items() if row["source"].startswith(prefix))
        verdict = "A>B" if row["score_A"] > row["score_B"] else "B>A"
        right.setdefault(group, []).append(verdict == row["label"])
    groups = {group: float(np.mean(found)) for group, found in right.items()}
    return float(np.mean(sum(right.values(), []))), groups


def rewardbench(name, repository):
    constants = {}
    exec((repository / "rewardbench" / "constants.py").read_text(encoding="utf-8"), constants)
    utils = functions(repository / "rewardbench" / "utils.py", "calculate_scores_per_section", "check_tokenizer_chat_template")
    right = {}
    for row in rows(name):
        right.setdefault(row["subset"], []).append(row["chosen_reward"] > row["rejected_reward"])
    metrics = {subset: float(np.mean(found)) for subset, found in right.items()}
    sections = utils["calculate_scores_per_section"](constants["EXAMPLE_COUNTS"], constants["SUBSET_MAPPING"], metrics)
    return float(np.mean(list(sections.values()))), sections


def rewardbench2(name, repository):
    ties = functions(repository / "rewardbench" / "utils.py", "_compute_prompt_stats")["process_single_model"]
    earned, tied = {}, Table()
    for row in rows(name):
        scores = row["score_chosen"] + row["score_rejected"]
        if row["subset"] == "Ties":
            tied.append(dict(id=row["id"], scores=scores, num_correct=len(row["score_chosen"])))
        else:
            best = max(scores)
            share = 1 / scores.count(best) if scores[0] == best else 0
            earned.setdefault(row["subset"], []).append(share)
    groups = {subset: float(np.mean(found)) for subset, found in earned.items()}
    with np.errstate(all="ignore"):
        groups["Ties"] = ties(tied)[1]
    return float(np.mean(list(groups.values()))), groups


def rm_bench(name, repository):
    accuracy = functions(repository / "scripts" / "utils.py", "split_dataset_by_domain", "load_eval_dataset")["compute_accuracy"]
    found = rows(name)
    groups = {}
    for domain in ("chat", "math", "code", "safety"):
        own = [dict(row) for row in found if row["domain"].startswith(domain)]
        for row in own:
            del row["domain"]
        levels = accuracy(own)
        groups[domain] = dict(
            value=float(np.mean(list(levels.values()))),
            **{level: float(levels[level + "_acc"]) for level in ("easy", "normal", "hard")},
        )
    return float(accuracy(copy.deepcopy(found))["total_avg_acc"]), groups


def calibrations():
    scores = np.array([row["scores"][0] for row in rows("expected/helpsteer.jsonl")])
    labels = np.array([row["helpfulness"] for row in rows("helpsteer.jsonl")])
    curve = IsotonicRegression().fit(scores, labels)
    slope, intercept = np.polyfit(scores, labels, 1)
    knots = zip(curve.X_thresholds_, curve.y_thresholds_)
    return dict(
        isotonic=dict(
            knots=[dict(score=float(score), label=float(label)) for score, label in knots],
            fitError=float(np.sqrt(np.mean((curve.predict(scores) - labels) ** 2))),
        ),
        linear=dict(knots=[dict(score=float((label - intercept) / slope), label=label) for label in (0.0, 4.0)]),
        quantile=dict(edges=np.quantile(scores, [0.2, 0.4, 0.6, 0.8]).tolist()),
    )


def main():
    reward_bench, of_rm_bench = map(pathlib.Path, sys.argv[1:])
    measured = {
        "judgebench": judgebench("judgebench-scored.jsonl"),
        "rewardbench": rewardbench("rewardbench-scored.jsonl", reward_bench),
        "rewardbench2": rewardbench2("rewardbench2-scored.jsonl", reward_bench),
        "rm-bench": rm_bench("rm-bench-scored.jsonl", of_rm_bench),
    }
    with open(HOME / "expected" / "evaluate.jsonl", "w", encoding="utf-8", newline="\n") as out:
        for benchmark, (overall, groups) in measured.items():
            sample = benchmark + "-scored.jsonl"
            out.write(json.dumps(dict(benchmark=benchmark, input=sample, overall=overall, groups=groups)) + "\n")
    (HOME / "expected" / "calibrate-helpsteer.json").write_text(json.dumps(calibrations()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
