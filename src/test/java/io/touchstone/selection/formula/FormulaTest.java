package io.touchstone.selection.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormulaTest {

  private static final Map<String, Double> VALUES =
      Map.of("a", 2.0, "b", -3.0, "helpfulness", 3.5, "odd name", 7.0, "x.y", 11.0, "größe", 4.0);
  private static final ToDoubleFunction<String> NUMBERS = VALUES::get;
  private static final Map<String, String> TEXTS =
      Map.of("language", "english", "odd name", "it's \"so\"", "empty", "");
  private static final NamedValues ROW =
      new NamedValues() {
        @Override
        public double number(String name) {
          return VALUES.get(name);
        }

        @Override
        public String text(String name) {
          return TEXTS.get(name);
        }

        @Override
        public boolean has(String name) {
          return VALUES.containsKey(name) || TEXTS.containsKey(name);
        }
      };

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    ".5, 0.5",
    "2., 2",
    "1e3, 1000",
    "2.5E-1, 0.25",
    "a, 2",
    "-a, -2",
    "--a, 2",
    "1 - 2 - 3, -4",
    "12 / 3 / 2, 2",
    "1 + 2 * 3, 7",
    "(1 + 2) * 3, 9",
    "a*b+1, -5",
    "-a*b, 6",
    "a--b, -1",
    "2*-a, -4",
    "x.y, 11",
    "größe, 4",
    "'\"odd name\" + 1', 8",
    "0.65*helpfulness+0.8*a+0.45*x.y, 8.825",
  })
  void computesWithTheUsualPrecedence(String text, double expected) {
    assertThat(Formula.parse(text).of(NUMBERS)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a >= 2, true",
    "a > 2, false",
    "a <= 1.9, false",
    "a = 2, true",
    "a == 2, true",
    "a != 2, false",
    "b < a and helpfulness >= 3, true",
    "a > 5 or b > 5 or x.y > 10, true",
    "not a > 5, true",
    "not not a > 5, false",
    "a > 5 and a > 5 or a = 2, true",
    "a = 2 or a > 5 and a > 5, true",
    "(a = 2 or a > 5) and a > 5, false",
    "NOT a > 5 AND b < 0, true",
    "(a + b) * 2 < -1, true",
    "((a)) >= ((2)), true",
    "a + 1 > b - 1, true",
    "b != 0 and a / b < 0, true",
    "'a in (1, 2)', true",
    "'a in (1)', false",
    "'a + 1 in (2, b + 6)', true",
    "'a not in (1, 2)', false",
    "'not a in (1, 2)', false",
  })
  void conditionsHoldOrNot(String text, boolean expected) {
    assertThat(Where.parse(text).holds(ROW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "language = 'english'                       | true",
        "language == \"english\"                    | true",
        "language != 'english'                      | false",
        "'french' = language                        | false",
        "'french' != language                       | true",
        "language = 'English'                       | false",
        "language = 'english '                      | false",
        "language in ('french', 'english')          | true",
        "language in (\"french\", \"german\")       | false",
        "language not in (\"french\", 'german')      | true",
        "not language in ('french')                 | true",
        "\"odd name\" = 'it''s \"so\"'              | true",
        "empty = \"\"                               | true",
        "empty = ''                                 | true",
        "language = 'english' and a > 1             | true",
        "(language = \"french\") or helpfulness >= 4 | false",
        "not (language == \"french\" or helpfulness >= 4) and missing is null | true",
      })
  void textsAreComparedLetterByLetter(String text, boolean expected) {
    assertThat(Where.parse(text).holds(ROW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "error is null                               | true",
        "error is not null                           | false",
        "language IS NOT NULL                        | true",
        "not language is null                        | true",
        "a is not null and a > 1                     | true",
        "\"odd name\" is null                        | false",
        "\"no \"\"such\"\" name\" is null            | true",
        "error is null or error = 'none'             | true",
      })
  void whatIsMissingIsNull(String text, boolean expected) {
    assertThat(Where.parse(text).holds(ROW)).isEqualTo(expected);
  }

  @Test
  void namesOfWhatMayBeMissingAreToldApart() {
    Where where = Where.parse("a > 1 and \"x \"\"y\"\"\" is null and is > 0 and null = 'so'");
    assertThat(where.names()).containsExactly("a", "is");
    assertThat(where.textNames()).containsExactly("null");
    assertThat(where.valueNames()).containsExactly("x \"y\"");
    assertThatThrownBy(() -> Where.parse("a is nothing"))
        .hasMessage("expected null or not null at character 6, found the name nothing");
    assertThatThrownBy(() -> Where.parse("a is \"null\""))
        .hasMessage("expected null or not null at character 6, found \"null\"");
  }

  @Test
  void whatStandsInDoubleQuotesIsANameWhereANumberMayStand() {
    Where where =
        Where.parse("\"odd name\" > 6 and a = \"odd name\" - 5 and language = \"english\"");
    assertThat(where.names()).containsExactly("odd name", "a");
    assertThat(where.textNames()).containsExactly("language");
    assertThat(where.holds(ROW)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "language > 'english'        | expected = or != in front of a text at character 10, found '>'",
        "'english'                   | expected = or != behind a text at character 10, found the end",
        "'english' = 'french'        | expected a field name at character 13, found the text 'french'",
        "1 + a = 'english'           | expected a number, a field name or '(' at character 9, found the text 'english'",
        "language in ('a', 3)        | expected a text in quotes at character 19, found the number 3",
        "a in (3, 'a')               | expected numbers alone or texts alone in a list at character 10, found the text 'a'",
        "a in (3, \"b\")             | expected numbers alone or texts alone in a list at character 10, found \"b\"",
        "language = 'a' or language > 1 | expected language to be a text or a number throughout, found it compared with a text at character 1 and used as a number at character 19",
        "a in ()                     | expected a number, a field name or '(' at character 7, found ')'",
        "a in 3                      | expected '(' at character 6, found the number 3",
        "language = 'english         | expected a number, a name or an operator at character 12, found a quote without another quote",
        "\"\" > 1                    | expected a number, a field name or '(' at character 1, found \"\"",
      })
  void refusesWhatComparesNoTextsAndSaysWhere(String text, String message) {
    assertThatThrownBy(() -> Where.parse(text))
        .isInstanceOf(FormulaException.class)
        .hasMessage(message);
  }

  @Test
  void namesAreListedOnceInTheOrderOfTheirUse() {
    assertThat(Where.parse("b > 1 and a > b or \"odd name\" > x.y").names())
        .containsExactly("b", "a", "odd name", "x.y");
    assertThat(Formula.parse("1+2").names()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''             | expected a number, a field name or '(' at character 1, found the end",
        "a +            | expected a number, a field name or '(' at character 4, found the end",
        "a b            | expected an operator such as + or the end at character 3, found the name b",
        "2a             | expected an operator such as + or the end at character 2, found the name a",
        "(a + 1         | expected an operator or the ')' of character 1 at character 7, found the end",
        "a + 1)         | expected an operator such as + or the end at character 6, found ')'",
        "a > 1          | expected a number at character 1, found a condition",
        "1 + (a > 1)    | expected a number at character 5, found a condition",
        "a and b        | expected a condition such as reward >= 1 at character 1, found a number",
        "a ^ 2          | expected a number, a name or an operator at character 3, found '^'",
        "a ; b          | expected a number, a name or an operator at character 3, found ';'",
        "\"a            | expected a number, a name or an operator at character 1, found a quote without another quote",
        "1e999          | expected a number below 1.8e308 at character 1, found 1e999",
        "* a            | expected a number, a field name or '(' at character 1, found '*'",
        "exec('x')      | expected an operator such as + or the end at character 5, found '('",
        "f(x)           | expected an operator such as + or the end at character 2, found '('",
      })
  void refusesWhatIsNoFormulaAndSaysWhere(String text, String message) {
    assertThatThrownBy(() -> Formula.parse(text == null ? "" : text))
        .isInstanceOf(FormulaException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "helpfulness            | expected a condition such as reward >= 1 at character 1, found a number",
        "helpfulness 3          | expected one of >= <= > < = != in at character 13, found the number 3",
        "a >= 3 and             | expected a number, a field name or '(' at character 11, found the end",
        "a >= 3 and b           | expected a condition such as reward >= 1 at character 12, found a number",
        "a >= 3 b >= 2          | expected and, or, or the end at character 8, found the name b",
        "1 < a < 3              | expected and, or, or the end at character 7, found '<'",
        "a >= (b > 1)           | expected a number at character 6, found a condition",
        "not a                  | expected a condition such as reward >= 1 at character 5, found a number",
        "(a) and b > 1          | expected a condition such as reward >= 1 at character 1, found a number",
        "a => 1                 | expected a number, a field name or '(' at character 4, found '>'",
      })
  void refusesWhatIsNoConditionAndSaysWhere(String text, String message) {
    assertThatThrownBy(() -> Where.parse(text))
        .isInstanceOf(FormulaException.class)
        .hasMessage(message);
  }

  @Test
  void nestingAndLengthHaveBounds() {
    assertThat(Formula.parse("(".repeat(100) + "1" + ")".repeat(100)).of(NUMBERS)).isEqualTo(1);
    assertThatThrownBy(() -> Formula.parse("(".repeat(101) + "1" + ")".repeat(101)))
        .hasMessage("expected at most 100 levels of nesting at character 102, found another");
    assertThatThrownBy(() -> Formula.parse("-".repeat(150) + "1"))
        .hasMessageStartingWith("expected at most 100 levels of nesting");
    assertThat(Formula.parse("1" + "+1".repeat(499)).of(NUMBERS)).isEqualTo(500);
    assertThatThrownBy(() -> Formula.parse("1" + "+1".repeat(500)))
        .hasMessage("expected at most 1000 numbers, names and operators");
  }

  @Test
  void whatIsNotFiniteIsNoResult() {
    assertThatThrownBy(() -> Formula.parse("a / 0").of(NUMBERS))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("expected a finite result, found Infinity");
    assertThatThrownBy(() -> Where.parse("0/0 > a").holds(ROW))
        .hasMessage("expected a finite number to compare, found NaN");
    assertThat(Where.parse("a = 0 and 1 / 0 > 1").holds(ROW)).isFalse();
  }

  @Test
  void generatedFormulasGiveWhatTheirTreesGive() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Generated generated = number(random, 4);
      double value = Formula.parse(generated.text).arithmetic().at(NUMBERS);
      assertThat(value).as(generated.text).isEqualTo(Double.valueOf(generated.value));
    }
  }

  private record Generated(String text, double value) {}

  /** Parentheses around every operation: the value does not depend on precedence. */
  private static Generated number(Random random, int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return switch (random.nextInt(3)) {
        case 0 -> new Generated("a", 2);
        case 1 -> new Generated("b", -3);
        default -> {
          double value = random.nextInt(1_000) / 8.0;
          yield new Generated(Double.toString(value), value);
        }
      };
    }
    Generated left = number(random, depth - 1);
    Generated right = number(random, depth - 1);
    String space = " ".repeat(random.nextInt(2));
    return switch (random.nextInt(5)) {
      case 0 -> joined(left, space + "+" + space, right, left.value + right.value);
      case 1 -> joined(left, space + "-" + space, right, left.value - right.value);
      case 2 -> joined(left, space + "*" + space, right, left.value * right.value);
      case 3 -> joined(left, space + "/" + space, right, left.value / right.value);
      default -> new Generated("-(" + left.text + ")", -left.value);
    };
  }

  private static Generated joined(Generated left, String operator, Generated right, double value) {
    return new Generated("(" + left.text + operator + right.text + ")", value);
  }
}
