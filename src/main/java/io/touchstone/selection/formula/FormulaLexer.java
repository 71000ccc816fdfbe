package io.touchstone.selection.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a formula's text into tokens. */
final class FormulaLexer {

  /** Trees of this many nodes are walked without much of a stack. */
  private static final int MOST = 1_000;

  private static final Set<String> KEYWORDS = Set.of("and", "or", "not");
  private static final Pattern NUMBER =
      Pattern.compile("(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.]*");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern OPERATOR = Pattern.compile(">=|<=|==|!=|[-+*/()<>=]");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private FormulaLexer(String text) {
    this.text = text;
  }

  /** The last token is the text's end. */
  static List<Token> of(String text) {
    FormulaLexer cut = new FormulaLexer(text);
    cut.skipSpace();
    while (cut.at < text.length()) {
      if (cut.tokens.size() == MOST) {
        throw new FormulaException("expected at most " + MOST + " numbers, names and operators");
      }
      cut.tokens.add(cut.next());
      cut.skipSpace();
    }
    cut.tokens.add(new Token(Token.Kind.END, "", text.length()));
    return cut.tokens;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private Token next() {
    int start = at;
    Matcher number = matcher(NUMBER);
    if (number.lookingAt()) {
      return token(Token.Kind.NUMBER, number.group(), number.end());
    }
    Matcher name = matcher(NAME);
    if (name.lookingAt()) {
      String keyword = name.group().toLowerCase(Locale.ROOT);
      return KEYWORDS.contains(keyword)
          ? token(Token.Kind.KEYWORD, keyword, name.end())
          : token(Token.Kind.NAME, name.group(), name.end());
    }
    Matcher quoted = matcher(QUOTED);
    if (quoted.lookingAt()) {
      return token(Token.Kind.NAME, quoted.group(1), quoted.end());
    }
    Matcher operator = matcher(OPERATOR);
    if (operator.lookingAt()) {
      return token(Token.Kind.OPERATOR, operator.group(), operator.end());
    }
    String found = new String(Character.toChars(text.codePointAt(start)));
    throw new FormulaException(
        start,
        "a number, a name or an operator",
        found.equals("\"") ? "a quote without a name and another quote" : "'" + found + "'");
  }

  private Token token(Token.Kind kind, String what, int end) {
    int start = at;
    at = end;
    return new Token(kind, what, start);
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(text).region(at, text.length());
  }
}
