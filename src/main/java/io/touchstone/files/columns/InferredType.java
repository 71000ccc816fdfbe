package io.touchstone.files.columns;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.files.columns.ColumnType.ListOf;
import io.touchstone.files.columns.ColumnType.Scalar;
import io.touchstone.files.columns.ColumnType.Struct;
import io.touchstone.files.columns.ColumnType.Unseen;
import java.util.LinkedHashMap;
import java.util.Map;

/** The type that a JSON value shows. */
final class InferredType {

  private InferredType() {}

  static ColumnType of(JsonNode value) {
    if (value.isNull()) {
      return new Unseen();
    }
    if (value.isBoolean()) {
      return Scalar.BOOLEAN;
    }
    if (value.isIntegralNumber()) {
      return value.canConvertToLong() ? Scalar.INT64 : Scalar.JSON;
    }
    if (value.isNumber()) {
      return Scalar.DOUBLE;
    }
    if (value.isTextual()) {
      return Scalar.TEXT;
    }
    if (value.isArray()) {
      ColumnType element = new Unseen();
      for (JsonNode each : value) {
        element = element.merged(of(each));
      }
      return new ListOf(element);
    }
    Map<String, ColumnType> fields = new LinkedHashMap<>();
    value.properties().forEach(field -> fields.put(field.getKey(), of(field.getValue())));
    return Struct.of(fields);
  }
}
