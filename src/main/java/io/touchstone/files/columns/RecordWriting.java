package io.touchstone.files.columns;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.files.columns.ColumnType.Field;
import io.touchstone.files.columns.ColumnType.ListOf;
import io.touchstone.files.columns.ColumnType.MapOf;
import io.touchstone.files.columns.ColumnType.Scalar;
import io.touchstone.files.columns.ColumnType.Stored;
import io.touchstone.files.columns.ColumnType.Struct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Hands rows whose values fit the columns to Parquet. */
final class RecordWriting extends WriteSupport<Map<String, JsonNode>> {

  private final Columns columns;
  private @Nullable RecordConsumer out;

  RecordWriting(Columns columns) {
    this.columns = columns;
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(PartSchema.of(columns), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Map<String, JsonNode> row) {
    RecordConsumer consumer = out;
    if (consumer == null) {
      throw new IllegalStateException("a record before the file was begun");
    }
    consumer.startMessage();
    List<Field> fields = columns.fields().fields();
    for (int i = 0; i < fields.size(); i++) {
      field(consumer, fields.get(i), i, row.get(fields.get(i).name()));
    }
    consumer.endMessage();
  }

  private static void field(RecordConsumer out, Field field, int index, @Nullable JsonNode value) {
    if (value != null && !value.isNull()) {
      out.startField(field.name(), index);
      value(out, field.type(), value);
      out.endField(field.name(), index);
    }
  }

  private static void value(RecordConsumer out, ColumnType type, JsonNode value) {
    if (type instanceof ListOf list) {
      list(out, new Field(PartSchema.ELEMENT, list.element()), value);
    } else if (type instanceof Struct struct) {
      out.startGroup();
      for (int i = 0; i < struct.fields().size(); i++) {
        Field field = struct.fields().get(i);
        field(out, field, i, value.get(field.name()));
      }
      out.endGroup();
    } else if (type instanceof MapOf map) {
      map(out, map, value);
    } else if (type instanceof Stored stored) {
      StoredValue.write(stored.form().read(value).orElseThrow(), out);
    } else if (type instanceof Scalar scalar) {
      scalar(out, scalar, value);
    }
  }

  private static void list(RecordConsumer out, Field element, JsonNode list) {
    out.startGroup();
    if (!list.isEmpty()) {
      out.startField(PartSchema.LIST, 0);
      for (JsonNode each : list) {
        out.startGroup();
        field(out, element, 0, each);
        out.endGroup();
      }
      out.endField(PartSchema.LIST, 0);
    }
    out.endGroup();
  }

  private static void map(RecordConsumer out, MapOf type, JsonNode map) {
    out.startGroup();
    if (!map.isEmpty()) {
      out.startField(PartSchema.ENTRY, 0);
      if (map.isArray()) {
        Field key = new Field(PartSchema.KEY, type.key());
        for (JsonNode entry : map) {
          out.startGroup();
          field(out, key, 0, entry.get(PartSchema.KEY));
          field(out, new Field(PartSchema.VALUE, type.value()), 1, entry.get(PartSchema.VALUE));
          out.endGroup();
        }
      } else {
        ValueForm form = PartSchema.keyForm(type).orElseThrow();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
          out.startGroup();
          out.startField(PartSchema.KEY, 0);
          StoredValue.write(form.read(entry.getKey()).orElseThrow(), out);
          out.endField(PartSchema.KEY, 0);
          field(out, new Field(PartSchema.VALUE, type.value()), 1, entry.getValue());
          out.endGroup();
        }
      }
      out.endField(PartSchema.ENTRY, 0);
    }
    out.endGroup();
  }

  private static void scalar(RecordConsumer out, Scalar type, JsonNode value) {
    switch (type) {
      case BOOLEAN -> out.addBoolean(value.booleanValue());
      case INT32 -> out.addInteger(value.intValue());
      case INT64 -> out.addLong(value.longValue());
      case FLOAT -> out.addFloat(Float.parseFloat(SignedZeros.text(value)));
      case DOUBLE -> out.addDouble(Double.parseDouble(SignedZeros.text(value)));
      case TEXT -> out.addBinary(Binary.fromString(value.textValue()));
      case JSON -> out.addBinary(Binary.fromString(json(value)));
    }
  }

  private static String json(JsonNode value) {
    try {
      return JsonFields.text(value);
    } catch (IOException e) {
      throw new UncheckedIOException("a value in memory cannot fail to be written", e);
    }
  }
}
