package io.touchstone.template.jinja.python;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code str.split} and its relatives. */
public final class Splitting {
  private Splitting() {}

  public static List<Object> atSpaces(String text, int most, Rendering rendering) {
    List<Object> parts = new ArrayList<>();
    int start = Str.skipSpaces(text, 0);
    while (start < text.length()) {
      int end = text.length();
      if (most < 0 || parts.size() < most) {
        end = start;
        while (end < text.length() && !Str.isSpace(text.charAt(end))) {
          end++;
        }
      }
      rendering.makeItems(1);
      parts.add(text.substring(start, end));
      start = Str.skipSpaces(text, end);
    }
    return parts;
  }

  public static List<Object> atSpacesFromRight(String text, int most, Rendering rendering) {
    List<Object> parts = new ArrayList<>();
    int end = skipSpacesBefore(text, text.length());
    while (end > 0) {
      int start = 0;
      if (most < 0 || parts.size() < most) {
        start = end;
        while (start > 0 && !Str.isSpace(text.charAt(start - 1))) {
          start--;
        }
      }
      rendering.makeItems(1);
      parts.add(text.substring(start, end));
      end = skipSpacesBefore(text, start);
    }
    Collections.reverse(parts);
    return parts;
  }

  private static int skipSpacesBefore(String text, int from) {
    int position = from;
    while (position > 0 && Str.isSpace(text.charAt(position - 1))) {
      position--;
    }
    return position;
  }

  public static List<Object> at(String text, String separator, int most, Rendering rendering) {
    requireSeparator(separator);
    List<Object> parts = new ArrayList<>();
    int start = 0;
    int found = text.indexOf(separator);
    while (found >= 0 && (most < 0 || parts.size() < most)) {
      rendering.makeItems(1);
      parts.add(text.substring(start, found));
      start = found + separator.length();
      found = text.indexOf(separator, start);
    }
    rendering.makeItems(1);
    parts.add(text.substring(start));
    return parts;
  }

  public static List<Object> atFromRight(
      String text, String separator, int most, Rendering rendering) {
    requireSeparator(separator);
    List<Object> parts = new ArrayList<>();
    int end = text.length();
    int found = text.lastIndexOf(separator);
    while (found >= 0 && (most < 0 || parts.size() < most)) {
      rendering.makeItems(1);
      parts.add(text.substring(found + separator.length(), end));
      end = found;
      found = text.lastIndexOf(separator, end - separator.length());
    }
    rendering.makeItems(1);
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  public static Tuple partition(String text, String separator) {
    requireSeparator(separator);
    int found = text.indexOf(separator);
    return found < 0 ? Tuple.of(text, "", "") : parted(text, separator, found);
  }

  public static Tuple partitionFromRight(String text, String separator) {
    requireSeparator(separator);
    int found = text.lastIndexOf(separator);
    return found < 0 ? Tuple.of("", "", text) : parted(text, separator, found);
  }

  private static Tuple parted(String text, String separator, int found) {
    return Tuple.of(
        text.substring(0, found), separator, text.substring(found + separator.length()));
  }

  private static void requireSeparator(String separator) {
    if (separator.isEmpty()) {
      throw new PythonError("empty separator");
    }
  }
}
