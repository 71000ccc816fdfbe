package io.touchstone.cli.text;

import io.touchstone.cli.call.JobHelp;

/** What {@code jobs/select --help} teaches beside its flags. */
public final class SelectHelp {
  private SelectHelp() {}

  private static final String SECTIONS =
      """

      Rows: prompt, responses, and rewards with a score for each response, as jobs/annotate writes them.

      DIR receives, every other field of the row beside them:
        part-00000.jsonl ...  {input, output, reward}, the best candidate of each row; of equal scores
                              the first, and such rows are counted
                              --pairs: {prompt, chosen, rejected, chosen_score, rejected_score}; answers
                              to a prompt of messages are lists of one message
        rejected/             every row that has not what was asked for, and why
        run.json              settings, counts, time
        _SUCCESS              when all is done
        _scored/              with --model: the scored rows, as jobs/annotate leaves them

      mean-rank(A,B): each list gives a candidate its place, 1 for the worst and up to their number for
      the best, equal scores share the mean of theirs; the score is the mean of the places.

      Examples:
        jobs/select scored/ --output best
        jobs/select data-samples/candidates.jsonl --output best --model demo
        jobs/select scored/ --output best --top 4 --scalar\
       '0.65*helpfulness+0.8*correctness+0.45*coherence'
        jobs/select scored/ --output pairs --pairs all --margin 0.5 --pairs-per-prompt 3
        jobs/select both/ --output best --by 'mean-rank(rewards_a,rewards_b)'
      """;

  public static final JobHelp TEXT =
      new JobHelp(
          "Selects the best of each row's candidates, or makes preference pairs of them.",
          SECTIONS);
}
