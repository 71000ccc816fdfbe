package io.touchstone.files.columns;

import io.touchstone.files.columns.ColumnType.Field;
import io.touchstone.files.columns.ColumnType.ListOf;
import io.touchstone.files.columns.ColumnType.MapOf;
import io.touchstone.files.columns.ColumnType.Scalar;
import io.touchstone.files.columns.ColumnType.Stored;
import io.touchstone.files.columns.ColumnType.Struct;
import java.util.Optional;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Columns as Parquet's own schema: every field optional, lists and maps in three levels. */
final class PartSchema {

  static final String LIST = "list";
  static final String ELEMENT = "element";
  static final String ENTRY = "key_value";
  static final String KEY = "key";
  static final String VALUE = "value";

  private PartSchema() {}

  static MessageType of(Columns columns) {
    return new MessageType(
        "row", columns.fields().fields().stream().map(PartSchema::field).toList());
  }

  private static Type field(Field field) {
    return type(field.type(), field.name());
  }

  private static Type type(ColumnType type, String name) {
    if (type instanceof ListOf list) {
      return Types.optionalList().element(type(list.element(), ELEMENT)).named(name);
    }
    if (type instanceof Struct struct) {
      return Types.optionalGroup()
          .addFields(struct.fields().stream().map(PartSchema::field).toArray(Type[]::new))
          .named(name);
    }
    if (type instanceof MapOf map) {
      return Types.optionalMap().key(key(map.key())).value(type(map.value(), VALUE)).named(name);
    }
    if (type instanceof Stored stored) {
      return stored(stored.type(), Type.Repetition.OPTIONAL, name);
    }
    return scalar(type instanceof Scalar scalar ? scalar : Scalar.TEXT, name);
  }

  /** How the keys of a map stand as an object's names; empty for those that are no such names. */
  static Optional<ValueForm> keyForm(MapOf map) {
    if (map.key() instanceof Stored stored) {
      return Optional.of(stored.form());
    }
    Type key = key(map.key());
    return key.isPrimitive() ? Optional.of(ValueForm.of(key.asPrimitiveType())) : Optional.empty();
  }

  /** A map has no entry without a key. */
  private static Type key(ColumnType type) {
    Type optional = type(type, KEY);
    if (optional.isPrimitive()) {
      return stored(optional.asPrimitiveType(), Type.Repetition.REQUIRED, KEY);
    }
    GroupType group = optional.asGroupType();
    return Types.requiredGroup()
        .as(group.getLogicalTypeAnnotation())
        .addFields(group.getFields().toArray(Type[]::new))
        .named(KEY);
  }

  private static Type stored(PrimitiveType type, Type.Repetition repetition, String name) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    // Parquet's library marks intervals in a way that other readers take for nothing but nulls.
    boolean unmarked = logical instanceof LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
    return Types.primitive(type.getPrimitiveTypeName(), repetition)
        .length(type.getTypeLength())
        .as(unmarked ? null : logical)
        .named(name);
  }

  private static Type scalar(Scalar type, String name) {
    return switch (type) {
      case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
      case INT32 -> Types.optional(PrimitiveTypeName.INT32).named(name);
      case INT64 -> Types.optional(PrimitiveTypeName.INT64).named(name);
      case FLOAT -> Types.optional(PrimitiveTypeName.FLOAT).named(name);
      case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
      case TEXT -> binary(LogicalTypeAnnotation.stringType(), name);
      case JSON -> binary(LogicalTypeAnnotation.jsonType(), name);
    };
  }

  private static Type binary(LogicalTypeAnnotation as, String name) {
    return Types.optional(PrimitiveTypeName.BINARY).as(as).named(name);
  }
}
