package io.touchstone.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the Hugging Face hub and its cache have to do with a folder that was named. */
final class HubFolder {
  private static final String SNAPSHOTS = "snapshots";
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}");

  private HubFolder() {}

  /** How to fetch it, if what is no folder could be a model's name on the hub; else nothing. */
  static String download(Path folder) {
    if (folder.isAbsolute()
        || folder.getNameCount() != 2
        || !PART.matcher(folder.getName(0).toString()).matches()
        || !PART.matcher(folder.getName(1).toString()).matches()) {
      return "";
    }
    return "; the model of that name on the Hugging Face hub is fetched by\n    hf download "
        + folder.getName(0)
        + "/"
        + folder.getName(1)
        + " --local-dir "
        + folder.getName(1);
  }

  /** The revision's folder to take in place of the cache's outer one, if this is such. */
  static Optional<String> snapshot(Path folder) {
    Path snapshots = folder.resolve(SNAPSHOTS);
    if (Files.exists(folder.resolve("config.json")) || !Files.isDirectory(snapshots)) {
      return Optional.empty();
    }
    try {
      Path main = folder.resolve("refs/main");
      if (Files.isRegularFile(main) && Files.size(main) < 100) {
        String revision = Files.readString(main, StandardCharsets.UTF_8).strip();
        if (PART.matcher(revision).matches() && Files.isDirectory(snapshots.resolve(revision))) {
          return Optional.of(SNAPSHOTS + "/" + revision);
        }
      }
      try (Stream<Path> listing = Files.list(snapshots)) {
        List<String> revisions =
            listing.map(each -> SNAPSHOTS + "/" + each.getFileName()).sorted().limit(3).toList();
        return Optional.of(
            revisions.isEmpty() ? "another, it has no snapshot" : String.join(" or ", revisions));
      }
    } catch (IOException | UncheckedIOException e) {
      return Optional.of(SNAPSHOTS + "/REVISION");
    }
  }

  /** A model's name, also where its folder is a revision in the hub's cache. */
  static String modelName(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    Path parent = whole.getParent();
    Path cached = parent == null || !parent.endsWith(SNAPSHOTS) ? null : parent.getParent();
    Path named = cached == null ? whole.getFileName() : cached.getFileName();
    String name = named == null ? "" : named.toString();
    return name.substring(name.lastIndexOf("--") + (name.contains("--") ? 2 : 1));
  }
}
