package io.touchstone.files.columns;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.files.columns.ColumnType.ListOf;
import io.touchstone.files.columns.ColumnType.MapOf;
import io.touchstone.files.columns.ColumnType.Scalar;
import io.touchstone.files.columns.ColumnType.Stored;
import io.touchstone.files.columns.ColumnType.Struct;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Whether a JSON value can be read back from a column as the value that it was. */
final class ColumnFit {

  private ColumnFit() {}

  static boolean of(JsonNode value, ColumnType type) {
    if (value.isNull()) {
      return true;
    }
    if (type instanceof Scalar scalar) {
      return of(value, scalar);
    }
    if (type instanceof ListOf list) {
      if (!value.isArray()) {
        return false;
      }
      for (JsonNode each : value) {
        if (!of(each, list.element())) {
          return false;
        }
      }
      return true;
    }
    if (type instanceof MapOf map) {
      return value.isArray() ? entries(value, map) : value.isObject() && members(value, map);
    }
    if (type instanceof Stored stored) {
      return stored.form().read(value).isPresent();
    }
    return type instanceof Struct struct && value.isObject() && fields(value, struct);
  }

  /** An object of a map, whose names are its keys. */
  private static boolean members(JsonNode value, MapOf map) {
    Optional<ValueForm> form = PartSchema.keyForm(map);
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (form.isEmpty()
          || form.get().read(entry.getKey()).isEmpty()
          || !of(entry.getValue(), map.value())) {
        return false;
      }
    }
    return true;
  }

  /** A list of a map's entries. */
  private static boolean entries(JsonNode value, MapOf map) {
    for (JsonNode entry : value) {
      if (!entry.isObject()
          || entry.size() != 2
          || !entry.hasNonNull(PartSchema.KEY)
          || !entry.has(PartSchema.VALUE)
          || !of(entry.get(PartSchema.KEY), map.key())
          || !of(entry.get(PartSchema.VALUE), map.value())) {
        return false;
      }
    }
    return true;
  }

  private static boolean fields(JsonNode value, Struct struct) {
    Map<String, ColumnType> known = struct.byName();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      ColumnType type = known.get(field.getKey());
      if (type == null || !of(field.getValue(), type)) {
        return false;
      }
    }
    return true;
  }

  private static boolean of(JsonNode value, Scalar type) {
    return switch (type) {
      case BOOLEAN -> value.isBoolean();
      case INT32 -> value.isIntegralNumber() && value.canConvertToInt();
      case INT64 -> value.isIntegralNumber() && value.canConvertToLong();
      case FLOAT ->
          isNamed(value) || value.isNumber() && isNear(value, Float.parseFloat(value.asText()), 9);
      case DOUBLE -> isNamed(value) || value.isNumber() && isNear(value, value.doubleValue(), 17);
      case TEXT -> value.isTextual() && JsonFields.isUnicode(value.textValue());
      case JSON -> true;
    };
  }

  private static boolean isNamed(JsonNode value) {
    return value.isTextual() && ValueForm.NAMED_NUMBERS.contains(value.textValue());
  }

  /** More digits than tell all values of a type apart say something that the type does not. */
  private static boolean isNear(JsonNode value, double found, int digits) {
    BigDecimal written = value.decimalValue();
    if (!Double.isFinite(found) || found == 0 != (written.signum() == 0)) {
      return false;
    }
    return value.isIntegralNumber()
        ? new BigDecimal(found).compareTo(written) == 0
        : written.stripTrailingZeros().precision() <= digits;
  }
}
