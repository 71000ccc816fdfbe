package io.touchstone.cli.text;

import io.touchstone.cli.call.JobHelp;

/** What {@code jobs/annotate --help} teaches beside its flags. */
public final class AnnotateHelp {
  private AnnotateHelp() {}

  private static final String SECTIONS =
      """

      Formats (found by their fields unless --format says):
        steerlm     conversations of {value, from, label}, mask   -> each turn's label
        helpsteer2  prompt, response                              -> reward
        helpsteer3  context, response1, response2                 -> reward1, reward2
        messages    messages of {role, content}                   -> reward; --turns all: rewards
        sharegpt    conversations of {from, value}                -> as messages
        candidates  prompt, responses                             -> rewards
        preference  chosen, rejected (and prompt)                 -> chosen_reward, rejected_reward
        best-of-n   input, output                                 -> reward
        preference-lists  prompt, lists chosen and rejected       -> score_chosen, score_rejected
        judgebench  question, response_A, response_B              -> score_A, score_B
      A field of that name is replaced where it stands, or appended. --field NAME writes NAME in\
       place of the
      words reward, rewards and score: chosen_NAME, NAME_A; --scalar writes chosen_scalar,\
       scalar_A beside.

      DIR receives:
        part-00000.jsonl ...  the rows in the order of the input, with their scores (.jsonl.zst:\
       --compress zst; .parquet: --output-format parquet)
        rejected/             every line that was not scored, and why
        run.json              settings, model, counts, timings
        _SUCCESS              when all is done

      Examples:
        jobs/annotate data-samples/helpsteer.jsonl --output out
        jobs/annotate data/ --dry-run --model Llama-3.1-Nemotron-70B-Reward-HF --device-model h100
        jobs/annotate data/ --output labels --model Llama-3.1-Nemotron-70B-Reward-HF
        jobs/annotate 'night/*.jsonl.gz' --output scored --model DIR --labels rounded --max-rejected 1%
        jobs/annotate data/ --output labels --model DIR --labels rounded --calibration calibration.json
        jobs/annotate train.parquet --output scored --model DIR --output-format parquet
        jobs/annotate data/ --output a --model DIR_A --field a
        jobs/annotate a/ --output both --model DIR_B --field b
        jobs/annotate data/ --output scored --model DIR --scalar nemotron-4-340b
        jobs/annotate tonight/ --output out --model DIR --ledger ledger/    (known rows are not run again)
        jobs/annotate hdfs:/in --output hdfs:/out --model DIR --master spark://host:7077
      """;

  public static final JobHelp TEXT =
      new JobHelp(
          "Scores every conversation of the input with a reward model and writes each line back"
              + " with its score.",
          SECTIONS);
}
