package io.touchstone.files.columns;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.touchstone.conversation.line.ValueText;
import io.touchstone.files.columns.ColumnType.Scalar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** A record as a JSON object in one line; what JSON has no value for stands in its form as text. */
final class RecordJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator out;
  private final Forms forms;

  private RecordJson(JsonGenerator out, Forms forms) {
    this.out = out;
    this.forms = forms;
  }

  /** The forms of a file's types, each made once. One thread's. */
  static final class Forms {
    private final Map<PrimitiveType, ValueForm> byType = new IdentityHashMap<>();

    private ValueForm of(PrimitiveType type) {
      return byType.computeIfAbsent(type, ValueForm::of);
    }
  }

  /**
   * @param forms of the file's types
   */
  static byte[] of(Group record, Forms forms) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      new RecordJson(out, forms).object(record);
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
    } else if (RecordSchema.isMap(type.asGroupType())) {
      map(group.getGroup(field, index));
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

  /** Where no object can say it, for a key that no text says or that stands twice, entries. */
  private void map(Group map) throws IOException {
    int size = map.getFieldRepetitionCount(0);
    Set<String> keys = new LinkedHashSet<>();
    for (int i = 0; i < size; i++) {
      key(map.getGroup(0, i)).ifPresent(keys::add);
    }
    if (keys.size() < size) {
      entries(map);
      return;
    }
    out.writeStartObject();
    int next = 0;
    for (String key : keys) {
      out.writeFieldName(key);
      field(map.getGroup(0, next++), 1);
    }
    out.writeEndObject();
  }

  private Optional<String> key(Group entry) {
    Type key = entry.getType().getType(0);
    return key.isPrimitive()
            && !key.isRepetition(Type.Repetition.REPEATED)
            && entry.getFieldRepetitionCount(0) > 0
        ? forms.of(key.asPrimitiveType()).said(StoredValue.of(entry, 0, 0))
        : Optional.empty();
  }

  private void entries(Group map) throws IOException {
    out.writeStartArray();
    for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
      Group entry = map.getGroup(0, i);
      out.writeStartObject();
      out.writeFieldName(PartSchema.KEY);
      field(entry, 0);
      out.writeFieldName(PartSchema.VALUE);
      field(entry, 1);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void scalar(Group group, int field, int index) throws IOException {
    PrimitiveType type = group.getType().getType(field).asPrimitiveType();
    Scalar column = RecordSchema.json(type);
    if (column == null) {
      stored(forms.of(type), StoredValue.of(group, field, index));
      return;
    }
    switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> out.writeBoolean(group.getBoolean(field, index));
      case INT32 -> out.writeNumber(group.getInteger(field, index));
      case INT64 -> out.writeNumber(group.getLong(field, index));
      case FLOAT -> out.writeRawValue(ValueText.json(group.getFloat(field, index)));
      case DOUBLE -> out.writeRawValue(ValueText.json(group.getDouble(field, index)));
      case BINARY, INT96, FIXED_LEN_BYTE_ARRAY -> {
        byte[] utf8 = group.getBinary(field, index).getBytes();
        if (column == Scalar.JSON) {
          json(new String(utf8, StandardCharsets.UTF_8));
        } else {
          // As it is: who reads the row finds what is no UTF-8.
          out.writeUTF8String(utf8, 0, utf8.length);
        }
      }
    }
  }

  private void stored(ValueForm form, Object value) throws IOException {
    String text = form.text().apply(value);
    if (form.kind() == ValueForm.Kind.TEXT || ValueForm.NAMED_NUMBERS.contains(text)) {
      out.writeString(text);
    } else {
      out.writeRawValue(text);
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
