package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.FloatText;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.Printing;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Value;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part after the colon in {@code '{:>8.2f}'}. */
record FormatSpec(
    String fill,
    char align,
    char sign,
    boolean alternate,
    int width,
    String grouping,
    int precision,
    char type) {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\\d+)?([,_])?(?:\\.(\\d+))?([bcdeEfFgGnosxX%])?",
          Pattern.DOTALL);
  private static final char NONE = 0;

  static FormatSpec parse(String spec) {
    Matcher matcher = GRAMMAR.matcher(spec);
    if (!matcher.matches()) {
      throw new PythonError("invalid or unsupported format specifier");
    }
    boolean zeros = matcher.group(5) != null;
    String align = matcher.group(2);
    String fill = matcher.group(1);
    return new FormatSpec(
        fill != null ? fill : zeros ? "0" : " ",
        align != null ? align.charAt(0) : zeros ? '=' : NONE,
        matcher.group(3) != null ? matcher.group(3).charAt(0) : '-',
        matcher.group(4) != null,
        count(matcher.group(6), 0),
        matcher.group(7) != null ? matcher.group(7) : "",
        count(matcher.group(8), -1),
        matcher.group(9) != null ? matcher.group(9).charAt(0) : NONE);
  }

  private static int count(@Nullable String digits, int fallback) {
    if (digits == null) {
      return fallback;
    }
    if (digits.length() > 6) {
      throw new PythonError("a format's width or precision of more than 6 digits");
    }
    return Integer.parseInt(digits);
  }

  String apply(Object value) {
    String text = Str.of(value);
    if (text != null) {
      return ofText(text);
    }
    if (Numeric.is(value)) {
      boolean isFloat = value instanceof Double || type != NONE && "eEfFgG%".indexOf(type) >= 0;
      return isFloat
          ? ofFloat(Numeric.toDouble(value), value instanceof Double)
          : ofInteger(Numeric.big(value));
    }
    throw new PythonError("a format specifier does not fit " + Value.typeName(value));
  }

  private String ofText(String text) {
    if (type != NONE && type != 's'
        || sign != '-'
        || alternate
        || align == '=' && !fill.equals("0")
        || !grouping.isEmpty()) {
      throw new PythonError("a number's format specifier does not fit str");
    }
    return padded("", Str.first(precision, text), align == NONE || align == '=' ? '<' : align);
  }

  private String ofInteger(BigInteger value) {
    if (precision >= 0) {
      throw new PythonError("precision does not fit int");
    }
    if (type == 'c') {
      return padded("", Character.toString(value.intValueExact()), align == NONE ? '<' : align);
    }
    int radix =
        switch (type) {
          case 'b' -> 2;
          case 'o' -> 8;
          case 'x', 'X' -> 16;
          case NONE, 'd', 'n' -> 10;
          default -> throw new PythonError("this format type does not fit int");
        };
    String digits = radix == 10 ? Printing.digits(value.abs()) : value.abs().toString(radix);
    String prefix = alternate && radix != 10 ? "0" + type : "";
    digits = type == 'X' ? Str.upper(digits) : digits;
    return numeric(signOf(value.signum() < 0) + prefix, digits, radix == 10 ? 3 : 4);
  }

  private String ofFloat(double value, boolean wasFloat) {
    double magnitude = Math.abs(value);
    String digits;
    if (type == NONE && precision < 0) {
      digits = Numeric.repr(magnitude);
    } else if (type == NONE) {
      digits = FloatText.of(magnitude, 'g', precision);
      if (wasFloat && digits.chars().allMatch(Character::isDigit)) {
        throw new PythonError("a precision without a type is not supported for whole floats");
      }
    } else if (type == '%') {
      digits = FloatText.of(magnitude * 100, 'f', precision < 0 ? 6 : precision) + "%";
    } else if ("eEfFgG".indexOf(type) < 0 || alternate) {
      throw new PythonError("this format type does not fit float");
    } else {
      digits = FloatText.of(magnitude, type, precision < 0 ? 6 : precision);
    }
    return numeric(signOf(Numeric.isNegative(value)), digits, 3);
  }

  private String signOf(boolean negative) {
    return negative ? "-" : sign == '-' ? "" : String.valueOf(sign);
  }

  private String numeric(String head, String digits, int groupSize) {
    int radix = type == 'x' || type == 'X' ? 16 : 10;
    int end = 0;
    while (end < digits.length() && Character.digit(digits.charAt(end), radix) >= 0) {
      end++;
    }
    String whole = digits.substring(0, end);
    if (!grouping.isEmpty()) {
      if (align == '=' && fill.equals("0") && width > 0) {
        throw new PythonError("zero padding with digit groups is not supported");
      }
      whole = whole.replaceAll("\\B(?=(?:\\w{%d})+$)".formatted(groupSize), grouping);
    }
    return padded(head, whole + digits.substring(end), align == NONE ? '>' : align);
  }

  private String padded(String head, String text, char alignment) {
    int missing = Math.max(0, width - Str.length(head) - Str.length(text));
    return switch (alignment) {
      case '<' -> head + text + fill.repeat(missing);
      case '^' -> fill.repeat(missing / 2) + head + text + fill.repeat(missing - missing / 2);
      case '=' -> head + fill.repeat(missing) + text;
      default -> fill.repeat(missing) + head + text;
    };
  }
}
