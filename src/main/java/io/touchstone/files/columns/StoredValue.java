package io.touchstone.files.columns;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Values as Parquet hands them out and takes them, whatever they mean. */
final class StoredValue {

  private StoredValue() {}

  static Object of(Group group, int field, int index) {
    return switch (group.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> group.getBoolean(field, index);
      case INT32 -> group.getInteger(field, index);
      case INT64 -> group.getLong(field, index);
      case FLOAT -> group.getFloat(field, index);
      case DOUBLE -> group.getDouble(field, index);
      case INT96 -> group.getInt96(field, index);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> group.getBinary(field, index);
    };
  }

  static void write(Object value, RecordConsumer out) {
    if (value instanceof Boolean truth) {
      out.addBoolean(truth);
    } else if (value instanceof Integer whole) {
      out.addInteger(whole);
    } else if (value instanceof Long whole) {
      out.addLong(whole);
    } else if (value instanceof Float number) {
      out.addFloat(number);
    } else if (value instanceof Double number) {
      out.addDouble(number);
    } else {
      out.addBinary((Binary) value);
    }
  }
}
