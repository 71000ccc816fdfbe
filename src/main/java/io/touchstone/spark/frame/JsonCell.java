package io.touchstone.spark.frame;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.line.LineJson;
import io.touchstone.conversation.line.LineText;
import io.touchstone.files.columns.ColumnType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What annotate writes into lines, as values of columns. */
final class JsonCell {

  private JsonCell() {}

  /** The type of a column of such values. */
  static DataType type(ColumnType type) {
    if (type instanceof ColumnType.ListOf list) {
      return DataTypes.createArrayType(type(list.element()));
    }
    if (type instanceof ColumnType.Struct struct) {
      return new StructType(
          struct.fields().stream()
              .map(field -> DataTypes.createStructField(field.name(), type(field.type()), true))
              .toArray(StructField[]::new));
    }
    if (type instanceof ColumnType.Scalar scalar) {
      return switch (scalar) {
        case BOOLEAN -> DataTypes.BooleanType;
        case INT32, INT64 -> DataTypes.LongType;
        case FLOAT, DOUBLE -> DataTypes.DoubleType;
        case TEXT, JSON -> DataTypes.StringType;
      };
    }
    return DataTypes.NullType;
  }

  /**
   * Those of a line's members that have such names.
   *
   * @param types by name
   */
  static Map<String, Object> members(byte[] line, Map<String, DataType> types) {
    try (JsonParser in = LineJson.parser(LineText.of(line))) {
      in.nextToken();
      return members(in, types);
    } catch (IOException e) {
      throw new UncheckedIOException("a line in memory cannot fail to be read", e);
    }
  }

  /** The same of each object of the list that one member is. */
  static List<Map<String, Object>> membersOfEach(
      byte[] line, String list, Map<String, DataType> types) {
    List<Map<String, Object>> each = new ArrayList<>();
    try (JsonParser in = LineJson.parser(LineText.of(line))) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        boolean meant = in.currentName().equals(list);
        in.nextToken();
        if (!meant) {
          in.skipChildren();
          continue;
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
          each.add(members(in, types));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a line in memory cannot fail to be read", e);
    }
    return each;
  }

  /** From the begin of an object to its end. */
  private static Map<String, Object> members(JsonParser in, Map<String, DataType> types)
      throws IOException {
    Map<String, Object> members = new HashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      DataType type = types.get(name);
      if (type == null || value == JsonToken.VALUE_NULL) {
        in.skipChildren();
      } else {
        members.put(name, value(in, type));
      }
    }
    return members;
  }

  private static @Nullable Object value(JsonParser in, DataType type) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (type instanceof ArrayType array) {
      List<@Nullable Object> elements = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        elements.add(value(in, array.elementType()));
      }
      return elements.toArray();
    }
    if (type instanceof StructType struct) {
      @Nullable Object[] fields = new @Nullable Object[struct.length()];
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        int field = struct.fieldIndex(in.currentName());
        in.nextToken();
        fields[field] = value(in, struct.fields()[field].dataType());
      }
      return RowFactory.create(fields);
    }
    return switch (type.typeName()) {
      case "double" -> in.getDoubleValue();
      case "long" -> in.getLongValue();
      case "boolean" -> in.getBooleanValue();
      default -> in.getText();
    };
  }
}
