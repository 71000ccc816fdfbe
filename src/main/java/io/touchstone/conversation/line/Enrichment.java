package io.touchstone.conversation.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes values into a line and leaves every other byte as it was. */
public final class Enrichment {

  private record Edit(EditSpan place, int value) {}

  private final int values;
  private final Function<List<String>, byte[]> writing;

  /** What stands at one place of a list. */
  public enum Slot {
    VALUE,
    NULL
  }

  private Enrichment(int values, Function<List<String>, byte[]> writing) {
    this.values = values;
    this.writing = writing;
  }

  /** One place for each value. */
  public static Enrichment each(LineText line, List<EditSpan> places) {
    List<Edit> edits = edits(places);
    return new Enrichment(places.size(), values -> spliced(line.bytes(), edits, values));
  }

  /** One JSON list for each place, of as many elements as it has slots. */
  public static Enrichment lists(
      LineText line, List<EditSpan> places, List<List<Slot>> slots, String comma) {
    List<Edit> edits = edits(places);
    return new Enrichment(
        slots.stream().mapToInt(each -> Collections.frequency(each, Slot.VALUE)).sum(),
        values -> spliced(line.bytes(), edits, listed(values, slots, comma)));
  }

  /**
   * A line that is made of all values together.
   *
   * @param values how many there are
   */
  public static Enrichment made(int values, Function<List<String>, byte[]> writing) {
    return new Enrichment(values, writing);
  }

  private static List<Edit> edits(List<EditSpan> places) {
    List<Edit> edits = new ArrayList<>();
    for (EditSpan place : places) {
      edits.add(new Edit(place, edits.size()));
    }
    edits.sort(Comparator.comparingInt(edit -> edit.place.replaced().start()));
    return edits;
  }

  /** How many values {@link #apply} takes. */
  int size() {
    return values;
  }

  byte[] apply(List<String> given) {
    return writing.apply(given);
  }

  private static byte[] spliced(byte[] line, List<Edit> edits, List<String> texts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(line.length + 64 * edits.size());
    int done = 0;
    for (Edit edit : edits) {
      out.write(line, done, edit.place.replaced().start() - done);
      out.writeBytes(edit.place.lead().getBytes(UTF_8));
      out.writeBytes(texts.get(edit.value).getBytes(UTF_8));
      done = edit.place.replaced().end();
    }
    out.write(line, done, line.length - done);
    return out.toByteArray();
  }

  private static List<String> listed(List<String> values, List<List<Slot>> slots, String comma) {
    List<String> texts = new ArrayList<>();
    Iterator<String> next = values.iterator();
    for (List<Slot> ofList : slots) {
      texts.add(
          ofList.stream()
              .map(slot -> slot == Slot.VALUE ? next.next() : "null")
              .collect(Collectors.joining(comma, "[", "]")));
    }
    return texts;
  }
}
