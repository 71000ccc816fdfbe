package io.touchstone.jobs.choose;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.conversation.line.MalformedRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the rows of its prompt together say of a row. */
public record GroupDecision(long position, Fate fate) {

  /** What becomes of it. */
  public sealed interface Fate {}

  /** It is in the line of an earlier row. */
  record Joined() implements Fate {}

  /** All rows of its prompt are in this one's line. */
  record First(ChooseRule.Outcome outcome) implements Fate {}

  /** None of the rows of its prompt can be joined. */
  record Refused(String kind, String reason) implements Fate {
    static Refused because(MalformedRow row) {
      return new Refused(row.kind(), row.reason());
    }
  }

  private enum Kind {
    JOINED,
    FIRST,
    REFUSED
  }

  /** In the order of their positions, unsigned. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(position);
      if (fate instanceof First first) {
        out.writeByte(Kind.FIRST.ordinal());
        write(first.outcome, out);
      } else if (fate instanceof Refused refused) {
        out.writeByte(Kind.REFUSED.ordinal());
        write(refused.kind, out);
        write(refused.reason, out);
      } else {
        out.writeByte(Kind.JOINED.ordinal());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static void write(ChooseRule.Outcome outcome, DataOutputStream out) throws IOException {
    out.writeInt(outcome.folder());
    write(outcome.verdict(), out);
    out.writeInt(outcome.notes().size());
    for (Map.Entry<String, Long> note : outcome.notes().entrySet()) {
      write(note.getKey(), out);
      out.writeLong(note.getValue());
    }
    out.writeInt(outcome.lines().size());
    for (byte[] line : outcome.lines()) {
      out.writeInt(line.length);
      out.write(line);
    }
  }

  /** Names of fields, which may be of any length. */
  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] utf8 = text.getBytes(UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), UTF_8);
  }

  public static GroupDecision of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long position = in.readLong();
      Fate fate =
          switch (Kind.values()[in.readByte()]) {
            case JOINED -> new Joined();
            case FIRST -> new First(outcome(in));
            case REFUSED -> new Refused(text(in), text(in));
          };
      return new GroupDecision(position, fate);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
    }
  }

  private static ChooseRule.Outcome outcome(DataInputStream in) throws IOException {
    int folder = in.readInt();
    String verdict = text(in);
    SortedMap<String, Long> notes = new TreeMap<>();
    for (int count = in.readInt(); count > 0; count--) {
      notes.put(text(in), in.readLong());
    }
    List<byte[]> lines = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      lines.add(in.readNBytes(in.readInt()));
    }
    return new ChooseRule.Outcome(folder, lines, verdict, notes);
  }
}
