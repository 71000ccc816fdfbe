package io.touchstone.template.jinja.python;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Python's strings: what differs from Java's, above all counting by code point. */
public final class Str {
  /** The one letter whose capital does not begin with a capital. */
  private static final int N_AFTER_APOSTROPHE = 0x149;

  private Str() {}

  /** The text of a str (marked safe or not), else null. */
  public static @Nullable String of(Object value) {
    return value instanceof String text ? text : value instanceof Markup m ? m.text() : null;
  }

  public static String required(@Nullable Object value, String what) {
    String text = value == null ? null : of(value);
    if (text == null) {
      String found = value == null ? "nothing" : Value.typeName(value);
      throw new PythonError("%s must be a str, found %s".formatted(what, found));
    }
    return text;
  }

  public static boolean isSpace(int c) {
    return c == 0x85 || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** The end of the white space that begins at an offset. */
  public static int skipSpaces(String text, int from) {
    int end = from;
    while (end < text.length() && isSpace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  public static boolean isPrintable(int c) {
    if (c == ' ') {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  public static boolean isNumeric(int c) {
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> false;
    };
  }

  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The first characters, counted in code points; a negative number of them is all. */
  public static String first(int most, String text) {
    return most >= 0 && most < length(text)
        ? text.substring(0, text.offsetByCodePoints(0, most))
        : text;
  }

  /** The character at an index, counted in code points. */
  public static String at(String text, int index) {
    int start = text.offsetByCodePoints(0, index);
    return text.substring(start, text.offsetByCodePoints(start, 1));
  }

  public static String stripLeft(String text, @Nullable String characters) {
    int start = 0;
    while (start < text.length()) {
      int c = text.codePointAt(start);
      if (!isStripped(c, characters)) {
        break;
      }
      start += Character.charCount(c);
    }
    return text.substring(start);
  }

  public static String stripRight(String text, @Nullable String characters) {
    int end = text.length();
    while (end > 0) {
      int c = text.codePointBefore(end);
      if (!isStripped(c, characters)) {
        break;
      }
      end -= Character.charCount(c);
    }
    return text.substring(0, end);
  }

  public static String strip(String text, @Nullable String characters) {
    return stripLeft(stripRight(text, characters), characters);
  }

  private static boolean isStripped(int c, @Nullable String characters) {
    return characters == null ? isSpace(c) : characters.indexOf(c) >= 0;
  }

  /** What {@code splitlines} does with the line ends. */
  public enum LineEnds {
    KEPT,
    DROPPED
  }

  /** {@code str.splitlines()}. */
  public static List<Object> lines(String text, LineEnds ends) {
    List<Object> lines = new ArrayList<>();
    int start = 0;
    int i = 0;
    while (i < text.length()) {
      if (!isLineEnd(text.charAt(i))) {
        i++;
        continue;
      }
      int end = i;
      i += text.startsWith("\r\n", i) ? 2 : 1;
      lines.add(text.substring(start, ends == LineEnds.KEPT ? i : end));
      start = i;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  public static boolean isLineEnd(int c) {
    return c >= '\n' && c <= '\r'
        || c >= 0x1c && c <= 0x1e
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }

  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  public static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    String first = text.substring(0, text.offsetByCodePoints(0, 1));
    return titleCase(first) + lower(text).substring(lower(first).length());
  }

  /** One code point in title case; several where its capital is several. */
  static String titleCase(String character) {
    int c = character.codePointAt(0);
    String upper = upper(character);
    if (c == N_AFTER_APOSTROPHE) {
      return upper;
    }
    if (Character.toTitleCase(c) != c || length(upper) == 1) {
      return Character.toString(Character.toTitleCase(c));
    }
    int first = upper.offsetByCodePoints(0, 1);
    return upper.substring(0, first) + lower(upper.substring(first));
  }

  /** {@code str.title()}: letters after something that has no case begin a word. */
  public static String title(String text) {
    StringBuilder out = new StringBuilder(text.length());
    String lower = lower(text);
    boolean sameShape = lower.length() == text.length();
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      String character = Character.toString(c);
      if (!inWord) {
        out.append(titleCase(character));
      } else if (sameShape) {
        out.appendCodePoint(lower.codePointAt(i));
      } else {
        out.append(lower(character));
      }
      inWord = isCased(c);
      i += Character.charCount(c);
    }
    return out.toString();
  }

  static boolean isCased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  /** {@code str.join}. */
  public static String joined(
      Iterator<?> items, String separator, Function<Object, String> text, Rendering rendering) {
    StringBuilder out = new StringBuilder();
    for (boolean first = true; items.hasNext(); first = false) {
      String item = text.apply(items.next());
      rendering.make((long) item.length() + separator.length());
      out.append(first ? "" : separator).append(item);
    }
    return out.toString();
  }

  /** {@code str.replace}; a negative count replaces all. */
  public static String replace(String text, Replacement replacement, Rendering rendering) {
    String old = replacement.old();
    String with = replacement.with();
    long most = replacement.most() < 0 ? Long.MAX_VALUE : replacement.most();
    StringBuilder out = new StringBuilder();
    int position = 0;
    for (long done = 0; done < most; done++) {
      int found = old.isEmpty() ? position : text.indexOf(old, position);
      if (found < 0) {
        break;
      }
      rendering.make((long) with.length() + 1);
      out.append(text, position, found).append(with);
      position = found + old.length();
      if (old.isEmpty()) {
        if (position >= text.length()) {
          return out.toString();
        }
        int next = text.offsetByCodePoints(position, 1);
        out.append(text, position, next);
        position = next;
      }
    }
    rendering.make(text.length());
    return out.isEmpty()
        ? text.substring(position)
        : out.append(text, position, text.length()).toString();
  }

  /**
   * What to replace.
   *
   * @param most how often; negative for no bound
   */
  public record Replacement(String old, String with, int most) {}
}
