package io.touchstone.files.columns;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.touchstone.files.columns.ColumnType.Field;
import io.touchstone.files.columns.ColumnType.ListOf;
import io.touchstone.files.columns.ColumnType.MapOf;
import io.touchstone.files.columns.ColumnType.Scalar;
import io.touchstone.files.columns.ColumnType.Struct;
import io.touchstone.files.columns.ColumnType.Unseen;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The columns that all parts of a result have, in their order. */
public record Columns(Struct fields) implements Serializable {

  /**
   * The text of a JSON object of a row's fields that no column has room for; null where all of them
   * have one.
   */
  public static final String EXTRA = "_extra";

  /** Objects with more names than this are tables of their own, not records. */
  private static final int MOST_FIELDS = 1_000;

  private static Columns of(Stream<Field> fields) {
    return new Columns(new Struct(fields.toList()));
  }

  public static Columns none() {
    return of(Stream.empty());
  }

  /**
   * What the fields of a JSON row show.
   *
   * @throws IOException if the row is no JSON object
   */
  public static Columns shown(byte[] row) throws IOException {
    Map<String, ColumnType> types = new LinkedHashMap<>();
    for (JsonFields.JsonField field : JsonFields.of(row)) {
      ColumnType type = field.value().map(ColumnType::of).orElse(Scalar.JSON);
      types.merge(field.name(), type, ColumnType::merged);
    }
    return new Columns(Struct.of(types));
  }

  /** Room for the rows of both. */
  public Columns merged(Columns other) {
    return new Columns((Struct) fields.merged(other.fields));
  }

  /** These, with room for what a job writes into its rows. */
  public Columns overwritten(Columns written) {
    return new Columns((Struct) fields.overwritten(written.fields));
  }

  /**
   * What of them is not the same in {@code before}: what a job has written. Of a struct these are
   * its fields that differ.
   */
  public Columns changedFrom(Columns before) {
    return fields
        .changedFrom(before.fields)
        .map(changed -> new Columns((Struct) changed))
        .orElseGet(Columns::none);
  }

  /** Whether each value of the others has room in these. */
  public boolean covers(Columns other) {
    return fields.covers(other.fields);
  }

  /** Those of no such names. */
  public Columns without(Set<String> names) {
    return of(fields.fields().stream().filter(field -> !names.contains(field.name())));
  }

  public Set<String> names() {
    return fields.byName().keySet();
  }

  /** The types that are written: what cannot be a column of its kind becomes JSON text. */
  public Columns settled() {
    return of(
        fields.fields().stream()
            .filter(field -> !field.name().isEmpty())
            .map(field -> new Field(field.name(), settled(field.type()))));
  }

  /** The types that are written, and a last column for what has no room in the others. */
  public Columns withExtra() {
    // Not as JSON: not every reader knows that type, and this column is in every result.
    Field extra = new Field(EXTRA, Scalar.TEXT);
    return of(
        Stream.concat(
            settled().fields.fields().stream().filter(field -> !field.name().equals(EXTRA)),
            Stream.of(extra)));
  }

  private static ColumnType settled(ColumnType type) {
    if (type instanceof Unseen) {
      return Scalar.TEXT;
    }
    if (type instanceof ListOf list) {
      return new ListOf(settled(list.element()));
    }
    if (type instanceof MapOf map) {
      return new MapOf(settled(map.key()), settled(map.value()));
    }
    if (type instanceof Struct struct) {
      Set<String> names = struct.byName().keySet();
      if (names.isEmpty() || names.size() > MOST_FIELDS || names.contains("")) {
        return Scalar.JSON;
      }
      return new Struct(
          struct.fields().stream()
              .map(field -> new Field(field.name(), settled(field.type())))
              .toList());
    }
    return type;
  }

  /**
   * A row's values by column; what has no room lies together under {@link #EXTRA}.
   *
   * @throws IOException if there is no such column
   */
  Map<String, JsonNode> record(byte[] row) throws IOException {
    Map<String, ColumnType> types = fields.byName();
    Map<String, JsonNode> values = new LinkedHashMap<>();
    List<JsonFields.JsonField> extra = new ArrayList<>();
    for (JsonFields.JsonField field : JsonFields.of(row)) {
      ColumnType type = types.get(field.name());
      JsonNode value = field.value().orElse(null);
      if (type == null
          || value == null
          || values.containsKey(field.name())
          || !ColumnFit.of(value, type)) {
        extra.add(field);
      } else {
        values.put(field.name(), value);
      }
    }
    if (!extra.isEmpty()) {
      if (!types.containsKey(EXTRA)) {
        throw new IOException(
            "expected fields that fit the columns, found "
                + extra.stream().map(JsonFields.JsonField::name).toList());
      }
      JsonNode own = values.get(EXTRA);
      if (own != null && !own.isNull()) {
        extra.add(new JsonFields.JsonField(EXTRA, JsonFields.text(own).getBytes(UTF_8)));
      }
      values.put(EXTRA, TextNode.valueOf(JsonFields.object(extra)));
    }
    return values;
  }

  /** One column a line, with its type. */
  @Override
  public String toString() {
    return PartSchema.of(this).toString();
  }
}
