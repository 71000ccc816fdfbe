package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.line.Accompanied;
import io.touchstone.conversation.line.EditSpan;
import io.touchstone.conversation.line.Enrichment;
import io.touchstone.conversation.line.Enrichment.Slot;
import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.LineJson;
import io.touchstone.conversation.line.LineObject;
import io.touchstone.conversation.line.LineShape;
import io.touchstone.conversation.line.LineText;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowPrinciples;
import io.touchstone.conversation.line.RowValue;
import io.touchstone.conversation.line.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of one row that its format reads, and where those that it writes stand. */
public final class RowFields {

  private final LineText line;
  private final Wanted wanted;
  private final LineShape shape;
  private final Map<String, Object> values = new HashMap<>();
  private final Set<String> nulls = new HashSet<>();
  private final Map<String, Span> written = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> unreadAnswers = new ArrayList<>();
  private final Set<RowNote> notes = new LinkedHashSet<>();
  private final Opening opening;
  private final Optional<RowPrinciples> principles;

  /**
   * What matters of a row.
   *
   * @param rules by which its columns are read
   * @param read by their names
   * @param map where those are that are not under their names
   * @param written those of the names that are top-level fields; none of them is read
   * @param names of all that is written
   * @param chats whether what is read is a whole chat, to whose prompt nothing else can belong
   * @param dispensable fields whose place, if they are mapped to one, a row may lack
   */
  record Wanted(
      ReadRules rules,
      Map<String, Field<?>> read,
      FieldMap map,
      Set<String> written,
      List<Accompanied<String>> names,
      boolean chats,
      Set<String> dispensable) {

    static Wanted of(RowFormat format, ReadRules rules, ScoreFields fields) {
      List<Accompanied<String>> names = fields.names(format.scores());
      return new Wanted(
          rules,
          read(format, rules),
          format.map(),
          format.scores().shape() == ScoreNames.Shape.LABELS
              ? Set.of()
              : Set.copyOf(Accompanied.inOrder(names)),
          names,
          format.recipe() instanceof Chat,
          Set.of());
    }

    /** Of rows that are to be answered, which may have no answers. */
    static Wanted ofPrompts(RowFormat format, ReadRules rules) {
      return new Wanted(
          rules,
          read(format, rules),
          format.map(),
          Set.of(),
          List.of(),
          format.recipe() instanceof Chat,
          format.recipe().ofAnswers());
    }

    private static Map<String, Field<?>> read(RowFormat format, ReadRules rules) {
      return Stream.concat(format.recipe().reads().stream(), RowColumns.readBy(rules).stream())
          .filter(field -> !format.map().drops(field.name()))
          .filter(field -> !format.map().takesAway(field.name()))
          .collect(Collectors.toUnmodifiableMap(Field::name, field -> field));
    }
  }

  /** What was noted so far. */
  List<RowNote> notes() {
    return List.copyOf(notes);
  }

  /** Reads the line in one pass: what no format needs is checked as JSON and skipped. */
  RowFields(LineText line, Wanted wanted) {
    this.line = line;
    this.wanted = wanted;
    this.shape = wanted.map.isEmpty() ? passed(line) : passedMapped(line);
    this.opening = RowColumns.opening(this);
    this.principles = RowColumns.principles(this);
  }

  private LineShape passed(LineText of) {
    return LineObject.read(
        of,
        (name, nameStart, in) -> {
          Field<?> field = wanted.read.get(name);
          if (field == null) {
            passOver(name, in);
          } else {
            take(field, in);
          }
        });
  }

  /**
   * Passes over a row whose fields are elsewhere, and then reads a line that has them where the
   * format says. What is written goes into the row as it came.
   */
  private LineShape passedMapped(LineText of) {
    MappedLine mapped = new MappedLine(wanted.read.keySet(), wanted.map, wanted.dispensable);
    Map<String, RowValue> members = new HashMap<>();
    LineShape passed =
        LineObject.read(
            of,
            (name, nameStart, in) -> {
              if (!mapped.needs(name)) {
                passOver(name, in);
                return;
              }
              JsonToken first = in.currentToken();
              RowValue value = new RowValue(of, LineJson.valueSpan(in), first, name);
              if (members.put(name, value) != null) {
                throw JsonPath.duplicate(in);
              }
            });
    LineObject.read(
        mapped.line(members),
        (name, nameStart, in) -> take(Objects.requireNonNull(wanted.read.get(name)), in));
    return passed;
  }

  private void take(Field<?> field, JsonParser in) throws IOException {
    if (!seen.add(field.name())) {
      throw JsonPath.duplicate(in);
    }
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      nulls.add(field.name());
    } else {
      values.put(field.name(), field.read(in));
    }
  }

  private void passOver(String name, JsonParser in) throws IOException {
    if (wanted.written.contains(name)) {
      if (!seen.add(name)) {
        throw JsonPath.duplicate(in);
      }
      written.put(name, LineJson.valueSpan(in));
      return;
    }
    boolean text = in.currentToken() == JsonToken.VALUE_STRING;
    boolean list = in.isExpectedStartArrayToken();
    if (text || list || in.currentToken() == JsonToken.START_OBJECT) {
      if (UnreadNames.isAnswer(name)) {
        unreadAnswers.add(name);
        notes.add(new RowNote(RowNote.Kind.UNREAD_ANSWER, name));
      } else if (!wanted.chats
          && UnreadNames.isOfPrompt(name)
          && (list || (text && in.getTextLength() > 0))) {
        notes.add(new RowNote(RowNote.Kind.UNREAD_PROMPT, name));
      }
    }
    in.skipChildren();
  }

  ReadRules rules() {
    return wanted.rules;
  }

  /** By which the row's answers are judged, where it says so itself. */
  Optional<RowPrinciples> principles() {
    return principles;
  }

  /** What stands in front of all turns. */
  Opening opening() {
    return opening;
  }

  /** Fields that look like an answer, and were not read. */
  List<String> unreadAnswers() {
    return unreadAnswers;
  }

  void note(RowNote.Kind kind) {
    notes.add(RowNote.of(kind));
  }

  <T> T required(Field<T> field) {
    return optional(field)
        .orElseThrow(
            () ->
                nulls.contains(field.name())
                    ? JsonPath.missing(field.name(), field.expected(), "null")
                    : JsonPath.missing(field.name(), field.expected()));
  }

  /** Empty where the row has no such field, or null in it. */
  @SuppressWarnings("unchecked") // what stands under a field's name came from its own reader
  <T> Optional<T> optional(Field<T> field) {
    return Optional.ofNullable((T) values.get(field.name()));
  }

  /** Names of all that is written. */
  List<Accompanied<String>> names() {
    return wanted.names;
  }

  /**
   * The row with a top-level field for each conversation; with a second one where that is asked.
   */
  Row writingFields(List<Conversation> conversations) {
    return row(conversations, false, Enrichment.each(line, fieldPlaces()));
  }

  /**
   * The row with top-level fields that hold lists of values.
   *
   * @param slots what each list has at its places; one list after another takes the conversations
   */
  Row writingLists(List<Conversation> conversations, List<List<Slot>> slots) {
    List<Accompanied<List<Slot>>> slotsOfEach = new ArrayList<>();
    for (Accompanied<String> names : wanted.names) {
      List<Slot> ofList = slots.get(slotsOfEach.size());
      slotsOfEach.add(names.map(name -> ofList));
    }
    return row(
        conversations,
        false,
        Enrichment.lists(line, fieldPlaces(), Accompanied.inOrder(slotsOfEach), shape.comma()));
  }

  /** The row whose line is made of all values together, one for each conversation. */
  Row making(List<Conversation> conversations, Function<List<String>, byte[]> writing) {
    return row(conversations, false, Enrichment.made(conversations.size(), writing));
  }

  /** The whole row, for recipes that write what they read. */
  JsonRow asJson() {
    return JsonRow.read(line.bytes());
  }

  private Row row(List<Conversation> conversations, boolean labels, Enrichment enrichment) {
    return new Row(conversations, List.copyOf(notes), principles, labels, enrichment);
  }

  private List<EditSpan> fieldPlaces() {
    return Accompanied.inOrder(
        wanted.names.stream().map(names -> names.map(this::fieldPlace)).toList());
  }

  /** The row with a label at each place. */
  Row writingLabels(List<Conversation> conversations, List<Accompanied<EditSpan>> places) {
    return row(conversations, true, Enrichment.each(line, Accompanied.inOrder(places)));
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
