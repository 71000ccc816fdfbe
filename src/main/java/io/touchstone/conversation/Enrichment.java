package io.touchstone.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes values into a line and leaves every other byte as it was. */
final class Enrichment {

  /** In bytes of the line. */
  private record Edit(int start, int end, String lead, int value) {}

  private final byte[] line;
  private final List<Edit> edits;
  private final @Nullable String listComma;

  private Enrichment(LineText line, List<Place> places, @Nullable String listComma) {
    this.line = line.bytes();
    this.edits = edits(line, places);
    this.listComma = listComma;
  }

  /** One place for each value. */
  static Enrichment each(LineText line, List<Place> places) {
    return new Enrichment(line, places, null);
  }

  /** All values at one place, as a JSON list. */
  static Enrichment list(LineText line, Place place, String comma) {
    return new Enrichment(line, List.of(place), comma);
  }

  private static List<Edit> edits(LineText line, List<Place> places) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> places.get(i).replaced().start()));
    List<Edit> edits = new ArrayList<>();
    int chars = 0;
    int bytes = 0;
    for (int i : order) {
      Place place = places.get(i);
      int start = line.byteOffset(place.replaced().start(), chars, bytes);
      bytes = line.byteOffset(place.replaced().end(), place.replaced().start(), start);
      chars = place.replaced().end();
      edits.add(new Edit(start, bytes, place.lead(), i));
    }
    return edits;
  }

  byte[] apply(List<String> values) {
    List<String> texts =
        listComma == null ? values : List.of("[" + String.join(listComma, values) + "]");
    ByteArrayOutputStream out = new ByteArrayOutputStream(line.length + 64 * edits.size());
    int done = 0;
    for (Edit edit : edits) {
      out.write(line, done, edit.start() - done);
      out.writeBytes(edit.lead().getBytes(UTF_8));
      out.writeBytes(texts.get(edit.value()).getBytes(UTF_8));
      done = edit.end();
    }
    out.write(line, done, line.length - done);
    return out.toByteArray();
  }
}
