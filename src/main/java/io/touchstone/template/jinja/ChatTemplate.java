package io.touchstone.template.jinja;

import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.syntax.StatementParser;
import io.touchstone.template.jinja.syntax.TemplateSyntaxError;
import io.touchstone.template.jinja.tree.Body;
import io.touchstone.template.jinja.tree.Output;
import io.touchstone.template.jinja.tree.Scope;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Hugging Face chat template: Jinja as jinja2 3.1.6 renders it in transformers' environment.
 * Immutable; any number of threads may render at once. A template is untrusted: {@link
 * TemplateLimits} bounds what it can use up, and nothing in it or in the messages reaches Java.
 */
public final class ChatTemplate {
  private final String source;
  private final Body body;
  private final TemplateLimits limits;
  private final LocalDateTime now;

  private ChatTemplate(String source, Body body, TemplateLimits limits, LocalDateTime now) {
    this.source = source;
    this.body = body;
    this.limits = limits;
    this.now = now;
  }

  /**
   * @param now what {@code strftime_now} tells, always
   * @throws TemplateException naming the line, where the source is no template or needs what is not
   *     supported
   */
  public static ChatTemplate compile(String source, TemplateLimits limits, LocalDateTime now) {
    if (source.length() > limits.maxSourceChars()) {
      throw new TemplateException(
          "chat template: more than %d characters (maxSourceChars), found %d"
              .formatted(limits.maxSourceChars(), source.length()));
    }
    try {
      Body body = StatementParser.template(source, limits.maxNesting());
      return new ChatTemplate(source, body, limits, now);
    } catch (TemplateSyntaxError e) {
      throw TemplateException.at(e.line(), String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      throw new TemplateException("chat template: nested too deep for this thread's stack");
    }
  }

  /** Whether a word stands anywhere in the source. */
  public boolean mentions(String word) {
    return source.contains(word);
  }

  /** What the template can write by itself: its texts, and the strings in its expressions. */
  public List<String> literals() {
    return StatementParser.literals(source);
  }

  /**
   * @param variables further names that the template sees; what is absent is undefined there
   * @throws TemplateException naming the line, where the template raises or exceeds a bound
   */
  public String render(
      List<? extends Map<String, ? extends @Nullable Object>> messages,
      GenerationPrompt generationPrompt,
      Map<String, ? extends @Nullable Object> variables) {
    Map<String, Object> all = new LinkedHashMap<>();
    variables.forEach((name, value) -> all.put(name, PlainData.of(value)));
    all.put("messages", PlainData.of(messages));
    all.put("add_generation_prompt", generationPrompt == GenerationPrompt.ADDED);
    Rendering rendering = new Rendering(limits, now);
    try {
      Output output = new Output(rendering);
      body.execute(Scope.root(rendering, all, body), output);
      return output.text();
    } catch (PythonError e) {
      throw TemplateException.at(rendering.line(), String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      // Left-leaning expressions and nested data can be deep without any call being nested.
      throw TemplateException.at(rendering.line(), "nested too deep for this thread's stack");
    }
  }
}
