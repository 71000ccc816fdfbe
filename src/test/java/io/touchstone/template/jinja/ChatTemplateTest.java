package io.touchstone.template.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChatTemplateTest {
  private static final String MARKER = "Zebrafink";

  private static List<Map<String, Object>> marked() {
    Map<String, Object> call = Map.of("function", Map.of("name", MARKER, MARKER, MARKER));
    return List.of(
        Map.of("role", MARKER, "content", MARKER, "name", MARKER, "tool_calls", List.of(call)),
        Map.of("role", "user", "content", List.of(Map.of("type", "text", "text", MARKER))));
  }

  private static String failure(String source) {
    Rendered found =
        Rendered.by(
            () -> Templates.compile(source).render(marked(), GenerationPrompt.NONE, Map.of()));
    assertThat(found).as(source).isInstanceOf(Rendered.Failure.class);
    return ((Rendered.Failure) found).message();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{ 7*7 }}", "{% for %}", "{{ messages }}", "{# gone #}", "{% raw %}"})
  void neverEvaluatesText(String text) {
    List<Map<String, Object>> messages = List.of(Map.of("role", "user", "content", text));
    String source =
        "{% macro m(x) %}{{ x }}{% endmacro %}{% set s %}{{ messages[0].content }}{% endset %}"
            + "{{ messages[0].content }}|{{ m(s) }}|{{ '%s' % s }}|{{ '{}'.format(s) }}";
    assertThat(Templates.compile(source).render(messages, GenerationPrompt.NONE, Map.of()))
        .isEqualTo(String.join("|", text, text, text, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "messages.append(1)",
        "messages.pop()",
        "messages.clear()",
        "messages.sort()",
        "messages[0].update(a=1)",
        "messages[0].pop('role')",
        "messages[0].setdefault('a', 1)",
        "messages.__class__.__mro__",
        "''.__class__.__base__",
        "messages._x.y",
        "(messages|attr('__class__')).x",
        "messages['__class__'].x",
        "namespace(_a=1)",
        "raise_exception.__globals__.x",
        "range.__self__.x",
        "'{0.__class__.x}'.format('')",
      })
  void refusesWhatTheImmutableSandboxRefuses(String expression) {
    assertThat(failure("{{ " + expression + " }}")).startsWith("chat template, line 1: ");
  }

  @Test
  void leavesTheMessagesAsTheyWere() {
    assertThat(
            Templates.render(
                "{% set x = l %}{% set x = x + [2] %}{{ l }}", Map.of("l", List.of(1))))
        .isEqualTo("[1]");
  }

  @ParameterizedTest
  @CsvSource({
    "{{ 1|pprint }}, pprint",
    "{{ 1|random }}, random",
    "{{ 'a'|wordwrap }}, wordwrap",
    "{{ 'a'|urlize }}, urlize",
    "{% include 'a' %}, include",
    "{% import 'a' as b %}, import",
    "{% extends 'a' %}, extends",
    "{% block a %}{% endblock %}, block",
    "{{ cycler(1) }}, cycler",
    "{{ joiner() }}, joiner",
    "{{ lipsum() }}, lipsum",
    "{{ 'a'.translate({}) }}, translate",
    "{{ 'a'.encode() }}, encode",
  })
  void namesWhatIsNotSupportedWhenItCompiles(String source, String name) {
    assertThatThrownBy(() -> Templates.compile("\n{% if false %}" + source + "{% endif %}"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("'" + name + "'")
        .hasMessageContaining("not supported");
  }

  @Test
  void reportsTheTemplatesOwnWordsWhenItRaises() {
    assertThat(failure("\n{{ raise_exception('No system message') }}"))
        .isEqualTo("chat template, line 2: the template raised: No system message");
  }

  @Test
  void keepsTheConversationOutOfWhatTheTemplateRaises() {
    assertThat(failure("{{ raise_exception('Unknown role: ' + messages[0].role) }}"))
        .isEqualTo("chat template, line 1: the template raised: Unknown role: …");
    assertThat(failure("{% set r = raise_exception %}{{ r(messages[0].role) }}"))
        .isEqualTo("chat template, line 1: the template raised: …");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ raise_exception(m.content) }}",
        "{{ raise_exception(message=m.content) }}",
        "{{ raise_exception('a' ~ m.content) }}",
        "{{ raise_exception('%s' % m.content) }}",
        "{{ raise_exception('{}'.format(m.content)) }}",
        "{{ raise_exception(m) }}",
        "{{ raise_exception([m.content]) }}",
        "{{ raise_exception(m.content|upper|lower|title) }}",
        "{{ raise_exception(m.content if m else '') }}",
        "{{ m.content + 1 }}",
        "{{ m.content - 1 }}",
        "{{ m.content * m.content }}",
        "{{ m.content < 1 }}",
        "{{ m.content() }}",
        "{{ m.content.foo() }}",
        "{{ m[m.content]() }}",
        "{{ undef[m.content] }}",
        "{{ {}[m.content].x }}",
        "{{ m.content.format() }}{{ ('{' + m.content + '}').format() }}",
        "{{ ('{:' + m.content + '}').format(1) }}",
        "{{ ('%' + m.content) % 1 }}{{ ('%(' + m.content + ')s') % {} }}",
        "{{ '%d' % m.content }}",
        "{{ m.content.index('zz') }}",
        "{{ m.content.split('') }}",
        "{{ m.content.strip(1) }}",
        "{{ m.content.zfill(m.content) }}",
        "{{ [1]|join(attribute=m.content)|int(base=99) }}{{ undef.x }}",
        "{{ [1]|map(m.content)|list }}",
        "{{ [1]|select(m.content)|list }}",
        "{{ [1]|selectattr('a', m.content)|list }}",
        "{{ [m.content, 1]|sort }}",
        "{{ {}|dictsort(by=m.content) }}",
        "{{ 1|round(method=m.content) }}",
        "{{ m.content|round }}",
        "{{ m.content|abs }}",
        "{{ m|abs }}",
        "{{ [m.content]|sum }}",
        "{{ strftime_now('%Q' + m.content) }}",
        "{{ dict([m.content]) }}",
        "{{ range(m.content) }}",
        "{{ namespace(m.content) }}",
        "{{ dict(**{m.content: 1})|tojson(**{m.content: 1}) }}",
        "{% macro f() %}{% endmacro %}{{ f(**{m.content: 1}) }}",
        "{% macro f() %}{% endmacro %}{{ f(m.content) }}",
        "{% for a, b in [m.content] %}{% endfor %}",
        "{% for a in 1 %}{{ m.content }}{% endfor %}",
        "{% set a, b = m.content %}",
        "{{ 1 in m.content }}",
        "{{ m.content in 1 }}",
        "{{ (m.content, 1)|tojson(indent=2.5) }}",
        "{{ [[]]|unique|list }}{{ m.content }}",
        "{{ m.content|truncate(m.content) }}",
        "{{ m.content|indent(none) }}",
        "{{ m.content|batch(m.content, m.content)|list }}",
        "{{ m.content|slice(m.content)|list }}",
        "{{ m.content[::m.content] }}",
        "{{ -m.content }}",
        "{{ m.content is divisibleby(3) }}",
        "{{ m.content is gt(3) }}",
        "{{ m.content|attr(1) }}",
        "{{ m|attr('items') }}{{ messages|map(attribute='content.x.y')|list }}{{ undef.x }}",
        "{{ m.content|items|list }}",
        "{{ m.content|groupby }}",
        "{{ m.content|replace }}",
        "{{ m.content|foo }}",
        "{% call m.content() %}{% endcall %}",
        "{% filter replace(m.content) %}{% endfilter %}",
        "{{ cycle|tojson }}{{ messages|tojson(separators=m.content) }}",
      })
  void keepsTheConversationOutOfEveryFailure(String source) {
    String message = failure("{% set m = messages[0] %}" + source);
    assertThat(message).startsWith("chat template").doesNotContainIgnoringCase(MARKER);
  }

  @Test
  void rendersTheSameInEightThreads() throws Exception {
    ChatTemplate template =
        Templates.compile(
            "{% set ns = namespace(n=0) %}{% macro m(x) %}<{{ x }}>{% endmacro %}"
                + "{% for i in range(50) %}{% set ns.n = ns.n + n %}{{ m(ns.n) }}{% endfor %}");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Map<String, Object> variables = Map.of("n", i % 7);
        calls.add(() -> template.render(List.of(), GenerationPrompt.NONE, variables));
      }
      List<Future<String>> found = threads.invokeAll(calls);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).get()).isEqualTo(calls.get(i % 7).call());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void ordersEveryIntBelowInfinity() {
    assertThat(Templates.render("{{ 1e999 > 2 ** 60000 }} {{ -(2 ** 60000) > -1e999 }}"))
        .isEqualTo("True True");
    assertThat(Templates.render("{{ 2 ** 60000 >= 1e999 }} {{ 2 ** 60 == 1e999 }}"))
        .isEqualTo("False False");
  }

  @Test
  void tellsThePinnedTime() {
    assertThat(Templates.render("{{ strftime_now('%d %b %Y, %H:%M:%S') }}"))
        .isEqualTo("05 Jan 2026, 13:07:09");
  }
}
