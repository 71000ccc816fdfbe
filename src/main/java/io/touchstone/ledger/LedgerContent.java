package io.touchstone.ledger;

import io.touchstone.scoring.ScoreIdentity;

/**
 * What a ledger has of one kind of scores.
 *
 * @param identity what they depend on
 * @param bytes of all its volumes
 */
public record LedgerContent(ScoreIdentity identity, int volumes, long entries, long bytes) {

  /** What the names of its files begin with. */
  public String filePrefix() {
    return VolumeName.prefix(identity);
  }
}
