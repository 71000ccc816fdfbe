package io.touchstone.template.jinja;

import java.util.List;
import java.util.Locale;

/** The tokens, and how far parsing has come in them. */
final class TokenStream {
  private final List<Token> tokens;
  private int position;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(position);
  }

  Token following() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(position);
    if (position < tokens.size() - 1) {
      position++;
    }
    return token;
  }

  boolean isAt(Token.Kind kind) {
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

  Token expect(Token.Kind kind) {
    if (!isAt(kind)) {
      throw unexpected(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    return next();
  }

  Token expectOperator(String operator) {
    if (!current().isOperator(operator)) {
      throw unexpected("'" + operator + "'");
    }
    return next();
  }

  Token expectName(String name) {
    if (!current().isName(name)) {
      throw unexpected("'" + name + "'");
    }
    return next();
  }

  TemplateException unexpected(String expected) {
    return fail("expected %s, found %s".formatted(expected, current().description()));
  }

  TemplateException fail(String message) {
    return TemplateException.at(current().line(), message);
  }
}
