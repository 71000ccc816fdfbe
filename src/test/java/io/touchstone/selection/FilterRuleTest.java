package io.touchstone.selection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.offset;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.selection.FilterRule.Bounds;
import io.touchstone.selection.FilterRule.Judged;
import io.touchstone.selection.FilterRule.Verdict;
import io.touchstone.selection.formula.Formula;
import io.touchstone.selection.formula.Where;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class FilterRuleTest {

  private static final String ROW =
      "{\"reward\": {\"helpfulness\": 3.5, \"verbosity\": 1, \"a.b\": 9}, \"score\": -1.5,"
          + " \"verbosity\": 4, \"label\": null, \"meta\": {\"language\": \"fran\\u00e7ais\"}}";

  private static JsonRow row(String line) {
    return JsonRow.read(line.getBytes(UTF_8));
  }

  private static Verdict verdict(String by, double min, double max, String score) {
    return new FilterRule(by, new Bounds(min, max), null, null)
        .judge(row("{\"score\": " + score + "}"))
        .verdict();
  }

  private static Verdict where(String condition) {
    return new FilterRule(null, Bounds.NONE, Where.parse(condition), null)
        .judge(row(ROW))
        .verdict();
  }

  private static MalformedRow refusal(FilterRule rule) {
    return catchThrowableOfType(RowProblem.class, () -> rule.judge(row(ROW))).row();
  }

  @Test
  void bothBoundsAreWithin() {
    assertThat(verdict("score", 1, 2, "1")).isEqualTo(Verdict.PASSED);
    assertThat(verdict("score", 1, 2, "2.0")).isEqualTo(Verdict.PASSED);
    assertThat(verdict("score", 1, 2, "0.999")).isEqualTo(Verdict.BELOW_MIN);
    assertThat(verdict("score", 1, 2, "2.001")).isEqualTo(Verdict.ABOVE_MAX);
  }

  @Test
  void nullIsWhatIsMissingAndWhatIsNull() {
    assertThat(where("label is null and nothing is null and meta.nothing is null"))
        .isEqualTo(Verdict.PASSED);
    assertThat(where("score.x is null and meta.language is not null and meta is not null"))
        .isEqualTo(Verdict.PASSED);
    assertThat(where("helpfulness is null")).isEqualTo(Verdict.NOT_WHERE);
    assertThat(where("label is null or label > 1")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aNameIsAFieldOrAPathOrAnAttributeOfTheReward() {
    assertThat(where("helpfulness = 3.5")).isEqualTo(Verdict.PASSED);
    assertThat(where("verbosity = 4")).isEqualTo(Verdict.PASSED);
    assertThat(where("reward.verbosity = 1")).isEqualTo(Verdict.PASSED);
    assertThat(where("reward.a.b = 9")).isEqualTo(Verdict.PASSED);
    assertThat(where("helpfulness >= 3 and verbosity <= 2")).isEqualTo(Verdict.NOT_WHERE);
  }

  @Test
  void aScalarIsANumberLikeAnyOther() {
    FilterRule rule =
        new FilterRule(
            "scalar",
            new Bounds(2, 4),
            Where.parse("scalar < 3"),
            Formula.parse("helpfulness + score / 2"));
    assertThat(rule.judge(row(ROW)))
        .isEqualTo(new Judged(Verdict.PASSED, OptionalDouble.of(2.75), OptionalDouble.of(2.75)));
  }

  @Test
  void aTextIsAFieldOrAPathLikeANumber() {
    assertThat(where("meta.language = 'français'")).isEqualTo(Verdict.PASSED);
    assertThat(where("meta.language in ('english') or score < 0")).isEqualTo(Verdict.PASSED);
    assertThat(where("meta.language != 'français'")).isEqualTo(Verdict.NOT_WHERE);
    assertThat(refusal(new FilterRule(null, Bounds.NONE, Where.parse("language = 'x'"), null)))
        .isEqualTo(
            new MalformedRow(
                "missing-field",
                "language: expected a text, found no such field and no such attribute of reward"));
    assertThat(refusal(new FilterRule(null, Bounds.NONE, Where.parse("score != 'x'"), null)))
        .isEqualTo(new MalformedRow("wrong-type", "score: expected a string, found a number"));
  }

  @Test
  void onlyTheNamesThatARowsAnswerNeedsAreRead() {
    assertThat(where("score < 0 or nothing > 1")).isEqualTo(Verdict.PASSED);
    assertThat(where("score > 0 and nothing > 1")).isEqualTo(Verdict.NOT_WHERE);
    assertThat(where("score > 0 and nothing = 'x'")).isEqualTo(Verdict.NOT_WHERE);
    assertThat(
            new FilterRule("score", new Bounds(0, 1), Where.parse("nothing > 1"), null)
                .judge(row(ROW))
                .verdict())
        .isEqualTo(Verdict.BELOW_MIN);
  }

  @Test
  void aRowWithoutWhatItsAnswerNeedsIsRefused() {
    assertThat(refusal(new FilterRule("quality", Bounds.NONE, null, null)))
        .isEqualTo(
            new MalformedRow(
                "missing-field",
                "quality: expected a number, found no such field and no such attribute of"
                    + " reward"));
    assertThat(refusal(new FilterRule(null, Bounds.NONE, Where.parse("score > 0 or n > 1"), null)))
        .satisfies(row -> assertThat(row.reason()).startsWith("n: expected a number, found no"));
    assertThat(refusal(new FilterRule("label", Bounds.NONE, null, null)))
        .isEqualTo(new MalformedRow("wrong-type", "label: expected a number, found null"));
    assertThat(refusal(new FilterRule("reward", Bounds.NONE, null, null)).reason())
        .isEqualTo(
            "reward: expected a number, or the name of one of its attributes, found an object");
    assertThat(refusal(new FilterRule(null, Bounds.NONE, Where.parse("1 / (score+1.5) > 0"), null)))
        .isEqualTo(
            new MalformedRow(
                "not-finite", "where: expected a finite number to compare, found Infinity"));
  }

  @Test
  void presetsAreFormulasOfTheirWords() {
    for (ScalarPreset preset : ScalarPreset.values()) {
      assertThat(ScalarPreset.resolve(preset.word())).isEqualTo(preset.formula());
      assertThat(Formula.parse(preset.formula()).names())
          .containsExactly("helpfulness", "correctness", "coherence", "complexity", "verbosity");
    }
    assertThat(Formula.parse(ScalarPreset.NEMOTRON_4_340B.formula()).of(name -> 1))
        .isCloseTo(0.3 + 0.74 + 0.46 + 0.47 - 0.33, offset(1e-12));
    assertThat(ScalarPreset.resolve("a+b")).isEqualTo("a+b");
  }
}
