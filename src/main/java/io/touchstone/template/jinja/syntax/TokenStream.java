package io.touchstone.template.jinja.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The tokens, and how far parsing has come in them. */
final class TokenStream {
  private final List<TemplateToken> tokens;
  private int position;

  TokenStream(List<TemplateToken> tokens) {
    this.tokens = tokens;
  }

  TemplateToken current() {
    return tokens.get(position);
  }

  TemplateToken following() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  TemplateToken next() {
    TemplateToken token = tokens.get(position);
    if (position < tokens.size() - 1) {
      position++;
    }
    return token;
  }

  boolean isAt(TemplateToken.Kind kind) {
    return current().kind() == kind;
  }

  boolean skipOperator(String operator) {
    return skip(current().isOperator(operator));
  }

  boolean skipName(String name) {
    return skip(current().isName(name));
  }

  private boolean skip(boolean matches) {
    if (matches) {
      next();
    }
    return matches;
  }

  TemplateToken expect(TemplateToken.Kind kind) {
    if (!isAt(kind)) {
      throw unexpected(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    return next();
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  void expectName(String name) {
    if (!skipName(name)) {
      throw unexpected("'" + name + "'");
    }
  }

  TemplateSyntaxError unexpected(String expected) {
    return fail("expected %s, found %s".formatted(expected, current().description()));
  }

  TemplateSyntaxError fail(String message) {
    return new TemplateSyntaxError(current().line(), message);
  }

  /** Members with commas between them and perhaps behind, up to and with the operator. */
  <T> List<T> listUpTo(String close, Supplier<T> member) {
    List<T> members = new ArrayList<>();
    while (!skipOperator(close)) {
      members.add(member.get());
      if (!current().isOperator(close)) {
        expectOperator(",");
      }
    }
    return members;
  }
}
