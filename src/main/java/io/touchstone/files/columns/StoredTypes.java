package io.touchstone.files.columns;

import io.touchstone.files.columns.ColumnType.Scalar;
import io.touchstone.files.columns.ColumnType.Stored;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Parquet's own types as columns have them: declared, and compared. */
final class StoredTypes {

  private static final int MOST_DECIMAL_DIGITS = 38;
  private static final int DECIMAL_BYTES = 16;

  /** By how they are declared; schemas have a handful of them. */
  private static final Map<String, Declared> DECLARED = new ConcurrentHashMap<>();

  /** A type, and how its values stand in JSON. */
  record Declared(PrimitiveType type, ValueForm form) {}

  private StoredTypes() {}

  static String declared(PrimitiveType type) {
    return Types.required(type.getPrimitiveTypeName())
        .length(type.getTypeLength())
        .as(type.getLogicalTypeAnnotation())
        .named("value")
        .toString();
  }

  static Declared declared(String text) {
    return DECLARED.computeIfAbsent(text, StoredTypes::parsed);
  }

  /** Whether Parquet reads the declaration, too: not of each reference system of a geometry. */
  static boolean isDeclared(Stored stored) {
    try {
      declared(stored.declared());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Declared parsed(String text) {
    PrimitiveType type =
        MessageTypeParser.parseMessageType("message of { " + text + "; }")
            .getType(0)
            .asPrimitiveType();
    return new Declared(type, ValueForm.of(type));
  }

  /** The narrowest type that has room for both, of which one is Parquet's own. */
  static ColumnType merged(ColumnType one, ColumnType other) {
    Optional<Scalar> plain = plain(one);
    Optional<Scalar> plainOther = plain(other);
    if (plain.isPresent() && plainOther.isPresent()) {
      return plain.get().merged(plainOther.get());
    }
    if (one instanceof Stored first && other instanceof Stored second) {
      LogicalTypeAnnotation a = first.type().getLogicalTypeAnnotation();
      LogicalTypeAnnotation b = second.type().getLogicalTypeAnnotation();
      if (a instanceof DecimalLogicalTypeAnnotation x
          && b instanceof DecimalLogicalTypeAnnotation y) {
        return decimal(x, y);
      }
      if (a instanceof TimestampLogicalTypeAnnotation x
          && b instanceof TimestampLogicalTypeAnnotation y
          && x.isAdjustedToUTC() == y.isAdjustedToUTC()) {
        return x.getUnit().compareTo(y.getUnit()) > 0 ? one : other;
      }
    }
    return Scalar.JSON;
  }

  private static ColumnType decimal(
      DecimalLogicalTypeAnnotation one, DecimalLogicalTypeAnnotation other) {
    int scale = Math.max(one.getScale(), other.getScale());
    int whole =
        Math.max(one.getPrecision() - one.getScale(), other.getPrecision() - other.getScale());
    if (whole + scale > MOST_DECIMAL_DIGITS) {
      return Scalar.JSON;
    }
    return Stored.of(
        Types.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
            .length(DECIMAL_BYTES)
            .as(LogicalTypeAnnotation.decimalType(scale, whole + scale))
            .named("value"));
  }

  /** Whether one has room for each value of the other; neither is a list, a map or a struct. */
  static boolean covers(ColumnType one, ColumnType other) {
    if (one instanceof Stored first
        && other instanceof Stored second
        && first.type().getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation x
        && second.type().getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation y) {
      return x.getScale() >= y.getScale()
          && x.getPrecision() - x.getScale() >= y.getPrecision() - y.getScale();
    }
    Optional<Scalar> narrow = plain(other);
    if (!(one instanceof Scalar wide) || narrow.isEmpty()) {
      return false;
    }
    return wide == narrow.get()
        || wide == Scalar.INT64 && narrow.get() == Scalar.INT32
        || wide == Scalar.DOUBLE && (narrow.get() == Scalar.INT32 || narrow.get() == Scalar.FLOAT);
  }

  /** The type among JSON's that has room for each value. */
  private static Optional<Scalar> plain(ColumnType type) {
    if (type instanceof Scalar scalar) {
      return Optional.of(scalar);
    }
    if (!(type instanceof Stored stored)) {
      return Optional.empty();
    }
    LogicalTypeAnnotation logical = stored.type().getLogicalTypeAnnotation();
    if (logical instanceof Float16LogicalTypeAnnotation) {
      return Optional.of(Scalar.FLOAT);
    }
    if (logical instanceof IntLogicalTypeAnnotation whole) {
      int bits = whole.getBitWidth() + (whole.isSigned() ? 0 : 1);
      return bits <= 32
          ? Optional.of(Scalar.INT32)
          : bits <= 64 ? Optional.of(Scalar.INT64) : Optional.empty();
    }
    return Optional.empty();
  }
}
