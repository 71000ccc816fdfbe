package io.touchstone.selection.formula;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses what compares a name with texts. */
final class TextComparisons {

  private static final Set<String> EQUALITIES = Set.of("=", "==", "!=");
  private static final Set<String> ORDERS = Set.of(">=", "<=", ">", "<");

  private final TokenReader tokens;
  private final Map<String, Integer> names = new LinkedHashMap<>();

  TextComparisons(TokenReader tokens) {
    this.tokens = tokens;
  }

  /** Names in what has been parsed, and where each stands first. */
  Map<String, Integer> names() {
    return names;
  }

  /** The comparison that begins here; null, with nothing taken, if what begins is about numbers. */
  @Nullable Condition next() {
    if (tokens.peek().kind() == Token.Kind.TEXT) {
      String text = text();
      boolean equal = equality("behind a text");
      return condition(name(), Set.of(text), equal);
    }
    if (!tokens.peek().isName()) {
      return null;
    }
    boolean negated = tokens.ahead(1).is("not");
    int in = negated ? 2 : 1;
    if (tokens.ahead(in).is("in")
        && tokens.ahead(in + 1).is("(")
        && tokens.ahead(in + 2).mayBeText()) {
      String name = name();
      tokens.skip(in + 1);
      return condition(name, listed(), !negated);
    }
    if (!isText(tokens.ahead(1), tokens.ahead(2), tokens.ahead(3))) {
      return null;
    }
    String name = name();
    boolean equal = equality("in front of a text");
    return condition(name, Set.of(text()), equal);
  }

  /** Whether a token stands for a text behind a relation. */
  private static boolean isText(Token relation, Token token, Token after) {
    boolean equality = EQUALITIES.contains(relation.text());
    return switch (token.kind()) {
      case TEXT -> equality || ORDERS.contains(relation.text());
      case QUOTED -> equality && after.endsSide();
      case NUMBER, NAME, OPERATOR, KEYWORD, END -> false;
    };
  }

  private Set<String> listed() {
    Set<String> texts = new LinkedHashSet<>();
    do {
      texts.add(text());
    } while (tokens.take(","));
    tokens.expect(")");
    return texts;
  }

  private static Condition condition(String name, Set<String> texts, boolean equal) {
    Condition oneOf = new Condition.OneOf(name, texts);
    return equal ? oneOf : new Condition.Not(oneOf);
  }

  /** True for an equals sign, false for its opposite. */
  private boolean equality(String where) {
    if (tokens.take("=") || tokens.take("==")) {
      return true;
    }
    if (!tokens.take("!=")) {
      throw new FormulaException(tokens.peek().at(), "= or != " + where, tokens.peek().describe());
    }
    return false;
  }

  private String name() {
    Token token = tokens.next();
    if (!token.isName()) {
      throw new FormulaException(token.at(), "a field name", token.describe());
    }
    names.putIfAbsent(token.text(), token.at());
    return token.text();
  }

  private String text() {
    Token token = tokens.next();
    if (!token.mayBeText()) {
      throw new FormulaException(token.at(), "a text in quotes", token.describe());
    }
    return token.text();
  }
}
