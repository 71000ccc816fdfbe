package io.touchstone.ledger;

/**
 * What compacting a ledger did.
 *
 * @param repeated entries that more than one volume had
 * @param disagreeing those of them whose scores were not the same to the last bit
 */
public record Compaction(
    int volumesBefore, int volumesAfter, long entries, long repeated, long disagreeing) {

  static final Compaction NOTHING = new Compaction(0, 0, 0, 0, 0);

  Compaction plus(Compaction other) {
    return new Compaction(
        volumesBefore + other.volumesBefore,
        volumesAfter + other.volumesAfter,
        entries + other.entries,
        repeated + other.repeated,
        disagreeing + other.disagreeing);
  }
}
