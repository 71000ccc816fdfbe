package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.line.EditSpan;
import io.touchstone.conversation.line.Enrichment;
import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.LineJson;
import io.touchstone.conversation.line.LineShape;
import io.touchstone.conversation.line.LineText;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.Span;
import io.touchstone.conversation.line.WithScalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The fields of one row that its format reads, and where those that it writes stand. */
public final class RowFields {

  private final LineText line;
  private final Wanted wanted;
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, Span> written = new HashMap<>();
  private final LineShape shape;

  /**
   * What matters of a row.
   *
   * @param read by their names
   * @param written those of the names that are top-level fields; none of them is read
   * @param names of all that is written
   */
  record Wanted(Map<String, Field<?>> read, Set<String> written, List<WithScalar<String>> names) {

    static Wanted of(RowFormat format, ScoreFields fields) {
      List<WithScalar<String>> names = fields.names(format.scores());
      return new Wanted(
          format.recipe().reads().stream()
              .collect(Collectors.toUnmodifiableMap(Field::name, field -> field)),
          format.scores().shape() == ScoreNames.Shape.LABELS
              ? Set.of()
              : Set.copyOf(WithScalar.inOrder(names)),
          names);
    }
  }

  private RowFields(LineText line, Wanted wanted) {
    this.line = line;
    this.wanted = wanted;
    this.shape = new LineShape(line);
  }

  /** One pass over the line: what no format needs is checked as JSON and skipped. */
  static RowFields read(LineText line, Wanted wanted) {
    RowFields fields = new RowFields(line, wanted);
    try (JsonParser in = LineJson.parser(line)) {
      fields.readObject(in);
      fields.shape.expectLineEnd();
    } catch (JsonProcessingException e) {
      throw LineJson.problem(e, line);
    } catch (IOException e) {
      throw new UncheckedIOException("a line in memory cannot fail to be read", e);
    }
    return fields;
  }

  private void readObject(JsonParser in) throws IOException {
    JsonToken first = in.nextToken();
    if (first == null) {
      throw new RowProblem(Malformation.NOT_JSON, "line", "expected a JSON object, found nothing");
    }
    if (first != JsonToken.START_OBJECT) {
      throw JsonPath.wrongType("line", "a JSON object", first);
    }
    Set<String> seen = new HashSet<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      int nameStart = LineJson.tokenStart(in);
      in.nextToken();
      shape.field(nameStart, LineJson.tokenStart(in));
      Field<?> field = wanted.read.get(name);
      boolean write = wanted.written.contains(name);
      if (field == null && !write) {
        in.skipChildren();
        continue;
      }
      if (!seen.add(name)) {
        throw JsonPath.duplicate(in);
      }
      if (field == null) {
        written.put(name, LineJson.valueSpan(in));
      } else if (!field.isAbsent(in)) {
        values.put(name, field.read(in));
      }
    }
    shape.end(LineJson.tokenStart(in));
  }

  <T> T required(Field<T> field) {
    return optional(field).orElseThrow(() -> JsonPath.missing(field.name(), field.expected()));
  }

  @SuppressWarnings("unchecked") // what stands under a field's name came from its own reader
  <T> Optional<T> optional(Field<T> field) {
    return Optional.ofNullable((T) values.get(field.name()));
  }

  /** Names of all that is written. */
  List<WithScalar<String>> names() {
    return wanted.names;
  }

  /**
   * The row with a top-level field for each conversation; with a second one where that is asked.
   */
  Row writingFields(List<Conversation> conversations) {
    return Row.rewarded(conversations, Enrichment.each(line, fieldPlaces()));
  }

  /**
   * The row with top-level fields that hold lists of values.
   *
   * @param sizes how many of the conversations each list is about, one after another
   */
  Row writingLists(List<Conversation> conversations, List<Integer> sizes) {
    List<WithScalar<Integer>> sizeOfEach = new ArrayList<>();
    for (WithScalar<String> names : wanted.names) {
      int size = sizes.get(sizeOfEach.size());
      sizeOfEach.add(names.map(name -> size));
    }
    return Row.rewarded(
        conversations,
        Enrichment.lists(line, fieldPlaces(), WithScalar.inOrder(sizeOfEach), shape.comma()));
  }

  private List<EditSpan> fieldPlaces() {
    return WithScalar.inOrder(
        wanted.names.stream().map(names -> names.map(this::fieldPlace)).toList());
  }

  /** The row with a label at each place. */
  Row writingLabels(List<Conversation> conversations, List<WithScalar<EditSpan>> places) {
    return Row.labelled(conversations, Enrichment.each(line, WithScalar.inOrder(places)));
  }

  /**
   * Where a member of an object within the row stands, or would be appended.
   *
   * @param object the object's place in the line, which is known to be JSON
   * @param path of the object, as a reason names it
   */
  EditSpan memberPlace(Span object, String name, String path) {
    LineShape inner = new LineShape(line);
    Span standing = null;
    try (JsonParser in = LineJson.parser(line, object)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = in.currentName().equals(name);
        int nameStart = object.start() + LineJson.tokenStart(in);
        in.nextToken();
        inner.field(nameStart, object.start() + LineJson.tokenStart(in));
        Span value = LineJson.valueSpan(in);
        if (wanted && standing != null) {
          throw JsonPath.duplicate(path + "." + name);
        }
        if (wanted) {
          standing = new Span(object.start() + value.start(), object.start() + value.end());
        }
      }
      inner.end(object.start() + LineJson.tokenStart(in));
    } catch (IOException e) {
      throw new UncheckedIOException("a line that was read as JSON cannot fail to be read", e);
    }
    return standing == null ? inner.appended(name) : new EditSpan(standing, "");
  }

  private EditSpan fieldPlace(String name) {
    Span standing = written.get(name);
    if (standing != null) {
      return new EditSpan(standing, "");
    }
    return shape.appended(name);
  }
}
