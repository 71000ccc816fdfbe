package io.touchstone.cli.call;

import java.nio.file.Path;

/** The name by which a model's settings are found under {@code conf/models}. */
record ModelName(String name) {

  /**
   * The folder's name; of a snapshot in the Hugging Face hub's cache ({@code
   * models--ORG--NAME/snapshots/REVISION}) the model's.
   */
  static ModelName of(Path model) {
    Path folder = model.toAbsolutePath().normalize();
    Path snapshots = folder.getParent();
    if (snapshots != null && snapshots.endsWith("snapshots")) {
      Path cached = snapshots.getParent();
      String name = cached == null ? "" : String.valueOf(cached.getFileName());
      if (name.startsWith("models--")) {
        return new ModelName(name.substring(name.lastIndexOf("--") + 2));
      }
    }
    Path last = folder.getFileName();
    return new ModelName(last == null ? "" : last.toString());
  }
}
