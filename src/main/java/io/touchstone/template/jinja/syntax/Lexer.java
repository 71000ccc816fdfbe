package io.touchstone.template.jinja.syntax;

import io.touchstone.template.jinja.python.Str;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template's source into tokens as jinja2's lexer does with {@code trim_blocks} and {@code
 * lstrip_blocks}: a block's or comment's tag swallows the line break after it and the blanks before
 * it on its line, {@code -} all white space on its side, {@code +} none.
 */
final class Lexer {
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?<!\\.)(\\d+_)*\\d+((\\.(\\d+_)*\\d+)?[eE][+\\-]?(\\d+_)*\\d+|\\.(\\d+_)*\\d+)");
  private static final Pattern INTEGER =
      Pattern.compile(
          "0[bB](_?[0-1])+|0[oO](_?[0-7])+|0[xX](_?[\\da-fA-F])+|[1-9](_?\\d)*|0(_?0)*");
  private static final Pattern OPERATOR =
      Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}><=.:|,;]");

  private static final Pattern TAG = Pattern.compile("\\{[{%#]");

  private final String source;
  private final List<TemplateToken> tokens = new ArrayList<>();
  private final Deque<Character> open = new ArrayDeque<>();
  private int position;
  private int line = 1;
  private boolean lineStarting = true;

  private Lexer(String source) {
    this.source = source;
  }

  static List<TemplateToken> tokens(String template) {
    String source = template.replace("\r\n", "\n").replace('\r', '\n');
    Lexer lexer =
        new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
    lexer.root();
    lexer.add(TemplateToken.Kind.END, "");
    return lexer.tokens;
  }

  private void root() {
    Matcher tags = TAG.matcher(source);
    while (position < source.length()) {
      if (!tags.find(position)) {
        data(source.substring(position));
        position = source.length();
        return;
      }
      int tag = tags.start();
      String text = source.substring(position, tag);
      char kind = source.charAt(tag + 1);
      char sign = signAt(tag + 2);
      int after = tag + (sign == ' ' ? 2 : 3);
      int raw = kind == '%' ? rawBegin(after) : -1;
      data(textBefore(text, sign, kind));
      skipTo(raw >= 0 ? raw : after, tag);
      if (raw >= 0) {
        raw();
      } else if (kind == '#') {
        comment();
      } else {
        add(kind == '{' ? TemplateToken.Kind.VARIABLE_BEGIN : TemplateToken.Kind.BLOCK_BEGIN, "");
        code(kind);
      }
    }
  }

  /** The sign that minds white space and stands here, or a blank. */
  private char signAt(int at) {
    return source.startsWith("-", at) ? '-' : source.startsWith("+", at) ? '+' : ' ';
  }

  private String textBefore(String text, char sign, char kind) {
    if (sign == '-') {
      String stripped = Str.stripRight(text, null);
      countLines(text.substring(stripped.length()));
      return stripped;
    }
    if (sign != '+' && kind != '{') {
      int lineStart = text.lastIndexOf('\n') + 1;
      boolean blank = text.substring(lineStart).chars().allMatch(Str::isSpace);
      if ((lineStart > 0 || lineStarting) && blank) {
        return text.substring(0, lineStart);
      }
    }
    return text;
  }

  private void data(String text) {
    if (!text.isEmpty()) {
      add(TemplateToken.Kind.DATA, text);
    }
    countLines(text);
  }

  private void skipTo(int end, int from) {
    countLines(source.substring(from, end));
    lineStarting = source.charAt(end - 1) == '\n';
    position = end;
  }

  private void countLines(String text) {
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      line++;
    }
  }

  /** Past the {@code raw} tag that begins here, or -1. */
  private int rawBegin(int from) {
    int at = Str.skipSpaces(source, from);
    if (!source.startsWith("raw", at)) {
      return -1;
    }
    return tagEnd("%}", Str.skipSpaces(source, at + 3));
  }

  private void raw() {
    for (int tag = source.indexOf("{%", position); tag >= 0; tag = source.indexOf("{%", tag + 1)) {
      char sign = signAt(tag + 2);
      int at = Str.skipSpaces(source, tag + (sign == ' ' ? 2 : 3));
      if (source.startsWith("endraw", at)) {
        int end = blockEnd(Str.skipSpaces(source, at + 6));
        if (end >= 0) {
          data(textBefore(source.substring(position, tag), sign, '%'));
          skipTo(end, tag);
          return;
        }
      }
    }
    throw new TemplateSyntaxError(line, "missing end of raw directive");
  }

  private void comment() {
    int end = source.indexOf("#}", position);
    if (end < 0) {
      throw new TemplateSyntaxError(line, "missing end of comment tag");
    }
    char sign = end > position ? source.charAt(end - 1) : ' ';
    int after = end + 2;
    if (sign == '-') {
      after = Str.skipSpaces(source, after);
    } else if (sign != '+' && source.startsWith("\n", after)) {
      after++;
    }
    skipTo(after, position);
  }

  /** Past the block end that stands here, or -1. */
  private int blockEnd(int at) {
    if (source.startsWith("+%}", at)) {
      return at + 3;
    }
    int end = tagEnd("%}", at);
    return end == at + 2 && source.startsWith("\n", end) ? end + 1 : end;
  }

  /** Past the end that stands here and swallows no line break, or -1. */
  private int tagEnd(String end, int at) {
    if (source.startsWith("-" + end, at)) {
      return Str.skipSpaces(source, at + 3);
    }
    return source.startsWith(end, at) ? at + 2 : -1;
  }

  private void code(char kind) {
    while (position < source.length()) {
      int end = !open.isEmpty() ? -1 : kind == '{' ? tagEnd("}}", position) : blockEnd(position);
      if (end >= 0) {
        add(kind == '{' ? TemplateToken.Kind.VARIABLE_END : TemplateToken.Kind.BLOCK_END, "");
        skipTo(end, position);
        return;
      }
      int past = Str.skipSpaces(source, position);
      if (past == position) {
        past = token();
      }
      skipTo(past, position);
    }
  }

  /** Adds the token that begins here and gives its end. */
  private int token() {
    char c = source.charAt(position);
    if (c >= '0' && c <= '9') {
      String number = here(FLOAT);
      return number.isEmpty()
          ? add(TemplateToken.Kind.INTEGER, here(INTEGER))
          : add(TemplateToken.Kind.FLOAT, number);
    }
    int name = nameEnd();
    if (name > position) {
      return add(TemplateToken.Kind.NAME, source.substring(position, name));
    }
    if (c == '\'' || c == '"') {
      int end = stringEnd(c);
      if (end > 0) {
        add(TemplateToken.Kind.STRING, source.substring(position + 1, end));
        return end + 1;
      }
    }
    String operator = here(OPERATOR);
    if (operator.isEmpty()) {
      throw new TemplateSyntaxError(line, "unexpected character '" + c + "'");
    }
    balance(operator);
    return add(TemplateToken.Kind.OPERATOR, operator);
  }

  /** What of a pattern stands here; empty if nothing does. */
  private String here(Pattern pattern) {
    Matcher matcher = pattern.matcher(source).region(position, source.length());
    return matcher.useTransparentBounds(true).lookingAt() ? matcher.group() : "";
  }

  private int nameEnd() {
    int end = position;
    while (end < source.length()) {
      int c = source.codePointAt(end);
      boolean part =
          c == '_' || (end == position ? Character.isUnicodeIdentifierStart(c) : isPart(c));
      if (!part) {
        break;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  private static boolean isPart(int c) {
    return Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
  }

  private int stringEnd(char quote) {
    for (int i = position + 1; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == quote) {
        return i;
      }
      if (c == '\\') {
        i++;
      }
    }
    return -1;
  }

  private void balance(String operator) {
    char c = operator.charAt(0);
    switch (c) {
      case '{' -> open.push('}');
      case '(' -> open.push(')');
      case '[' -> open.push(']');
      case '}', ')', ']' -> {
        if (open.isEmpty()) {
          throw new TemplateSyntaxError(line, "unexpected '" + c + "'");
        }
        char expected = open.pop();
        if (expected != c) {
          throw new TemplateSyntaxError(line, "expected '%c', found '%c'".formatted(expected, c));
        }
      }
      default -> {}
    }
  }

  private int add(TemplateToken.Kind kind, String text) {
    tokens.add(new TemplateToken(kind, text, line));
    return position + text.length();
  }
}
