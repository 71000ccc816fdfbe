package io.touchstone.cli.text;

import io.touchstone.cli.call.JobHelp;

/** What {@code jobs/evaluate --help} teaches beside its flags. */
public final class EvaluateHelp {
  private EvaluateHelp() {}

  private static final String SECTIONS =
      """

      Benchmarks, what their rows need, and where scores stand that are there already:
        rewardbench   prompt, chosen, rejected, subset               chosen_reward, rejected_reward
                      4 sections, their subsets weighted as published; strictly higher wins
        rewardbench2  prompt, lists chosen and rejected, subset, id  score_chosen, score_rejected
                      best of 4, k equal best ones earn 1/k; the ties subset as published
        rm-bench      prompt, 3 chosen, 3 rejected, maybe domain     score_chosen, score_rejected
                      each with each: easy, normal, hard; both safety files are one domain
        judgebench    question, response_A, response_B, source,      score_A, score_B
                      label; equal scores say B>A; overall is by pair
        pairs         chosen, rejected, maybe prompt, subset         chosen_reward, rejected_reward
                      strictly higher wins; groups by subset or source
      Rows that have their scores need no texts. Without --model nothing is computed and Spark is\
       not started.

      DIR receives:
        evaluation.json  benchmark, overall, groups {value, count, low, high}, as fractions; the\
       comparison
        evaluation.md    the same for people
        trials.jsonl     each task's scores, for --compare
        rejected/        every row that could not be used, and why
        run.json         settings, counts
        _scored/         with --model: the scored rows, as jobs/annotate leaves them

      Intervals are 95 % of 2,000 resamples of the tasks of each subset. --compare swaps the two systems'
      results at random, task by task, 10,000 times, and counts how often they are as far apart.

      Examples:
        jobs/evaluate data-samples/judgebench-scored.jsonl --output table --benchmark judgebench
        jobs/evaluate data-samples/rm-bench-chat.json --output table --benchmark rm-bench --model demo
        jobs/evaluate scored/ --output table --benchmark judgebench --field skywork
        jobs/evaluate reward-bench-2.jsonl --output new --benchmark rewardbench2 --model DIR --compare old
      """;

  public static final JobHelp TEXT =
      new JobHelp(
          "Makes the table of a reward model benchmark, as the benchmark's authors define it, from"
              + " their own files.",
          SECTIONS);
}
