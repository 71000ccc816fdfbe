package io.touchstone.template.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile templates end with the bound that they went over, soon and in little memory. */
@Timeout(30)
final class TemplateLimitsTest {
  private static final String STEPS = "more than 1000 steps (maxSteps)";
  private static final String OUTPUT = "more than 5000 characters of output (maxOutputChars)";
  private static final String MADE = "more than 20000 characters made on the way (maxMade)";
  private static final String DEPTH = "calls nested more than 10 deep (maxDepth)";

  private static String render(String source) {
    TemplateLimits limits = new TemplateLimits(2000, 20, 10, 1000, 5000, 20_000, 10_000);
    return ChatTemplate.compile(source, limits, Templates.CLOCK)
        .render(List.of(), GenerationPrompt.NONE, Map.of());
  }

  private static void fails(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(TemplateException.class).hasMessageContaining(message);
  }

  @Test
  void hasWideDefaults() {
    assertThat(TemplateLimits.defaults())
        .isEqualTo(
            new TemplateLimits(1_048_576, 100, 200, 5_000_000, 67_108_864, 268_435_456, 20_000));
  }

  @Test
  void refusesABoundOfNothing() {
    assertThatThrownBy(() -> new TemplateLimits(1, 1, 1, 0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxSteps: expected more than 0, found 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for i in range(2000) %}{% endfor %}",
        "{% for i in range(50) %}{% for j in range(50) %}{% endfor %}{% endfor %}",
        "{{ range(2000)|map('string')|first }}{{ range(2000)|select('string')|list }}",
        "{{ range(1500)|sum }}",
      })
  void boundsSteps(String source) {
    fails(() -> render(source), STEPS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 'x' * 6000 }}",
        "{% for i in range(20) %}{{ 'x' * 500 }}{% endfor %}",
        "{% macro m() %}{{ 'x' * 6000 }}{% endmacro %}{{ m() }}",
      })
  void boundsOutput(String source) {
    fails(() -> render(source), OUTPUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ ('x' * 10 ** 9)|length }}",
        "{{ ([0] * 10 ** 9)|length }}",
        "{{ ((0,) * 10 ** 9)|length }}",
        "{{ range(1000)|list }}",
        "{{ ('a,' * 3000).split(',')|length }}",
        "{{ ('a ' * 3000).split()|length }}",
        "{{ ('a\n' * 3000).splitlines()|length }}",
        "{{ ('a' * 3000).replace('a', 'b' * 3000)|length }}",
        "{{ ('a' * 900).replace('', 'b' * 900)|length }}",
        "{{ ('a' * 3000)|replace('a', 'b' * 3000)|length }}",
        "{{ ('b' * 3000).join('a' * 3000)|length }}",
        "{{ ('a' * 3000)|join('b' * 3000)|length }}",
        "{{ 'x'.center(10 ** 9)|length }}",
        "{{ 'x'.ljust(10 ** 9)|length }}",
        "{{ 'x'|center(10 ** 9)|length }}",
        "{{ '%900000d' % 1 }}",
        "{{ '{:900000}'.format(1) }}",
        "{{ ('\n' * 500)|indent(10 ** 5, blank=true)|length }}",
        "{{ [1]|batch(10 ** 9, 0)|list|length }}",
        "{{ [1]|slice(10 ** 9)|list|length }}",
        "{{ ([[[[1] * 9] * 9] * 9] * 9)|tojson(indent=900) }}",
        "{% set ns = namespace(a='xxxx') %}"
            + "{% for i in range(40) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}",
        "{% set ns = namespace(a=[0]) %}"
            + "{% for i in range(40) %}{% set ns.a = ns.a + ns.a %}{% endfor %}",
      })
  void boundsWhatIsMade(String source) {
    fails(() -> render(source), MADE);
  }

  @Test
  void boundsTheTextOfAListThatHoldsAnotherManyTimesOver() {
    fails(
        () ->
            Templates.render(
                "{% set ns = namespace(a=['x']) %}"
                    + "{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% endfor %}"
                    + "{{ ns.a }}"),
        "a value's text of more than 67108864 characters");
  }

  @Test
  void boundsTheComparisonOfListsThatHoldOthersManyTimesOver() {
    fails(
        () ->
            Templates.render(
                "{% set ns = namespace(a=['x'], b=['x']) %}{% for i in range(60) %}"
                    + "{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}"
                    + "{{ ns.a == ns.b }}"),
        "a comparison of more than 10000000 values");
  }

  @Test
  void boundsRangesAsTheSandboxDoes() {
    assertThat(Templates.render("{{ range(100000)|length }}")).isEqualTo("100000");
    fails(() -> render("{{ range(100001) }}"), "range() of more than 100000 items");
    fails(() -> render("{{ range(10 ** 12) }}"), "range()");
  }

  @Test
  void boundsTheBitsOfAnInt() {
    fails(() -> render("{{ 10 ** (10 ** 9) }}"), "an int may have at most 65536 bits");
    fails(
        () ->
            render(
                "{% set ns = namespace(a=2 ** 40000) %}"
                    + "{% for i in range(9) %}{% set ns.a = ns.a * ns.a %}{% endfor %}"),
        "an int may have at most 65536 bits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
      })
  void boundsDepth(String source) {
    fails(() -> render(source), DEPTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "-", "not ", "{'a':"})
  void boundsTheNestingOfExpressions(String open) {
    fails(() -> render("{{ " + open.repeat(60) + "1"), "20");
  }

  @Test
  void boundsTheNestingOfStatements() {
    String source = "{% if 1 %}".repeat(60) + "{% endif %}".repeat(60);
    fails(() -> render(source), "(maxNesting)");
  }

  @Test
  void survivesAnyNestingThatTheDefaultsAllow() {
    for (String open : List.of("(", "[", "-", "not ", "{'a':", "1+", "1 if 1 else ", "x|", "x.")) {
      Rendered found = Rendered.by(() -> Templates.render("{{ " + open.repeat(100_000) + "1"));
      assertThat(found).as(open).isInstanceOf(Rendered.Failure.class);
    }
    Rendered sum = Rendered.by(() -> Templates.render("{{ 1" + "+1".repeat(200_000) + " }}"));
    assertThat(sum)
        .isIn(
            new Rendered.Text("200001"),
            new Rendered.Failure("chat template: nested too deep for this thread's stack"),
            new Rendered.Failure("chat template, line 1: nested too deep for this thread's stack"));
  }

  @Test
  void boundsTheSource() {
    fails(
        () -> render("x".repeat(2001)),
        "chat template: more than 2000 characters (maxSourceChars), found 2001");
  }

  @Test
  void boundsWallTime() {
    TemplateLimits limits =
        new TemplateLimits(1000, 100, 200, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 100);
    ChatTemplate template =
        ChatTemplate.compile(
            "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
            limits, Templates.CLOCK);
    fails(
        () -> template.render(List.of(), GenerationPrompt.NONE, Map.of()),
        "more than 100 ms (maxMillis)");
  }
}
