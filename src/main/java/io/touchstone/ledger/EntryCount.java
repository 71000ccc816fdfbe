package io.touchstone.ledger;

/** How far a walk through a ledger has come; any thread may look. */
public final class EntryCount {

  private long done;
  private long total;

  /** Entries that were read. */
  public synchronized long done() {
    return done;
  }

  /** Entries that are to be read, as far as is known. */
  public synchronized long total() {
    return total;
  }

  synchronized void expect(long more) {
    total += more;
  }

  synchronized void read() {
    done++;
  }
}
