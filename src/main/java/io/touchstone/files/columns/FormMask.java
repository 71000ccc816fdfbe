package io.touchstone.files.columns;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.files.columns.ColumnType.Field;
import io.touchstone.files.columns.ColumnType.ListOf;
import io.touchstone.files.columns.ColumnType.MapOf;
import io.touchstone.files.columns.ColumnType.Stored;
import io.touchstone.files.columns.ColumnType.Struct;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the texts out of a column that stand in JSON for what is no text: whoever reads the row as
 * before has not taken them for words.
 *
 * @param stored the types that stand as texts
 */
public record FormMask(Field column, Set<String> stored) {

  private static final JsonNode MASKED = JsonNodeFactory.instance.objectNode();

  /** One for each column that has such texts. */
  public static List<FormMask> of(Columns columns) {
    List<FormMask> masks = new ArrayList<>();
    for (Field column : columns.fields().fields()) {
      Set<String> stored = new LinkedHashSet<>();
      collect(column.type(), stored);
      if (!stored.isEmpty()) {
        masks.add(new FormMask(column, stored));
      }
    }
    return masks;
  }

  private static void collect(ColumnType type, Set<String> found) {
    if (type instanceof Stored stored) {
      text(stored).ifPresent(found::add);
    } else if (type instanceof ListOf list) {
      collect(list.element(), found);
    } else if (type instanceof MapOf map) {
      collect(map.value(), found);
    } else if (type instanceof Struct struct) {
      struct.fields().forEach(field -> collect(field.type(), found));
    }
  }

  /** The type as Parquet writes it; empty where its values are numbers. */
  private static Optional<String> text(Stored stored) {
    return stored.form().kind() == ValueForm.Kind.TEXT
        ? Optional.of(stored.declared().replace("required ", "").replace(" value", ""))
        : Optional.empty();
  }

  public String name() {
    return column.name();
  }

  /** The row with an empty object in place of each such text of the column. */
  public byte[] over(byte[] row) throws IOException {
    List<JsonFields.JsonField> fields = new ArrayList<>();
    for (JsonFields.JsonField field : JsonFields.of(row)) {
      Optional<JsonNode> value = field.name().equals(name()) ? field.value() : Optional.empty();
      fields.add(
          value.isEmpty()
              ? field
              : new JsonFields.JsonField(
                  field.name(),
                  JsonFields.text(masked(value.get(), column.type())).getBytes(UTF_8)));
    }
    return JsonFields.object(fields).getBytes(UTF_8);
  }

  private static JsonNode masked(JsonNode value, ColumnType type) {
    if (type instanceof Stored stored) {
      return value.isTextual() && text(stored).isPresent() ? MASKED : value;
    }
    if (type instanceof ListOf list && value instanceof ArrayNode elements) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      elements.forEach(each -> all.add(masked(each, list.element())));
      return all;
    }
    if (value instanceof ObjectNode object) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        all.set(field.getKey(), masked(field.getValue(), member(type, field.getKey())));
      }
      return all;
    }
    return value;
  }

  private static ColumnType member(ColumnType type, String name) {
    if (type instanceof MapOf map) {
      return map.value();
    }
    return type instanceof Struct struct
        ? struct.byName().getOrDefault(name, ColumnType.Scalar.JSON)
        : ColumnType.Scalar.JSON;
  }
}
