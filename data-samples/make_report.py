"""Writes expected/report.json: what numpy and scipy make of the samples' scores, as jobs/report does.

    python data-samples/make_report.py

made with numpy 2.4.6 and scipy 1.17.1. Needs the scores in expected/, which make_expected.py writes.
"""

import json
import pathlib

import numpy as np
from scipy import stats

HOME = pathlib.Path(__file__).resolve().parent
TODAY = ["helpsteer.jsonl", "preference.jsonl"]
YESTERDAY = ["helpsteer3.jsonl", "candidates.jsonl"]
PERCENT = [1, 5, 10, 25, 50, 75, 90, 95, 99]


def rows(name):
    return [json.loads(line) for line in open(HOME / name, encoding="utf-8")]


def scores(names):
    return np.array([score for name in names for row in rows("expected/" + name) for score in row.get("scores", [])])


def lengths(name):
    found = []
    for row, expected in zip(rows(name), rows("expected/" + name)):
        if "scores" not in expected:
            continue
        if name == "preference.jsonl":
            for side in ("chosen", "rejected"):
                answer = row[side]
                if isinstance(answer, list):
                    found.append(len(answer[-1]["content"]))
                else:
                    found.append(len(answer if "prompt" in row else answer.rsplit("\n\nAssistant:", 1)[1].strip()))
        else:
            found.append(len(row["response"]))
    return found


def distribution(values):
    return dict(
        count=len(values),
        mean=float(values.mean()),
        std=float(values.std()),
        min=float(values.min()),
        max=float(values.max()),
        quantiles={f"p{percent}": float(np.percentile(values, percent)) for percent in PERCENT},
    )


def preference(name):
    """What rows of a chosen and a rejected response have: how often the chosen one's score is higher, and by how much."""
    margins = np.array([row["scores"][0] - row["scores"][1] for row in rows("expected/" + name) if "scores" in row])
    wins = int((margins > 0).sum())
    within = stats.binomtest(wins, len(margins)).proportion_ci(method="wilson")
    return dict(
        rows=len(margins),
        pairs=len(margins),
        wins=wins,
        ties=int((margins == 0).sum()),
        winRate=wins / len(margins),
        low=float(within.low),
        high=float(within.high),
        margin=distribution(margins),
    )


def psi(older, newer):
    """Bins that hold a tenth of the older scores each, closed above; one that is empty on one side counts as half a score."""
    edges = np.unique(np.quantile(older, np.arange(1, 10) / 10))
    counts = [np.bincount(np.searchsorted(edges, values), minlength=len(edges) + 1) for values in (older, newer)]
    before, now = (np.maximum(count, 0.5) / count.sum() for count in counts)
    return float(np.sum(((now - before) * np.log(now / before))[counts[0] + counts[1] > 0]))


def main():
    today, yesterday = scores(TODAY), scores(YESTERDAY)
    long = [length for name in TODAY for length in lengths(name)]
    (HOME / "expected" / "report.json").write_text(
        json.dumps(
            dict(
                today=TODAY,
                yesterday=YESTERDAY,
                scores=distribution(today),
                older=distribution(yesterday),
                bySource={name: distribution(scores([name])) for name in TODAY},
                length=dict(
                    pearson=float(stats.pearsonr(today, long).statistic),
                    spearman=float(stats.spearmanr(today, long).statistic),
                ),
                preference=preference("preference.jsonl"),
                drift=dict(psi=psi(yesterday, today), ks=float(stats.ks_2samp(yesterday, today).statistic)),
            )
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
