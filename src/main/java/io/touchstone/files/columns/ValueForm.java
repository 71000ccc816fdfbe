package io.touchstone.files.columns;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * How the values of one of Parquet's types are written as text, and read from it: each text leads
 * back to the value that it was made of.
 *
 * <p>Values are what Parquet hands out: {@code Boolean}, {@code Integer}, {@code Long}, {@code
 * Float}, {@code Double} or {@link Binary}.
 *
 * @param kind what the text stands as in JSON
 * @param text of a value
 * @param value of a text; throws an arithmetic, argument or date exception where there is none
 */
record ValueForm(Kind kind, Function<Object, String> text, Function<String, Object> value) {

  /** What {@code double} and {@code float} hold that is no number of JSON's. */
  static final Set<String> NAMED_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  /** What stands in JSON. */
  enum Kind {
    /** Bare; the names of what is no number stand in quotes. */
    NUMBER,
    /** Bare. */
    BOOLEAN,
    TEXT
  }

  /** Empty where no text says the value: bytes that should be UTF-8 and are not. */
  Optional<String> said(Object value) {
    try {
      return Optional.of(text.apply(value));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The value that has this text; empty if none has. */
  Optional<Object> read(String given) {
    return near(given).filter(read -> text.apply(read).equals(given));
  }

  /** The value that a JSON value says, a number in any spelling; empty if there is none. */
  Optional<Object> read(JsonNode json) {
    return switch (kind) {
      case NUMBER -> json.isNumber() ? near(SignedZeros.text(json)) : named(json);
      case BOOLEAN -> json.isBoolean() ? read(json.asText()) : Optional.empty();
      case TEXT -> json.isTextual() ? read(json.textValue()) : Optional.empty();
    };
  }

  private Optional<Object> named(JsonNode json) {
    return json.isTextual() && NAMED_NUMBERS.contains(json.textValue())
        ? near(json.textValue())
        : Optional.empty();
  }

  private Optional<Object> near(String given) {
    try {
      return Optional.of(value.apply(given));
    } catch (ArithmeticException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The form of a type. */
  static ValueForm of(PrimitiveType type) {
    var logical = type.getLogicalTypeAnnotation();
    if (logical instanceof TimestampLogicalTypeAnnotation stamp) {
      return TimeForms.timestamp(stamp);
    }
    if (logical instanceof TimeLogicalTypeAnnotation time) {
      return TimeForms.time(time, type);
    }
    if (logical instanceof DateLogicalTypeAnnotation) {
      return TimeForms.date();
    }
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return NumberForms.decimal(decimal, type);
    }
    if (logical instanceof IntLogicalTypeAnnotation whole) {
      return NumberForms.whole(whole, type);
    }
    if (logical instanceof Float16LogicalTypeAnnotation) {
      return NumberForms.half();
    }
    if (logical instanceof UUIDLogicalTypeAnnotation) {
      return BinaryForms.uuid();
    }
    if (logical instanceof IntervalLogicalTypeAnnotation) {
      return TimeForms.interval();
    }
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> new ValueForm(Kind.BOOLEAN, Object::toString, ValueForm::truth);
      case INT32, INT64 -> NumberForms.whole(type);
      case FLOAT -> new ValueForm(Kind.NUMBER, Object::toString, Float::valueOf);
      case DOUBLE -> new ValueForm(Kind.NUMBER, Object::toString, Double::valueOf);
      case INT96 -> TimeForms.int96();
      case BINARY, FIXED_LEN_BYTE_ARRAY ->
          logical instanceof StringLogicalTypeAnnotation
                  || logical instanceof EnumLogicalTypeAnnotation
                  || logical instanceof JsonLogicalTypeAnnotation
              ? BinaryForms.utf8()
              : BinaryForms.bytes(type);
    };
  }

  private static Object truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return text.equals("true");
  }
}
