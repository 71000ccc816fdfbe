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

  private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<number>(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)"
              + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_.]*)"
              + "|\"(?<quoted>[^\"]*+(?:\"\"[^\"]*+)*+)\""
              + "|'(?<text>[^']*+(?:''[^']*+)*+)'"
              + "|>=|<=|==|!=|[-+*/()<>=,]");

  private FormulaLexer() {}

  /** The last token is the text's end. */
  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher next = TOKEN.matcher(text);
    int at = afterSpace(text, 0);
    while (at < text.length()) {
      if (tokens.size() == MOST) {
        throw new FormulaException("expected at most " + MOST + " numbers, names and operators");
      }
      if (!next.region(at, text.length()).lookingAt()) {
        throw unexpected(text, at);
      }
      tokens.add(token(next));
      at = afterSpace(text, next.end());
    }
    tokens.add(new Token(Token.Kind.END, "", text.length()));
    return tokens;
  }

  private static int afterSpace(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static Token token(Matcher found) {
    int at = found.start();
    String name = found.group("name");
    if (name != null) {
      String keyword = name.toLowerCase(Locale.ROOT);
      return KEYWORDS.contains(keyword)
          ? new Token(Token.Kind.KEYWORD, keyword, at)
          : new Token(Token.Kind.NAME, name, at);
    }
    String quoted = found.group("quoted");
    if (quoted != null) {
      return new Token(Token.Kind.QUOTED, quoted.replace("\"\"", "\""), at);
    }
    String text = found.group("text");
    if (text != null) {
      return new Token(Token.Kind.TEXT, text.replace("''", "'"), at);
    }
    boolean number = found.group("number") != null;
    return new Token(number ? Token.Kind.NUMBER : Token.Kind.OPERATOR, found.group(), at);
  }

  private static FormulaException unexpected(String text, int at) {
    String found = new String(Character.toChars(text.codePointAt(at)));
    boolean quote = found.equals("\"") || found.equals("'");
    return new FormulaException(
        at,
        "a number, a name or an operator",
        quote ? "a quote without another quote" : "'" + found + "'");
  }
}
