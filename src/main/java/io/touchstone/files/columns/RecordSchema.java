package io.touchstone.files.columns;

import io.touchstone.files.columns.ColumnType.Field;
import io.touchstone.files.columns.ColumnType.ListOf;
import io.touchstone.files.columns.ColumnType.Scalar;
import io.touchstone.files.columns.ColumnType.Struct;
import io.touchstone.files.columns.ColumnType.Unseen;
import io.touchstone.problem.UnfitInputException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** What the columns of a Parquet file hold. */
final class RecordSchema {

  private final List<String> unfit = new ArrayList<>();

  private RecordSchema() {}

  /**
   * @throws UnfitInputException naming every column that has no place in a JSON row
   */
  static Columns columns(MessageType schema) throws UnfitInputException {
    RecordSchema reading = new RecordSchema();
    Struct fields = reading.struct(schema, "");
    if (!reading.unfit.isEmpty()) {
      throw new UnfitInputException(
          "expected columns of text, numbers, booleans, lists and structs, found "
              + String.join(", ", reading.unfit)
              + ": leave them out or cast them to one of those");
    }
    return new Columns(fields);
  }

  private Struct struct(GroupType group, String path) {
    return new Struct(
        group.getFields().stream()
            .map(field -> new Field(field.getName(), field(field, path + field.getName())))
            .toList());
  }

  private ColumnType field(Type type, String path) {
    return type.isRepetition(Type.Repetition.REPEATED)
        ? new ListOf(one(type, path))
        : one(type, path);
  }

  private ColumnType one(Type type, String path) {
    if (type.isPrimitive()) {
      ColumnType scalar = scalar(type.asPrimitiveType());
      return scalar == null ? unfit(type, path) : scalar;
    }
    GroupType group = type.asGroupType();
    LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
    if (isList(group)) {
      Type repeated = group.getType(0);
      return new ListOf(
          isElement(group, repeated)
              ? one(repeated, path)
              : field(repeated.asGroupType().getType(0), path));
    }
    return logical == null ? struct(group, path + ".") : unfit(type, path);
  }

  static boolean isList(GroupType group) {
    return group.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
        && group.getFieldCount() == 1
        && group.getType(0).isRepetition(Type.Repetition.REPEATED);
  }

  /** By the format's rules for lists of two levels, which older writers made. */
  static boolean isElement(GroupType list, Type repeated) {
    return repeated.isPrimitive()
        || repeated.asGroupType().getFieldCount() != 1
        || repeated.getName().equals("array")
        || repeated.getName().equals(list.getName() + "_tuple");
  }

  private ColumnType unfit(Type type, String path) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    String kind = type.isPrimitive() ? type.asPrimitiveType().getPrimitiveTypeName().name() : "";
    unfit.add(path + " (" + (logical == null ? kind : logical) + ")");
    return new Unseen();
  }

  private static @Nullable ColumnType scalar(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    // By its name: its class is not in the Parquet that Spark 4.0 brings.
    if (logical != null && logical.toString().equals("UNKNOWN")) {
      return new Unseen();
    }
    if (logical instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation whole) {
      return whole.isSigned() ? whole(type) : unsigned(whole.getBitWidth());
    }
    if (logical == null) {
      return switch (type.getPrimitiveTypeName()) {
        case BOOLEAN -> Scalar.BOOLEAN;
        case INT32, INT64 -> whole(type);
        case FLOAT -> Scalar.FLOAT;
        case DOUBLE -> Scalar.DOUBLE;
        case BINARY, INT96, FIXED_LEN_BYTE_ARRAY -> null;
      };
    }
    if (logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
      return Scalar.JSON;
    }
    return logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
            || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
        ? Scalar.TEXT
        : null;
  }

  private static Scalar whole(PrimitiveType type) {
    return type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT32
        ? Scalar.INT32
        : Scalar.INT64;
  }

  private static @Nullable Scalar unsigned(int bits) {
    return switch (bits) {
      case 8, 16 -> Scalar.INT32;
      case 32 -> Scalar.INT64;
      // Half of the values of 64 bits are beyond those of a signed column.
      default -> null;
    };
  }
}
