package io.touchstone.template.jinja.syntax;

import io.touchstone.template.jinja.tree.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What stands left of an {@code =} or an {@code in}. */
final class TargetParser {
  private final ParseState state;
  private final TokenStream stream;

  TargetParser(ParseState state) {
    this.state = state;
    this.stream = state.stream();
  }

  /** Whether {@code a.b} is a target: it is one for set only. */
  enum Attributes {
    ALLOWED,
    REFUSED
  }

  Target target(Attributes attributes) {
    List<Target> targets = new ArrayList<>();
    boolean several = false;
    while (!isEnd()) {
      targets.add(member(attributes));
      if (!stream.skipOperator(",")) {
        break;
      }
      several = true;
    }
    if (targets.isEmpty()) {
      throw stream.unexpected("a name to assign to");
    }
    return several ? new Target.Several(targets) : targets.get(0);
  }

  private boolean isEnd() {
    TemplateToken token = stream.current();
    return token.kind() == TemplateToken.Kind.BLOCK_END
        || token.isOperator(")")
        || token.isName("in");
  }

  private Target member(Attributes attributes) {
    if (stream.skipOperator("(")) {
      return state.nested(this::parenthesized);
    }
    if (!stream.isAt(TemplateToken.Kind.NAME)
        || ExpressionParser.CONSTANTS.containsKey(stream.current().text())) {
      throw stream.unexpected("a name to assign to");
    }
    String name = stream.next().text();
    if (attributes == Attributes.ALLOWED && stream.skipOperator(".")) {
      return new Target.Attribute(name, stream.expect(TemplateToken.Kind.NAME).text());
    }
    return new Target.Variable(name);
  }

  private Target parenthesized() {
    if (stream.skipOperator(")")) {
      return new Target.Several(List.of());
    }
    Target inner = target(Attributes.REFUSED);
    stream.expectOperator(")");
    return inner;
  }

  String name() {
    if (ExpressionParser.CONSTANTS.containsKey(stream.current().text())) {
      throw stream.unexpected("a name to assign to");
    }
    return stream.expect(TemplateToken.Kind.NAME).text();
  }

  /**
   * Makes the variables of a target known.
   *
   * @param variable what to do with each
   */
  void declare(Target target, Consumer<String> variable) {
    if (target instanceof Target.Attribute attribute) {
      state.load(attribute.namespace());
    } else if (target instanceof Target.Several several) {
      several.targets().forEach(inner -> declare(inner, variable));
    } else if (target instanceof Target.Variable one) {
      variable.accept(one.name());
    }
  }

  static boolean holds(Target target, String name) {
    return target instanceof Target.Variable variable && variable.name().equals(name)
        || target instanceof Target.Several several
            && several.targets().stream().anyMatch(inner -> holds(inner, name));
  }
}
