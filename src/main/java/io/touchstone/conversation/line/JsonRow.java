package io.touchstone.conversation.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line as a JSON object whose fields can be asked for by name, whatever format it has. */
public final class JsonRow {

  /** A top-level field. */
  private record Member(String name, int nameStart, Span value, JsonToken first) {}

  private final LineText line;
  private final LineShape shape;
  private final List<Member> members = new ArrayList<>();

  /** Null where a name stands twice. */
  private final Map<String, @Nullable Member> byName = new LinkedHashMap<>();

  private JsonRow(LineText line) {
    this.line = line;
    this.shape =
        LineObject.read(
            line,
            (name, nameStart, in) -> {
              JsonToken first = in.currentToken();
              Member member = new Member(name, nameStart, LineJson.valueSpan(in), first);
              members.add(member);
              byName.put(name, byName.containsKey(name) ? null : member);
            });
  }

  /**
   * @param utf8Line without line end and byte order mark; kept by the row, so not to be written to
   * @throws RowProblem if the line is no JSON object
   */
  public static JsonRow read(byte[] utf8Line) {
    return new JsonRow(LineText.of(utf8Line));
  }

  /** Names of the fields, in their order. */
  public Set<String> names() {
    return byName.keySet();
  }

  /**
   * A field of the row; empty if it has none of that name.
   *
   * @throws RowProblem if it has two
   */
  public Optional<RowValue> find(String name) {
    if (!byName.containsKey(name)) {
      return Optional.empty();
    }
    Member member = byName.get(name);
    if (member == null) {
      throw JsonPath.duplicate(name);
    }
    return Optional.of(new RowValue(line, member.value, member.first, name));
  }

  /**
   * @param expected what a reason says, such as {@code a list of strings}
   * @throws RowProblem if the row has no such field, or two
   */
  public RowValue required(String name, String expected) {
    return find(name).orElseThrow(() -> JsonPath.missing(name, expected));
  }

  /** What stands between the row's fields, and may between elements of a new list. */
  public String comma() {
    return shape.comma();
  }

  /**
   * The line with these fields set, each replaced where it stands or appended, and every other byte
   * as it was.
   *
   * @param json by field name
   * @throws RowProblem if the row has one of them twice
   */
  public byte[] with(Map<String, String> json) {
    List<EditSpan> places = new ArrayList<>();
    for (String name : json.keySet()) {
      find(name);
      Member standing = byName.get(name);
      places.add(standing == null ? shape.appended(name) : new EditSpan(standing.value, ""));
    }
    return Enrichment.each(line, places).apply(List.copyOf(json.values()));
  }

  /**
   * A line of these fields, then those of this row that are not {@code dropped} and not among them,
   * each as it stands, in their order; spaced as this row is.
   *
   * @param json by field name
   */
  public byte[] rebuilt(Map<String, String> json, Set<String> dropped) {
    String comma = shape.comma();
    ByteArrayOutputStream built = new ByteArrayOutputStream(line.length());
    json.forEach(
        (name, value) -> {
          String before = built.size() == 0 ? "{" : comma;
          String field = before + '"' + name + '"' + shape.colon() + value;
          built.writeBytes(field.getBytes(UTF_8));
        });
    for (Member member : members) {
      if (!json.containsKey(member.name) && !dropped.contains(member.name)) {
        built.writeBytes((built.size() == 0 ? "{" : comma).getBytes(UTF_8));
        built.write(line.bytes(), member.nameStart, member.value.end() - member.nameStart);
      }
    }
    built.write('}');
    return built.toByteArray();
  }
}
