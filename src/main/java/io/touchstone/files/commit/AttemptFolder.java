package io.touchstone.files.commit;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** An output folder as attempts at its pieces see it. */
public record AttemptFolder(CommitStore store, OutputLayout layout) {

  public static AttemptFolder of(OutputLayout layout, Configuration hadoop) throws IOException {
    return new AttemptFolder(CommitStore.of(layout, hadoop), layout);
  }

  public boolean isCommitted(int piece) throws IOException {
    return store.files().exists(layout.stats(piece));
  }
}
