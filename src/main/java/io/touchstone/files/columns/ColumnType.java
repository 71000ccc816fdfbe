package io.touchstone.files.columns;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.schema.PrimitiveType;

/** What a column holds, or a field inside of one; null is a value of each. */
public sealed interface ColumnType extends Serializable {

  /** Values without parts. */
  enum Scalar implements ColumnType {
    BOOLEAN,
    INT32,
    INT64,
    FLOAT,
    DOUBLE,
    TEXT,
    /** Values of several kinds, as JSON text. */
    JSON;

    private boolean isNumber() {
      return this == INT32 || this == INT64 || this == FLOAT || this == DOUBLE;
    }

    private static Scalar wider(Scalar one, Scalar other) {
      if (!one.isNumber() || !other.isNumber()) {
        return JSON;
      }
      boolean whole = one.compareTo(INT64) <= 0 && other.compareTo(INT64) <= 0;
      return whole ? INT64 : DOUBLE;
    }
  }

  /** Nothing but null has been seen. */
  record Unseen() implements ColumnType {}

  /**
   * Values of a type of Parquet's own, each in JSON as its {@link ValueForm} has it.
   *
   * @param declared the type as a Parquet schema declares it, so that a task is sent it as text
   */
  record Stored(String declared) implements ColumnType {

    static Stored of(PrimitiveType type) {
      return new Stored(StoredTypes.declared(type));
    }

    PrimitiveType type() {
      return StoredTypes.declared(declared).type();
    }

    ValueForm form() {
      return StoredTypes.declared(declared).form();
    }
  }

  record ListOf(ColumnType element) implements ColumnType {}

  /** Values by key: in JSON an object, or a list of entries where no object can say it. */
  record MapOf(ColumnType key, ColumnType value) implements ColumnType {}

  record Struct(List<Field> fields) implements ColumnType {

    public Struct {
      fields = List.copyOf(fields);
    }

    Map<String, ColumnType> byName() {
      Map<String, ColumnType> byName = new LinkedHashMap<>();
      fields.forEach(field -> byName.put(field.name(), field.type()));
      return byName;
    }

    private static Struct changed(Struct after, Struct before) {
      Map<String, ColumnType> earlier = before.byName();
      List<Field> changed = new ArrayList<>();
      for (Field field : after.fields) {
        ColumnType was = earlier.get(field.name());
        Optional<ColumnType> now =
            was == null ? Optional.of(field.type()) : field.type().changedFrom(was);
        now.ifPresent(type -> changed.add(new Field(field.name(), type)));
      }
      return new Struct(changed);
    }

    static Struct of(Map<String, ColumnType> byName) {
      List<Field> fields = new ArrayList<>();
      byName.forEach((name, type) -> fields.add(new Field(name, type)));
      return new Struct(fields);
    }
  }

  record Field(String name, ColumnType type) implements Serializable {}

  /**
   * What a JSON text shows.
   *
   * @throws IllegalArgumentException if it is none
   */
  static ColumnType ofJson(String text) {
    return new JsonFields.JsonField("", text.getBytes(StandardCharsets.UTF_8))
        .value()
        .map(ColumnType::of)
        .orElseThrow(() -> new IllegalArgumentException("expected a JSON value, found another"));
  }

  /** What a JSON value shows. */
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
    return new Struct(
        value.properties().stream()
            .map(field -> new Field(field.getKey(), of(field.getValue())))
            .toList());
  }

  /** The narrowest type that has room for the values of both. */
  default ColumnType merged(ColumnType other) {
    if (equals(other) || other instanceof Unseen) {
      return this;
    }
    if (this instanceof Unseen) {
      return other;
    }
    if (this instanceof Scalar one && other instanceof Scalar two) {
      return Scalar.wider(one, two);
    }
    if (this instanceof Stored || other instanceof Stored) {
      return StoredTypes.merged(this, other);
    }
    if (this instanceof ListOf one && other instanceof ListOf two) {
      return new ListOf(one.element.merged(two.element));
    }
    if (this instanceof MapOf one && other instanceof MapOf two && one.key.equals(two.key)) {
      return new MapOf(one.key, one.value.merged(two.value));
    }
    if (this instanceof Struct one && other instanceof Struct two) {
      Map<String, ColumnType> all = one.byName();
      two.fields.forEach(field -> all.merge(field.name(), field.type(), ColumnType::merged));
      return Struct.of(all);
    }
    return Scalar.JSON;
  }

  /** Whether each value of the other type is one of this, too. */
  default boolean covers(ColumnType other) {
    if (equals(other) || other instanceof Unseen || this == Scalar.JSON) {
      return true;
    }
    if (this instanceof ListOf one && other instanceof ListOf two) {
      return one.element.covers(two.element);
    }
    if (this instanceof MapOf one && other instanceof MapOf two) {
      return one.key.equals(two.key) && one.value.covers(two.value);
    }
    if (this instanceof Struct one && other instanceof Struct two) {
      Map<String, ColumnType> mine = one.byName();
      return two.fields.stream()
          .allMatch(
              field ->
                  mine.containsKey(field.name()) && mine.get(field.name()).covers(field.type()));
    }
    return StoredTypes.covers(this, other);
  }

  /**
   * What of this is not the same in a type of before: of structs and lists their fields that
   * differ; empty where nothing does.
   */
  default Optional<ColumnType> changedFrom(ColumnType before) {
    if (equals(before)) {
      return Optional.empty();
    }
    if (this instanceof ListOf one && before instanceof ListOf two) {
      return one.element.changedFrom(two.element).map(ListOf::new);
    }
    if (this instanceof Struct one && before instanceof Struct two) {
      return Optional.of(Struct.changed(one, two));
    }
    return Optional.of(this);
  }

  /** Like {@link #merged}, but where both exclude each other the written one holds. */
  default ColumnType overwritten(ColumnType written) {
    if (this instanceof ListOf one && written instanceof ListOf two) {
      return new ListOf(one.element.overwritten(two.element));
    }
    if (this instanceof Struct one && written instanceof Struct two) {
      Map<String, ColumnType> all = one.byName();
      two.fields.forEach(field -> all.merge(field.name(), field.type(), ColumnType::overwritten));
      return Struct.of(all);
    }
    ColumnType merged = merged(written);
    return merged == Scalar.JSON ? written : merged;
  }
}
