package io.touchstone.spark;

import java.io.Serializable;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * Where things lie in an output folder.
 *
 * @param folder fully qualified
 * @param digits of a piece's number in file names
 */
record OutputLayout(String folder, int digits) implements Serializable {

  private static final int LEAST_DIGITS = 5;

  static OutputLayout of(Path folder, int pieces) {
    int needed = Integer.toString(Math.max(0, pieces - 1)).length();
    return new OutputLayout(folder.toString(), Math.max(LEAST_DIGITS, needed));
  }

  Path root() {
    return new Path(folder);
  }

  Path part(int piece) {
    return new Path(root(), partName(piece));
  }

  Path rejected(int piece) {
    return new Path(rejectedFolder(), partName(piece));
  }

  Path stats(int piece) {
    return new Path(statsFolder(), name(piece) + ".json");
  }

  /** A name that no other attempt has. */
  Path temporary(String name) {
    return new Path(temporaryFolder(), name);
  }

  Path rejectedFolder() {
    return new Path(root(), "rejected");
  }

  Path statsFolder() {
    return new Path(root(), "_stats");
  }

  Path temporaryFolder() {
    return new Path(root(), "_tmp");
  }

  Path plan() {
    return new Path(root(), "_plan.json");
  }

  Path summary() {
    return new Path(root(), "run.json");
  }

  Path success() {
    return new Path(root(), "_SUCCESS");
  }

  /** Whether a file of a result holds rows. */
  static boolean isPart(String name) {
    return name.startsWith("part-") && name.endsWith(".jsonl");
  }

  String name(int piece) {
    return String.format(Locale.ROOT, "part-%0" + digits + "d", piece);
  }

  String partName(int piece) {
    return name(piece) + ".jsonl";
  }
}
