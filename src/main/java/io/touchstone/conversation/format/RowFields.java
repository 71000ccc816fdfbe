package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.line.EditSpan;
import io.touchstone.conversation.line.Enrichment;
import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.LineJson;
import io.touchstone.conversation.line.LineObject;
import io.touchstone.conversation.line.LineShape;
import io.touchstone.conversation.line.LineText;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.Span;
import io.touchstone.conversation.line.WithScalar;
import java.io.IOException;
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
  private final Set<String> seen = new HashSet<>();
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

  /** Reads the line in one pass: what no format needs is checked as JSON and skipped. */
  RowFields(LineText line, Wanted wanted) {
    this.line = line;
    this.wanted = wanted;
    this.shape = LineObject.read(line, (name, nameStart, in) -> take(name, in));
  }

  private void take(String name, JsonParser in) throws IOException {
    Field<?> field = wanted.read.get(name);
    if (field == null && !wanted.written.contains(name)) {
      in.skipChildren();
      return;
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
    List<Span> standing = new ArrayList<>();
    LineShape inner =
        LineObject.within(
            line,
            object,
            (each, nameStart, in) -> {
              Span value = LineJson.valueSpan(in);
              if (each.equals(name)) {
                standing.add(
                    new Span(object.start() + value.start(), object.start() + value.end()));
              }
              if (standing.size() > 1) {
                throw JsonPath.duplicate(path + "." + name);
              }
            });
    return standing.isEmpty() ? inner.appended(name) : new EditSpan(standing.get(0), "");
  }

  private EditSpan fieldPlace(String name) {
    Span standing = written.get(name);
    return standing == null ? shape.appended(name) : new EditSpan(standing, "");
  }
}
