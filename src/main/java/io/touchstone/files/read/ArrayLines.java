package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.CountedInput;
import io.touchstone.problem.UnfitInputException;
import io.touchstone.reward.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a file that holds one JSON array, each as a line.
 *
 * <p>A line has the element's own bytes, line breaks between its tokens turned into spaces. What
 * stands inside an element is for its reader to judge; here only strings and brackets are followed.
 * Where the array itself breaks, the rest of the file {@linkplain #remains() remains}.
 */
final class ArrayLines implements LineSource {

  private final InputStream in;
  private final @Nullable CountedInput stored;
  private final LineBuffer line;
  private final byte[] buffer = new byte[LineReader.BUFFER_BYTES];
  private long bufferOffset;
  private int at;
  private int filled;
  private boolean first = true;
  private boolean ended;
  private @Nullable Remains remains;

  private ArrayLines(InputStream in, @Nullable CountedInput stored, LineBuffer line)
      throws IOException {
    this.in = in;
    this.stored = stored;
    this.line = line;
    filled = in.readNBytes(buffer, 0, buffer.length);
    at = LineReader.lengthOfByteOrderMark(buffer, filled);
    if (nextToken() != '[') {
      throw new UnfitInputException(
          "expected one JSON array, found something else at the top of the file");
    }
    at++;
  }

  /**
   * The elements of a plain file.
   *
   * @throws UnfitInputException if it does not begin with an array
   */
  static ArrayLines of(InputStream in, LineBuffer line) throws IOException {
    return new ArrayLines(in, null, line);
  }

  /**
   * The elements of a compressed file.
   *
   * @throws UnfitInputException as {@link #of(InputStream, LineBuffer)}
   */
  static ArrayLines of(CountedInput stored, InputStream plain, LineBuffer line) throws IOException {
    return new ArrayLines(plain, stored, line);
  }

  @Override
  public @Nullable RawLine next() throws IOException {
    if (ended) {
      return null;
    }
    int token = nextToken();
    if (token == ']') {
      return endOfArray();
    }
    if (!first) {
      if (token != ',') {
        return broken("expected ',' or ']' after an element of the array");
      }
      at++;
      token = nextToken();
    }
    first = false;
    if (token < 0 || token == ',' || token == ']' || token == '}') {
      return broken("expected an element of the array");
    }
    long start = position();
    return readElement() ? line.take(start) : brokenFrom(start, "expected the end of an element");
  }

  @Override
  public Optional<Remains> remains() {
    return Optional.ofNullable(remains);
  }

  @Override
  public long inputBytes() {
    return stored == null ? position() : stored.count();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Offset of the next byte in the plain text. */
  private long position() {
    return bufferOffset + at;
  }

  private @Nullable RawLine endOfArray() throws IOException {
    at++;
    ended = true;
    return nextToken() < 0 ? null : broken("expected nothing but white space after the array");
  }

  private @Nullable RawLine broken(String expected) throws IOException {
    return brokenFrom(position(), expected);
  }

  private @Nullable RawLine brokenFrom(long start, String expected) throws IOException {
    String found = at == filled ? "the end of the file" : "something else";
    while (at < filled || fill()) {
      line.append(buffer, at, filled);
      at = filled;
    }
    ended = true;
    remains =
        new Remains(
            line.take(start),
            new Rejected("not-json", expected + ", found " + found + "; the rest is not read"));
    return null;
  }

  /** Moves to the next byte that is no white space; -1 at the file's end. */
  private int nextToken() throws IOException {
    while (at < filled || fill()) {
      byte b = buffer[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b & 0xff;
      }
      at++;
    }
    return -1;
  }

  /** Collects one element; false if the file ends inside of it. */
  private boolean readElement() throws IOException {
    int depth = 0;
    boolean inString = false;
    boolean escaped = false;
    while (at < filled || fill()) {
      int from = at;
      boolean whole = false;
      while (at < filled && !whole) {
        byte b = buffer[at];
        if (inString) {
          if (escaped) {
            escaped = false;
          } else if (b == '\\') {
            escaped = true;
          } else if (b == '"') {
            inString = false;
            whole = depth == 0;
          }
        } else if (b == '"') {
          inString = true;
        } else if (b == '{' || b == '[') {
          depth++;
        } else if (depth == 0 && endsNumberOrWord(b)) {
          line.append(buffer, from, at);
          return true;
        } else if (b == '}' || b == ']') {
          depth--;
          whole = depth == 0;
        } else if (b == '\n' || b == '\r') {
          buffer[at] = ' ';
        }
        at++;
      }
      line.append(buffer, from, at);
      if (whole) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsNumberOrWord(byte b) {
    return b == ',' || b == ']' || b == '}' || b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  private boolean fill() throws IOException {
    bufferOffset += filled;
    at = 0;
    filled = Math.max(0, in.read(buffer, 0, buffer.length));
    return filled > 0;
  }
}
