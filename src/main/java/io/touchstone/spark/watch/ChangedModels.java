package io.touchstone.spark.watch;

import io.touchstone.files.commit.AttemptFolder;
import io.touchstone.files.commit.CommitStore;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.FileStatus;

/** What marks tell of processes that ended while a model was changed under them. */
public final class ChangedModels {

  private ChangedModels() {}

  /**
   * Looks at the marks of all pieces; disturbs nobody.
   *
   * @param identities what identifies a file of this machine now, by its path
   * @return what was expected of the files that processes known to be dead had mapped, and what is
   *     found; empty if no process ended so
   */
  public static Set<String> ofTheDead(AttemptFolder folder, UnaryOperator<String> identities)
      throws IOException {
    Set<String> changes = new TreeSet<>();
    for (FileStatus mark : folder.store().list(folder.layout().marksFolder())) {
      if (AttemptMark.writer(folder.store(), mark.getPath()) == CommitStore.Writer.DEAD) {
        AttemptMark.read(folder.store(), mark.getPath())
            .model()
            .flatMap(model -> model.change(identities))
            .ifPresent(changes::add);
      }
    }
    return changes;
  }
}
