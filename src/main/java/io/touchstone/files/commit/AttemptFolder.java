package io.touchstone.files.commit;

import io.touchstone.files.Filesystems;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** An output folder as attempts at its pieces see it. */
public record AttemptFolder(CommitStore store, OutputLayout layout) {

  /** The folder that a job has begun, of whatever plan; empty where no job has. */
  public static Optional<AttemptFolder> begun(String output, Configuration hadoop)
      throws IOException {
    Path path = new Path(output);
    OutputLayout bare = OutputLayout.of(Filesystems.of(path, hadoop).makeQualified(path), 0);
    AttemptFolder folder = of(bare, hadoop);
    if (!folder.store.files().exists(bare.plan())) {
      return Optional.empty();
    }
    PlanFile plan = PlanFile.read(folder.store.read(bare.plan()));
    return Optional.of(new AttemptFolder(folder.store, bare.of(plan)));
  }

  public static AttemptFolder of(OutputLayout layout, Configuration hadoop) throws IOException {
    return new AttemptFolder(CommitStore.of(layout, hadoop), layout);
  }

  public boolean isCommitted(int piece) throws IOException {
    return store.files().exists(layout.stats(piece));
  }
}
