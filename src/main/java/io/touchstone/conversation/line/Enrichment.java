package io.touchstone.conversation.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes values into a line and leaves every other byte as it was. */
public final class Enrichment {

  private record Edit(EditSpan place, int value) {}

  private final byte[] line;
  private final List<Edit> edits;
  private final @Nullable Lists lists;

  /** How values become lists: each takes the next of them wherever its slots say so. */
  private record Lists(List<List<Slot>> slots, String comma) {}

  /** What stands at one place of a list. */
  public enum Slot {
    VALUE,
    NULL
  }

  private Enrichment(LineText line, List<EditSpan> places, @Nullable Lists lists) {
    this.line = line.bytes();
    this.edits = edits(places);
    this.lists = lists;
  }

  /** One place for each value. */
  public static Enrichment each(LineText line, List<EditSpan> places) {
    return new Enrichment(line, places, null);
  }

  /** One JSON list for each place, of as many elements as it has slots. */
  public static Enrichment lists(
      LineText line, List<EditSpan> places, List<List<Slot>> slots, String comma) {
    return new Enrichment(line, places, new Lists(slots, comma));
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
    return lists == null
        ? edits.size()
        : lists.slots.stream().mapToInt(each -> Collections.frequency(each, Slot.VALUE)).sum();
  }

  byte[] apply(List<String> values) {
    List<String> texts = lists == null ? values : listed(values, lists);
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

  private static List<String> listed(List<String> values, Lists lists) {
    List<String> texts = new ArrayList<>();
    Iterator<String> next = values.iterator();
    for (List<Slot> slots : lists.slots) {
      texts.add(
          slots.stream()
              .map(slot -> slot == Slot.VALUE ? next.next() : "null")
              .collect(Collectors.joining(lists.comma, "[", "]")));
    }
    return texts;
  }
}
