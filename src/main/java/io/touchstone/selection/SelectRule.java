package io.touchstone.selection;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import io.touchstone.selection.formula.Formula;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From a row of candidates to the lines that are written for it.
 *
 * @param scalar computed for each candidate and written beside its reward; null for none
 * @param names of the fields that are written
 */
public record SelectRule(ScoreBy by, @Nullable Formula scalar, Choice choice, SelectedNames names)
    implements Serializable {

  /** The name of what a formula gives, in rows and after {@code --by}. */
  public static final String SCALAR = "scalar";

  /** Characters of a number whose decimals are taken as they are written. */
  private static final int LONGEST = 64;

  /** Whether candidates are compared by what the formula gives. */
  public boolean isByScalar() {
    return scalar != null && by.names().equals(List.of(SCALAR));
  }

  /** A candidate's score, and how it is written. */
  private record Scores(List<Double> values, List<String> json) {
    static Scores computed(List<Double> values) {
      return new Scores(values, values.stream().map(String::valueOf).toList());
    }

    /** As they are written; of numbers that no one would write so long, what a double holds. */
    List<BigDecimal> decimals() {
      return IntStream.range(0, json.size())
          .mapToObj(
              i ->
                  values.get(i) == 0
                      ? BigDecimal.ZERO
                      : json.get(i).length() > LONGEST
                          ? new BigDecimal(values.get(i))
                          : new BigDecimal(json.get(i)))
          .toList();
    }
  }

  /**
   * What became of a row of candidates.
   *
   * @param lines to write, without line ends
   * @param tied whether only the candidates' order decided between equal scores
   * @param skipped candidates without a score
   */
  public record Selected(List<byte[]> lines, boolean tied, int skipped) {
    public Selected {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Names that are to be written, but that a row has for something else.
   *
   * @throws RowProblem if the row has no candidates
   */
  public Set<String> inTheWay(JsonRow row) {
    return inTheWay(Candidates.of(row));
  }

  private Set<String> inTheWay(Candidates candidates) {
    JsonRow row = candidates.row();
    Set<String> taken = new TreeSet<>(names.written(choice, scalar != null));
    taken.retainAll(row.names());
    rewardList(row).ifPresent(taken::remove);
    return taken;
  }

  /**
   * @param utf8Line kept by no one
   * @throws RowProblem if the line is no row of scored candidates, or would lose a field
   */
  public Selected select(byte[] utf8Line) {
    Candidates all = Candidates.of(JsonRow.read(utf8Line));
    Set<String> inTheWay = inTheWay(all);
    if (!inTheWay.isEmpty()) {
      throw new RowProblem(
          Malformation.FIELD_IN_THE_WAY,
          String.join(", ", inTheWay),
          "expected no such field, which would be lost; --field NAME writes under other names");
    }
    Candidates candidates = all.with(numberNames());
    List<Double> scalars = scalar == null ? List.of() : candidates.computed(scalar);
    Scores scores = scores(candidates, scalars);
    Ranking ranking = Ranking.of(scores.values);
    if (choice instanceof Choice.Top top) {
      return new Selected(
          ranking.top(top.count()).stream()
              .map(candidate -> best(candidates, scores, scalars, candidate))
              .toList(),
          ranking.isTiedAt(top.count()),
          candidates.skipped());
    }
    List<byte[]> lines =
        ((PairRule) choice)
            .pairs(ranking, scores.decimals()).stream()
                .map(pair -> pair(candidates, scores, pair))
                .toList();
    return new Selected(lines, !lines.isEmpty() && ranking.isTiedAt(1), candidates.skipped());
  }

  /** What a candidate must have numbers under to come into question. */
  private List<String> numberNames() {
    List<String> asked = new ArrayList<>(scalar == null ? List.of() : scalar.names());
    if (!isByScalar()) {
      asked.addAll(by.names());
    }
    return asked;
  }

  /** The list that a candidate's reward is taken from; empty where the reward is computed. */
  private Optional<String> rewardList(JsonRow row) {
    return by instanceof ScoreBy.Named named
        ? Optional.of(isByScalar() ? Candidates.REWARDS : Candidates.listOf(row, named.name()))
        : Optional.empty();
  }

  private Scores scores(Candidates candidates, List<Double> scalars) {
    if (by instanceof ScoreBy.MeanOfRanks mean) {
      return Scores.computed(
          MeanRank.of(
              mean.names().stream()
                  .map(name -> candidates.numbers(name).stream().map(RowValue::number).toList())
                  .toList()));
    }
    if (isByScalar()) {
      return Scores.computed(scalars);
    }
    List<RowValue> numbers = candidates.numbers(((ScoreBy.Named) by).name());
    return new Scores(
        numbers.stream().map(RowValue::number).toList(),
        numbers.stream().map(RowValue::json).toList());
  }

  private byte[] best(Candidates candidates, Scores scores, List<Double> scalars, int candidate) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(names.of(SelectedNames.INPUT), candidates.prompt().json());
    fields.put(names.of(SelectedNames.OUTPUT), candidates.response(candidate).json());
    fields.put(names.of(SelectedNames.REWARD), reward(candidates, scores, candidate));
    if (!scalars.isEmpty()) {
      fields.put(names.of(SCALAR), scalars.get(candidate).toString());
    }
    fields.putAll(candidates.besideOf(candidate));
    return rebuilt(candidates.row(), fields);
  }

  /** The whole reward as the model gave it; where several models were joined, what they give. */
  private String reward(Candidates candidates, Scores scores, int candidate) {
    return rewardList(candidates.row())
        .map(list -> candidates.list(list).get(candidate).json())
        .orElseGet(() -> scores.json.get(candidate));
  }

  private byte[] pair(Candidates candidates, Scores scores, PairRule.Pair pair) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(Candidates.PROMPT, candidates.prompt().json());
    fields.put(names.of(SelectedNames.CHOSEN), answer(candidates, pair.chosen()));
    fields.put(names.of(SelectedNames.REJECTED), answer(candidates, pair.rejected()));
    fields.put(names.of(SelectedNames.CHOSEN_SCORE), scores.json.get(pair.chosen()));
    fields.put(names.of(SelectedNames.REJECTED_SCORE), scores.json.get(pair.rejected()));
    fields.putAll(candidates.besideOf(pair.chosen(), pair.rejected()));
    return rebuilt(candidates.row(), fields);
  }

  /** Lists of scores stay, but for the rewards that a candidate's own was taken from. */
  private byte[] rebuilt(JsonRow row, Map<String, String> fields) {
    Set<String> replaced = new HashSet<>(Set.of(Candidates.PROMPT, Candidates.RESPONSES));
    rewardList(row).filter(Candidates.REWARDS::equals).ifPresent(replaced::add);
    return row.rebuilt(fields, replaced);
  }

  /** Behind a prompt of messages, readers of preference pairs want the answers as messages too. */
  private static String answer(Candidates candidates, int candidate) {
    String text = candidates.response(candidate).json();
    RowValue response = candidates.response(candidate);
    if (!candidates.prompt().isList() || response.isList()) {
      return text;
    }
    return response.isObject()
        ? "[" + text + "]"
        : "[{\"role\": \"assistant\", \"content\": " + text + "}]";
  }
}
