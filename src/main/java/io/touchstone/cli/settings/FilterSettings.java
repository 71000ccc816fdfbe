package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.selection.formula.Where;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Everything that can be set for {@code filter}, with its built-in default. */
public final class FilterSettings {
  private FilterSettings() {}

  public static final Setting<Optional<RowFormat>> FORMAT =
      InputSettings.FORMAT.withHelp(
          "for --dedup the line format, as jobs/annotate --help lists them; auto finds it by the"
              + " fields of the first lines");

  public static final Setting<OptionalInt> THREADS =
      Setting.of(Topic.RUN, "run.threads", "--threads", "N", "cores")
          .withHelp("how many pieces are read at once where Spark runs in this process")
          .as(Readers.positiveOr("cores"));

  public static final Setting<Optional<String>> BY =
      Setting.of(Topic.CHOICE, "choice.by", "--by", "FIELD", "auto")
          .withHelp(
              "the score that --min, --max, --top, --top-fraction and --rank are about: a field, a path"
                  + " such as reward.helpfulness, or an attribute of reward; auto takes scalar where"
                  + " --scalar is given, else reward")
          .as(Readers.optional("auto", FilterSettings::name));

  public static final Setting<Optional<Double>> MIN =
      Setting.of(Topic.CHOICE, "choice.min", "--min", "X", "none")
          .withHelp("rows with a lower score are dropped")
          .as(Readers.optional("none", Readers::decimal));

  public static final Setting<Optional<Double>> MAX =
      Setting.of(Topic.CHOICE, "choice.max", "--max", "X", "none")
          .withHelp("rows with a higher score are dropped")
          .as(Readers.optional("none", Readers::decimal));

  public static final Setting<Optional<Where>> WHERE =
      Setting.of(Topic.CHOICE, "choice.where", "--where", "CONDITION", "none")
          .withHelp(
              "rows for which it does not hold are dropped, such as 'helpfulness >= 3 and verbosity <="
                  + " 2' or 'language = \"english\"': numbers, names as for --by, + - * / ( ), >= <= >"
                  + " < = !=, in (A, B), is null, and, or, not; a text stands in quotes behind =, != or in, and"
                  + " is compared letter by letter")
          .as(Readers.optional("none", Where::parse));

  public static final Setting<Boolean> DEDUP =
      Setting.of(Topic.CHOICE, "choice.dedup", "--dedup", "", "no")
          .withBare("yes")
          .withHelp("of equal conversations only the first row stays")
          .as(Readers::yesOrNo);

  public static final Setting<Optional<Long>> TOP =
      Setting.of(Topic.CHOICE, "choice.top", "--top", "K", "none")
          .withHelp(
              "only the K best stay of the rows that pass all the above; of equal scores the first")
          .as(Readers.optional("none", Readers.integer(0).andThen(Integer::longValue)));

  public static final Setting<Optional<BigDecimal>> TOP_FRACTION =
      Setting.of(Topic.CHOICE, "choice.top-fraction", "--top-fraction", "F", "none")
          .withHelp("only this share of them stays, such as 0.2, rounded down to whole rows")
          .as(Readers.optional("none", FilterSettings::fraction));

  public static final Setting<Boolean> RANK =
      Setting.of(Topic.OUTPUT, "output.rank", "--rank", "", "no")
          .withBare("yes")
          .withHelp(
              "writes rank (1 is the best; equal scores share it) and percentile (share of rows not"
                  + " above this one) into the rows that pass all but --top and --top-fraction")
          .as(Readers::yesOrNo);

  public static final List<Setting<?>> ALL =
      List.of(
          FORMAT,
          InputSettings.MAP,
          InputSettings.DROP_COLUMNS,
          InputSettings.MAX_LINE_BYTES,
          InputSettings.PIECE_BYTES,
          BY,
          MIN,
          MAX,
          WHERE,
          ChoiceSettings.SCALAR,
          DEDUP,
          TOP,
          TOP_FRACTION,
          RANK,
          OutputSettings.FORMAT,
          OutputSettings.COMPRESS,
          OutputSettings.MAX_REJECTED,
          OutputSettings.METRICS,
          THREADS);

  /** A folder begun with other values of these is not finished, but refused. */
  public static final Set<String> KEYS_COMPARED_AS_WRITTEN =
      Setting.keys(BY, MIN, MAX, WHERE, ChoiceSettings.SCALAR, DEDUP, TOP, TOP_FRACTION, RANK);

  private static String name(String text) {
    if (text.isBlank() || text.contains("(")) {
      throw Readers.refused("a field's name", text);
    }
    return text;
  }

  private static BigDecimal fraction(String text) {
    if (text.matches("\\d?\\.\\d{1,18}|[01]")) {
      BigDecimal fraction = new BigDecimal(text);
      if (fraction.compareTo(BigDecimal.ONE) <= 0) {
        return fraction;
      }
    }
    throw Readers.refused("a number from 0 to 1, such as 0.2", text);
  }
}
