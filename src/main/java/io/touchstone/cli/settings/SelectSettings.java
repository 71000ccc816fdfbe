package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.selection.PairRule;
import io.touchstone.selection.ScoreBy;
import io.touchstone.selection.SelectedNames;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Everything that can be set for {@code select}, with its built-in default. */
public final class SelectSettings {
  private SelectSettings() {}

  public static final Setting<Optional<ScoreBy>> BY =
      Setting.of(Topic.CHOICE, "choice.by", "--by", "FIELD", "auto")
          .withHelp(
              "what candidates are compared by: a list with a score for each response, an attribute of"
                  + " the rewards, or mean-rank(A,B,...) over several such lists; auto takes scalar"
                  + " where --scalar is given, else rewards")
          .as(Readers.optional("auto", ScoreBy::parse));

  /** What makes rows one. */
  public enum Group {
    PROMPT
  }

  public static final Setting<Optional<Group>> GROUP_BY =
      Setting.of(Topic.CHOICE, "choice.group-by", "--group-by", "prompt", "none")
          .withHelp(
              "rows of equal prompt, compared as jobs/filter --dedup compares, become one row at the place"
                  + " of the first: prompt, responses and rewards as lists in the order of the input, and the"
                  + " first row's other fields. With --top or --pairs the candidates of all of them are"
                  + " chosen from; alone the joined rows are the result")
          .as(Readers.optional("none", Readers.oneOf(Group.class)));

  public static final Setting<List<String>> COLLECT =
      Setting.of(Topic.CHOICE, "choice.collect", "--collect", "NAME,...", "none")
          .withHelp(
              "with --group-by further values of each answer that become lists, such as human labels or"
                  + " the scores that jobs/annotate --field has written")
          .as(Readers.listOr("none", SelectSettings::words));

  public static final Setting<Optional<RowFormat>> FORMAT =
      InputSettings.FORMAT.withHelp(
          "for --group-by the line format, as jobs/annotate --help lists them; auto finds it by the"
              + " fields of the first lines");

  public static final Setting<OptionalInt> TOP =
      Setting.of(Topic.CHOICE, "choice.top", "--top", "K", "auto")
          .withHelp(
              "how many of a row's candidates are written, the best first, each as a row of its own;"
                  + " auto: 1, and with --group-by the joined rows as they are")
          .as(Readers.positiveOr("auto"));

  public static final Setting<Optional<PairRule.Which>> PAIRS =
      Setting.of(Topic.CHOICE, "choice.pairs", "--pairs", "best-worst|best-each|all", "none")
          .withBare("best-worst")
          .withHelp(
              "write preference pairs instead: the best candidate with the worst (--pairs alone), the"
                  + " best with each other, or each with each below it")
          .as(Readers.optional("none", Readers.oneOf(PairRule.Which.class)));

  public static final Setting<BigDecimal> MARGIN =
      Setting.of(Topic.CHOICE, "choice.margin", "--margin", "X", "0")
          .withHelp(
              "how far the scores of a pair must be apart at least, as decimals: 0.3 and 0.2 are 0.1 apart;"
                  + " equal ones are never a pair")
          .as(SelectSettings::margin);

  public static final Setting<OptionalInt> PAIRS_PER_PROMPT =
      Setting.of(Topic.CHOICE, "choice.pairs-per-prompt", "--pairs-per-prompt", "N", "all")
          .withHelp("the most pairs of one row; those that are furthest apart come first")
          .as(Readers.positiveOr("all"));

  public static final Setting<SelectedNames> FIELD =
      Setting.of(Topic.OUTPUT, "output.field", "--field", "NAME", "auto")
          .withHelp(
              "a word in front of what is written, NAME_input, NAME_output, NAME_reward (NAME_chosen and"
                  + " so on for pairs), for rows that have fields of these names already; auto writes"
                  + " the names of the table below and refuses such rows")
          .as(text -> text.equals("auto") ? SelectedNames.OWN : new SelectedNames(text));

  public static final Setting<Optional<String>> MODEL =
      ModelSettings.orNone(
          "scores the candidates first, as jobs/annotate does, into DIR/_scored; none takes the"
              + " scores that the rows have");

  /** Together with all that says how a model scores. */
  public static final List<Setting<?>> ALL =
      Setting.all(
          List.of(
              FORMAT,
              InputSettings.MAP,
              InputSettings.DROP_COLUMNS,
              InputSettings.MAX_LINE_BYTES,
              InputSettings.PIECE_BYTES,
              GROUP_BY,
              COLLECT,
              TOP,
              BY),
          List.of(ChoiceSettings.SCALAR, PAIRS, MARGIN, PAIRS_PER_PROMPT),
          List.of(
              FIELD,
              OutputSettings.FORMAT,
              OutputSettings.COMPRESS,
              OutputSettings.MAX_REJECTED,
              OutputSettings.METRICS,
              MODEL),
          InputSettings.OF_SCORING,
          ModelSettings.OF_SCORING,
          RunSettings.OF_SCORING);

  /** A folder begun with other values of these is not finished, but refused. */
  public static final Set<String> KEYS_COMPARED_AS_WRITTEN =
      Setting.keys(
          GROUP_BY,
          COLLECT,
          TOP,
          BY,
          ChoiceSettings.SCALAR,
          PAIRS,
          MARGIN,
          PAIRS_PER_PROMPT,
          FIELD);

  private static List<String> words(String text) {
    return Readers.names(text).stream().map(ScoreFields::checked).distinct().toList();
  }

  private static BigDecimal margin(String text) {
    if (Readers.decimal(text) < 0) {
      throw Readers.refused("a number from 0", text);
    }
    return new BigDecimal(text);
  }
}
