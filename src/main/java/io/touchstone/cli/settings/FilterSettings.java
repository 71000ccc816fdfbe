package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
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
      new Setting<>(
          AnnotateSettings.FORMAT.key(),
          AnnotateSettings.FORMAT.flag(),
          AnnotateSettings.FORMAT.shape(),
          AnnotateSettings.FORMAT.fallback(),
          Setting.Topic.INPUT,
          "for --dedup the line format, as jobs/annotate --help lists them; auto finds it by the"
              + " fields of the first lines",
          AnnotateSettings.FORMAT.reader());

  public static final Setting<OptionalInt> THREADS =
      new Setting<>(
          "run.threads",
          "--threads",
          "N",
          "cores",
          Setting.Topic.RUN,
          "how many pieces are read at once where Spark runs in this process",
          Readers.positiveOr("cores"));

  public static final Setting<Optional<String>> BY =
      new Setting<>(
          "choice.by",
          "--by",
          "FIELD",
          "auto",
          Setting.Topic.CHOICE,
          "the score that --min, --max, --top, --top-fraction and --rank are about: a field, a path"
              + " such as reward.helpfulness, or an attribute of reward; auto takes scalar where"
              + " --scalar is given, else reward",
          Readers.optional("auto", FilterSettings::name));

  public static final Setting<Optional<Double>> MIN =
      new Setting<>(
          "choice.min",
          "--min",
          "X",
          "none",
          Setting.Topic.CHOICE,
          "rows with a lower score are dropped",
          Readers.optional("none", Readers::decimal));

  public static final Setting<Optional<Double>> MAX =
      new Setting<>(
          "choice.max",
          "--max",
          "X",
          "none",
          Setting.Topic.CHOICE,
          "rows with a higher score are dropped",
          Readers.optional("none", Readers::decimal));

  public static final Setting<Optional<Where>> WHERE =
      new Setting<>(
          "choice.where",
          "--where",
          "CONDITION",
          "none",
          Setting.Topic.CHOICE,
          "rows for which it does not hold are dropped, such as 'helpfulness >= 3 and verbosity <="
              + " 2': numbers, names as for --by, + - * / ( ), >= <= > < = !=, and, or, not",
          Readers.optional("none", Where::parse));

  public static final Setting<Boolean> DEDUP =
      new Setting<>(
          "choice.dedup",
          "--dedup",
          "",
          "no",
          Setting.Topic.CHOICE,
          "of equal conversations only the first row stays",
          Optional.of("yes"),
          Readers::yesOrNo);

  public static final Setting<Optional<Long>> TOP =
      new Setting<>(
          "choice.top",
          "--top",
          "K",
          "none",
          Setting.Topic.CHOICE,
          "only the K best stay of the rows that pass all the above; of equal scores the first",
          Readers.optional("none", text -> (long) Readers.integer(0).apply(text)));

  public static final Setting<Optional<BigDecimal>> TOP_FRACTION =
      new Setting<>(
          "choice.top-fraction",
          "--top-fraction",
          "F",
          "none",
          Setting.Topic.CHOICE,
          "only this share of them stays, such as 0.2, rounded down to whole rows",
          Readers.optional("none", FilterSettings::fraction));

  public static final Setting<Boolean> RANK =
      new Setting<>(
          "output.rank",
          "--rank",
          "",
          "no",
          Setting.Topic.OUTPUT,
          "writes rank (1 is the best; equal scores share it) and percentile (share of rows not"
              + " above this one) into the rows that pass all but --top and --top-fraction",
          Optional.of("yes"),
          Readers::yesOrNo);

  public static final List<Setting<?>> ALL =
      List.of(
          FORMAT,
          AnnotateSettings.MAX_LINE_BYTES,
          AnnotateSettings.PIECE_BYTES,
          BY,
          MIN,
          MAX,
          WHERE,
          ChoiceSettings.SCALAR,
          DEDUP,
          TOP,
          TOP_FRACTION,
          RANK,
          AnnotateSettings.COMPRESS,
          AnnotateSettings.MAX_REJECTED,
          THREADS);

  /** A folder begun with other values of these is not finished, but refused. */
  public static final Set<String> KEYS_COMPARED_AS_WRITTEN =
      Set.of(
          BY.key(),
          MIN.key(),
          MAX.key(),
          WHERE.key(),
          ChoiceSettings.SCALAR.key(),
          DEDUP.key(),
          TOP.key(),
          TOP_FRACTION.key(),
          RANK.key());

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
