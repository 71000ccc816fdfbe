package io.touchstone.files.columns;

import io.touchstone.files.columns.ColumnType.Field;
import io.touchstone.files.columns.ColumnType.ListOf;
import io.touchstone.files.columns.ColumnType.MapOf;
import io.touchstone.files.columns.ColumnType.Scalar;
import io.touchstone.files.columns.ColumnType.Stored;
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
          "expected columns that can stand in a JSON row, found "
              + String.join(", ", reading.unfit)
              + ": leave them out, with --drop-columns where the job has it, or cast them to"
              + " text");
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
      return scalar instanceof Stored stored && !StoredTypes.isDeclared(stored)
          ? unfit(type, path)
          : scalar;
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
    if (isMap(group)) {
      GroupType entry = group.getType(0).asGroupType();
      return new MapOf(
          field(entry.getType(0), path + ".key"), field(entry.getType(1), path + ".value"));
    }
    return logical == null ? struct(group, path + ".") : unfit(type, path);
  }

  /** Whether a group is a map, also as writers annotated it before there was a word for it. */
  static boolean isMap(GroupType group) {
    LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
    return (logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
            || logical instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation)
        && group.getFieldCount() == 1
        && group.getType(0).isRepetition(Type.Repetition.REPEATED)
        && !group.getType(0).isPrimitive()
        && group.getType(0).asGroupType().getFieldCount() == 2;
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
    unfit.add(path + " (" + type.getLogicalTypeAnnotation() + ")");
    return new Unseen();
  }

  private static ColumnType scalar(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    // By its name: its class is not in the Parquet that Spark 4.0 brings.
    if (logical != null && logical.toString().equals("UNKNOWN")) {
      return new Unseen();
    }
    Scalar json = json(type);
    return json == null ? Stored.of(type) : json;
  }

  /** The type among JSON's that says all; null for a type that is Parquet's own. */
  static @Nullable Scalar json(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
      return Scalar.JSON;
    }
    if (logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation) {
      return Scalar.TEXT;
    }
    if (logical != null && !isPlain(logical)) {
      return null;
    }
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> Scalar.BOOLEAN;
      case INT32 -> Scalar.INT32;
      case INT64 -> Scalar.INT64;
      case FLOAT -> Scalar.FLOAT;
      case DOUBLE -> Scalar.DOUBLE;
      case BINARY, INT96, FIXED_LEN_BYTE_ARRAY -> null;
    };
  }

  /** Numbers of as many bits as are stored: their annotation says nothing more. */
  private static boolean isPlain(LogicalTypeAnnotation logical) {
    return logical instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation whole
        && whole.isSigned()
        && whole.getBitWidth() >= 32;
  }
}
