package io.touchstone.selection.benchmark;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import io.touchstone.digest.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A benchmark's row, with the questions that the benchmarks ask of it; each throws {@link
 * RowProblem} where the row has no answer.
 */
public record BenchmarkRow(JsonRow row, Origin origin, ScoreChoice choice) {

  private static final Pattern A_NAME = Pattern.compile("[A-Za-z0-9 _.:=<>-]{1,60}");

  private static final List<String> TOLD =
      List.of(
          "prompt",
          "question",
          "context",
          "chosen",
          "rejected",
          "response1",
          "response2",
          "response_A",
          "response_B");
  private static final int DIGEST_BYTES = 12;

  /** Two fields of scores that belong together; JudgeBench's are those of A and B. */
  record Names(String chosen, String rejected) {

    /** The names that annotate writes. */
    static final Names REWARDS = new Names("chosen_reward", "rejected_reward");
  }

  /** The task's own id; empty if the row has none. */
  public Optional<String> id() {
    return row.find("id")
        .or(() -> row.find("pair_id"))
        .map(value -> value.isNumber() ? value.json() : value.text());
  }

  /**
   * What the row is known by in every system's results: its id, or else a digest of what was asked
   * and answered; empty if it has neither.
   */
  public String key() {
    return id().orElseGet(
            () -> {
              StringBuilder told = new StringBuilder();
              for (String name : TOLD) {
                row.find(name).ifPresent(value -> told.append(name).append(value.json()));
              }
              return told.isEmpty() ? "" : Sha256.hex(told.toString(), DIGEST_BYTES);
            });
  }

  String text(String name) {
    return row.required(name, "a string").text();
  }

  /** A text that can stand in a table. */
  String name(String field) {
    String name = text(field);
    if (!A_NAME.matcher(name).matches()) {
      throw unexpected(field, "a name", name);
    }
    return name;
  }

  Optional<String> optionalText(String name) {
    return row.find(name).map(RowValue::text);
  }

  double score(String name) {
    return number(row.required(name, "a score"));
  }

  List<Double> scores(String name) {
    String expected = "a list of scores";
    return row.required(name, expected).elements(expected).stream().map(this::number).toList();
  }

  private double number(RowValue value) {
    if (!value.isObject()) {
      return value.number();
    }
    if (choice.attribute().isEmpty()) {
      throw value.refused(
          "a number, or --attribute to name one of the score's attributes "
              + String.join(", ", value.memberNames()));
    }
    String attribute = choice.attribute().get();
    return value.member(attribute).orElseThrow(() -> value.lacks(attribute)).number();
  }

  /** Says that {@code found} is none of those that may stand in a field. */
  static RowProblem unexpected(String field, String expected, String found) {
    return new RowProblem(
        Malformation.UNEXPECTED_VALUE,
        field,
        "expected "
            + expected
            + ", found "
            + (A_NAME.matcher(found).matches() ? found : "another text"));
  }

  static RowProblem wrongLength(String field, String expected, int found) {
    return new RowProblem(
        Malformation.WRONG_LENGTH, field, "expected " + expected + ", found " + found);
  }
}
