package io.touchstone.spark.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.conversation.format.ParsedPrompt;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.digest.Sha256;
import io.touchstone.jobs.generate.AnswerCounts;
import io.touchstone.reward.Rejected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a line, as it is kept until its piece is committed.
 *
 * @param offset of its first byte
 * @param digest of its bytes
 * @param row as it is written; null where it is rejected
 * @param rejected null where it is written
 * @param notes that it is counted by
 * @param presentedTokens of its prompt, for each sample by itself
 * @param identity 64 bits of a digest of what it is drawn by, if it was asked
 * @param spent what the attempt had spent by then
 */
record FinishedRow(
    long offset,
    String digest,
    @Nullable String row,
    @Nullable Rejected rejected,
    List<String> notes,
    AnswerCounts answers,
    long presentedTokens,
    int specialTokensInText,
    long identity,
    Spent spent) {

  private static final int DIGEST_BYTES = 16;

  FinishedRow {
    notes = List.copyOf(notes);
  }

  /**
   * @param computedTokens of prompts that went through the model
   * @param busyNanos time in the model
   */
  record Spent(long computedTokens, long busyNanos) {
    static final Spent NOTHING = new Spent(0, 0);

    Spent later(Spent other) {
      return other.busyNanos < busyNanos ? this : other;
    }

    Spent plus(Spent other) {
      return new Spent(computedTokens + other.computedTokens, busyNanos + other.busyNanos);
    }
  }

  static FinishedRow of(RawLine line, Rejected why, Spent spent) {
    return new FinishedRow(
        line.offset(), digest(line), null, why, List.of(), AnswerCounts.NONE, 0, 0, 0, spent);
  }

  /** A row that is written as it was read. */
  static FinishedRow unasked(RawLine line, ParsedPrompt.Unasked row, Spent spent) {
    return new FinishedRow(
        line.offset(),
        digest(line),
        new String(row.line(), UTF_8),
        null,
        row.notes().stream().map(RowNote::name).toList(),
        AnswerCounts.NONE,
        0,
        0,
        0,
        spent);
  }

  /** What tells a line from another at its place. */
  static String digest(RawLine line) {
    return line instanceof RawLine.TooLong tooLong
        ? tooLong.sha256().substring(0, 2 * DIGEST_BYTES)
        : Sha256.hex(line.bytes()).substring(0, 2 * DIGEST_BYTES);
  }
}
