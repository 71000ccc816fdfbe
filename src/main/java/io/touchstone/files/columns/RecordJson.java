package io.touchstone.files.columns;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** A record as a JSON object in one line; numbers that JSON has none for stand there bare. */
final class RecordJson {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  private final JsonGenerator out;

  private RecordJson(JsonGenerator out) {
    this.out = out;
  }

  static byte[] of(Group record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      new RecordJson(out).object(record);
    }
    return bytes.toByteArray();
  }

  private void object(Group group) throws IOException {
    out.writeStartObject();
    for (int i = 0; i < group.getType().getFieldCount(); i++) {
      out.writeFieldName(group.getType().getFieldName(i));
      field(group, i);
    }
    out.writeEndObject();
  }

  private void field(Group group, int field) throws IOException {
    Type type = group.getType().getType(field);
    if (type.isRepetition(Type.Repetition.REPEATED)) {
      repeated(group, field);
    } else if (group.getFieldRepetitionCount(field) == 0) {
      out.writeNull();
    } else {
      one(group, field, 0);
    }
  }

  private void repeated(Group group, int field) throws IOException {
    out.writeStartArray();
    for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
      one(group, field, i);
    }
    out.writeEndArray();
  }

  private void one(Group group, int field, int index) throws IOException {
    Type type = group.getType().getType(field);
    if (type.isPrimitive()) {
      scalar(group, field, index);
    } else if (RecordSchema.isList(type.asGroupType())) {
      list(group.getGroup(field, index), type.asGroupType());
    } else {
      object(group.getGroup(field, index));
    }
  }

  private void list(Group list, GroupType type) throws IOException {
    if (RecordSchema.isElement(type, type.getType(0))) {
      repeated(list, 0);
      return;
    }
    out.writeStartArray();
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      field(list.getGroup(0, i), 0);
    }
    out.writeEndArray();
  }

  private void scalar(Group group, int field, int index) throws IOException {
    PrimitiveType type = group.getType().getType(field).asPrimitiveType();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> out.writeBoolean(group.getBoolean(field, index));
      case INT32 -> {
        int value = group.getInteger(field, index);
        boolean signed =
            !(logical instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation whole)
                || whole.isSigned();
        out.writeNumber(signed ? value : Integer.toUnsignedLong(value));
      }
      case INT64 -> out.writeNumber(group.getLong(field, index));
      case FLOAT -> out.writeNumber(group.getFloat(field, index));
      case DOUBLE -> out.writeNumber(group.getDouble(field, index));
      case BINARY, INT96, FIXED_LEN_BYTE_ARRAY -> {
        byte[] utf8 = group.getBinary(field, index).getBytes();
        if (logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
          json(new String(utf8, StandardCharsets.UTF_8));
        } else {
          // As it is: who reads the row finds what is no UTF-8.
          out.writeUTF8String(utf8, 0, utf8.length);
        }
      }
    }
  }

  private void json(String text) throws IOException {
    if (JsonFields.isJson(text)) {
      // Line breaks in JSON stand between its tokens.
      out.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
    } else {
      out.writeString(text);
    }
  }
}
