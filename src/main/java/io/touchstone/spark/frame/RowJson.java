package io.touchstone.spark.frame;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.touchstone.conversation.line.ValueText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.VariantVal;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/** Rows of a Dataset as lines of JSON, with the same texts as rows of Parquet files have there. */
final class RowJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final StructType schema;

  RowJson(StructType schema) {
    this.schema = schema;
  }

  /** One object in UTF-8, with a member for each column; null is null. */
  byte[] of(Row row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      object(out, row, schema);
    } catch (IOException e) {
      throw new UncheckedIOException("a row in memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static void object(JsonGenerator out, Row row, StructType type) throws IOException {
    out.writeStartObject();
    StructField[] fields = type.fields();
    for (int i = 0; i < fields.length; i++) {
      out.writeFieldName(fields[i].name());
      value(out, row.get(i), fields[i].dataType());
    }
    out.writeEndObject();
  }

  private static void value(JsonGenerator out, @Nullable Object value, DataType type)
      throws IOException {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof Row row && type instanceof StructType struct) {
      object(out, row, struct);
    } else if (value instanceof Iterable<?> list && type instanceof ArrayType array) {
      out.writeStartArray();
      for (Object element : CollectionConverters.asJava(list)) {
        value(out, element, array.elementType());
      }
      out.writeEndArray();
    } else if (value instanceof scala.collection.Map<?, ?> map && type instanceof MapType types) {
      map(out, CollectionConverters.asJava(map), types);
    } else if (value instanceof VariantVal variant) {
      out.writeRawValue(variant.toJson(ZoneOffset.UTC));
    } else {
      scalar(out, value);
    }
  }

  /** Where no object can say it, for keys that have parts, entries. */
  private static void map(JsonGenerator out, Map<?, ?> map, MapType types) throws IOException {
    boolean entries =
        types.keyType() instanceof StructType
            || types.keyType() instanceof ArrayType
            || types.keyType() instanceof MapType;
    if (entries) {
      out.writeStartArray();
    } else {
      out.writeStartObject();
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entries) {
        out.writeStartObject();
        out.writeFieldName("key");
        value(out, entry.getKey(), types.keyType());
        out.writeFieldName("value");
        value(out, entry.getValue(), types.valueType());
        out.writeEndObject();
      } else {
        out.writeFieldName(name(entry.getKey()));
        value(out, entry.getValue(), types.valueType());
      }
    }
    if (entries) {
      out.writeEndArray();
    } else {
      out.writeEndObject();
    }
  }

  private static String name(Object key) {
    return key instanceof Boolean || key instanceof Number && !(key instanceof BigDecimal)
        ? key.toString()
        : text(key);
  }

  private static void scalar(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof Double number) {
      out.writeRawValue(ValueText.json(number));
    } else if (value instanceof Float number) {
      out.writeRawValue(ValueText.json(number));
    } else if (value instanceof BigDecimal number) {
      out.writeRawValue(ValueText.decimal(number));
    } else if (value instanceof Number whole) {
      out.writeNumber(whole.longValue());
    } else {
      out.writeString(text(value));
    }
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return ValueText.base64(bytes);
    }
    if (value instanceof Timestamp instant) {
      // By Spark's own calendar: java.sql has the Julian one before 1582.
      return ValueText.instant(
          DateTimeUtils.microsToInstant(DateTimeUtils.fromJavaTimestamp(instant)));
    }
    if (value instanceof Instant instant) {
      return ValueText.instant(instant);
    }
    if (value instanceof LocalDateTime local) {
      return ValueText.local(local);
    }
    if (value instanceof Date date) {
      return ValueText.date(DateTimeUtils.daysToLocalDate(DateTimeUtils.fromJavaDate(date)));
    }
    if (value instanceof BigDecimal number) {
      return ValueText.decimal(number);
    }
    // A text, or what java.time says of days, times and spans.
    return value.toString();
  }

  /**
   * A row of such columns as it might be, of which no value is known: each list has as many
   * elements; what may hold any value is null.
   */
  byte[] example(int elements) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      example(out, schema, elements);
    } catch (IOException e) {
      throw new UncheckedIOException("a row in memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static void example(JsonGenerator out, DataType type, int elements) throws IOException {
    if (type instanceof StructType struct) {
      out.writeStartObject();
      for (StructField field : List.of(struct.fields())) {
        out.writeFieldName(field.name());
        example(out, field.dataType(), elements);
      }
      out.writeEndObject();
    } else if (type instanceof ArrayType array) {
      out.writeStartArray();
      for (int i = 0; i < elements; i++) {
        example(out, array.elementType(), elements);
      }
      out.writeEndArray();
    } else {
      switch (type.typeName().replaceFirst("\\(.*", "")) {
        case "variant", "void", "map" -> out.writeNull();
        case "boolean" -> out.writeBoolean(true);
        case "byte", "short", "integer", "long", "float", "double", "decimal" -> out.writeNumber(1);
        default -> out.writeString("text");
      }
    }
  }
}
