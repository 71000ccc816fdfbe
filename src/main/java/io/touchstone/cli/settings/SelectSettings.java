package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Settings;
import io.touchstone.selection.PairRule;
import io.touchstone.selection.ScoreBy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that can be set for {@code select}, with its built-in default. */
public final class SelectSettings {
  private SelectSettings() {}

  public static final Setting<Optional<ScoreBy>> BY =
      new Setting<>(
          "choice.by",
          "--by",
          "FIELD",
          "auto",
          Setting.Topic.CHOICE,
          "what candidates are compared by: a list with a score for each response, an attribute of"
              + " the rewards, or mean-rank(A,B,...) over several such lists; auto takes scalar"
              + " where --scalar is given, else rewards",
          Readers.optional("auto", ScoreBy::parse));

  public static final Setting<Integer> TOP =
      new Setting<>(
          "choice.top",
          "--top",
          "K",
          "1",
          Setting.Topic.CHOICE,
          "how many of a row's candidates are written, the best first, each as a row of its own",
          Readers.integer(1));

  public static final Setting<Optional<PairRule.Which>> PAIRS =
      new Setting<>(
          "choice.pairs",
          "--pairs",
          "best-worst|best-each|all",
          "none",
          Setting.Topic.CHOICE,
          "write preference pairs instead: the best candidate with the worst (--pairs alone), the"
              + " best with each other, or each with each below it",
          Optional.of("best-worst"),
          Readers.optional("none", Readers.hyphenated(PairRule.Which.class)));

  public static final Setting<Double> MARGIN =
      new Setting<>(
          "choice.margin",
          "--margin",
          "X",
          "0",
          Setting.Topic.CHOICE,
          "how far the scores of a pair must be apart at least; equal ones are never a pair",
          SelectSettings::margin);

  public static final Setting<OptionalInt> PAIRS_PER_PROMPT =
      new Setting<>(
          "choice.pairs-per-prompt",
          "--pairs-per-prompt",
          "N",
          "all",
          Setting.Topic.CHOICE,
          "the most pairs of one row; those that are furthest apart come first",
          Readers.positiveOr("all"));

  public static final Setting<String> MODEL =
      new Setting<>(
          "model.path",
          "--model",
          "DIR",
          "none",
          Setting.Topic.MODEL,
          "scores the candidates first, as jobs/annotate does, into DIR/_scored; none takes the"
              + " scores that the rows have",
          AnnotateSettings::folder);

  /** Together with all that says how a model scores. */
  public static final List<Setting<?>> ALL =
      Stream.concat(
              Stream.of(
                  AnnotateSettings.MAX_LINE_BYTES,
                  AnnotateSettings.PIECE_BYTES,
                  TOP,
                  BY,
                  ChoiceSettings.SCALAR,
                  PAIRS,
                  MARGIN,
                  PAIRS_PER_PROMPT,
                  AnnotateSettings.COMPRESS,
                  AnnotateSettings.MAX_REJECTED,
                  MODEL),
              AnnotateSettings.ALL.stream().filter(SelectSettings::isOfScoring))
          .toList();

  private static boolean isOfScoring(Setting<?> setting) {
    return !setting.equals(AnnotateSettings.MODEL)
        && !setting.equals(AnnotateSettings.DEVICE_MODEL)
        && (setting.topic() == Setting.Topic.MODEL || setting.topic() == Setting.Topic.RUN);
  }

  /** A folder begun with other values of these is not finished, but refused. */
  public static final Set<String> KEYS_COMPARED_AS_WRITTEN =
      Set.of(
          TOP.key(),
          BY.key(),
          ChoiceSettings.SCALAR.key(),
          PAIRS.key(),
          MARGIN.key(),
          PAIRS_PER_PROMPT.key());

  public static boolean hasModel(Settings settings) {
    return !settings.get(MODEL).equals("none");
  }

  private static double margin(String text) {
    double margin = Readers.decimal(text);
    if (margin < 0) {
      throw Readers.refused("a number from 0", text);
    }
    return margin;
  }
}
