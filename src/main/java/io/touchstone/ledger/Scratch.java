package io.touchstone.ledger;

import io.touchstone.scoring.ScoreIdentity;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** A volume that is being written, and not the ledger's until it is published. */
final class Scratch implements Closeable {

  private final LedgerFolder folder;
  private final Path path;
  private final VolumeWriter writer;
  private boolean published;

  /**
   * @param most entries that may come
   */
  Scratch(LedgerFolder folder, ScoreIdentity identity, int most) throws IOException {
    this.folder = folder;
    this.path = folder.scratch();
    this.writer = new VolumeWriter(folder.files().create(path, false), identity, most);
  }

  VolumeWriter writer() {
    return writer;
  }

  Volume publish() throws IOException {
    Volume volume = folder.publish(path, writer.finish());
    published = true;
    return volume;
  }

  /** Deletes what was not published. */
  @Override
  public void close() throws IOException {
    try {
      writer.close();
    } finally {
      if (!published) {
        folder.files().delete(path, false);
      }
    }
  }
}
