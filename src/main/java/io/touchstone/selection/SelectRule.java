package io.touchstone.selection;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import io.touchstone.selection.formula.Formula;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a row of candidates to the lines that are written for it.
 *
 * @param scalar computed for each candidate and written beside its reward; null for none
 */
public record SelectRule(ScoreBy by, @Nullable Formula scalar, Choice choice)
    implements Serializable {

  /** The name of what a formula gives, in rows and after {@code --by}. */
  public static final String SCALAR = "scalar";

  private static final Set<String> REPLACED =
      Set.of(Candidates.PROMPT, Candidates.RESPONSES, Candidates.REWARDS);

  /** Whether candidates are compared by what the formula gives. */
  public boolean isByScalar() {
    return scalar != null && by.names().equals(List.of(SCALAR));
  }

  /** A candidate's score, and how it is written. */
  private record Scores(List<Double> values, List<String> json) {
    static Scores computed(List<Double> values) {
      return new Scores(values, values.stream().map(String::valueOf).toList());
    }
  }

  /**
   * What became of a row of candidates.
   *
   * @param lines to write, without line ends
   * @param tied whether only the candidates' order decided between equal scores
   */
  public record Selected(List<byte[]> lines, boolean tied) {
    public Selected {
      lines = List.copyOf(lines);
    }
  }

  /**
   * @param utf8Line kept by no one
   * @throws RowProblem if the line is no row of scored candidates
   */
  public Selected select(byte[] utf8Line) {
    Candidates candidates = Candidates.of(JsonRow.read(utf8Line));
    List<Double> scalars = scalar == null ? List.of() : candidates.computed(scalar);
    Scores scores = scores(candidates, scalars);
    Ranking ranking = Ranking.of(scores.values);
    if (choice instanceof Choice.Top top) {
      return new Selected(
          ranking.top(top.count()).stream()
              .map(candidate -> best(candidates, scores, scalars, candidate))
              .toList(),
          ranking.isTiedAt(top.count()));
    }
    List<byte[]> lines =
        ((PairRule) choice)
            .pairs(ranking).stream().map(pair -> pair(candidates, scores, pair)).toList();
    return new Selected(lines, !lines.isEmpty() && ranking.isTiedAt(1));
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
    fields.put("input", candidates.prompt().json());
    fields.put("output", candidates.responses().get(candidate).json());
    fields.put("reward", reward(candidates, scores, candidate));
    if (!scalars.isEmpty()) {
      fields.put(SCALAR, scalars.get(candidate).toString());
    }
    return candidates.row().rebuilt(fields, REPLACED);
  }

  /** The whole reward as the model gave it; where several models were joined, what they give. */
  private String reward(Candidates candidates, Scores scores, int candidate) {
    if (by instanceof ScoreBy.MeanOfRanks) {
      return scores.json.get(candidate);
    }
    String name = ((ScoreBy.Named) by).name();
    String list = isByScalar() ? Candidates.REWARDS : candidates.listOf(name);
    return candidates.list(list).get(candidate).json();
  }

  private byte[] pair(Candidates candidates, Scores scores, PairRule.Pair pair) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("prompt", candidates.prompt().json());
    fields.put("chosen", answer(candidates, pair.chosen()));
    fields.put("rejected", answer(candidates, pair.rejected()));
    fields.put("chosen_score", scores.json.get(pair.chosen()));
    fields.put("rejected_score", scores.json.get(pair.rejected()));
    return candidates.row().rebuilt(fields, REPLACED);
  }

  /** Behind a prompt of messages, readers of preference pairs want the answers as messages too. */
  private static String answer(Candidates candidates, int candidate) {
    String text = candidates.responses().get(candidate).json();
    return candidates.prompt().isList()
        ? "[{\"role\": \"assistant\", \"content\": " + text + "}]"
        : text;
  }
}
