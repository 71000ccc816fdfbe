package io.touchstone.files.commit;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.Compression;
import io.touchstone.files.read.InputFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an output folder was made from, as {@code _plan.json} keeps it.
 *
 * @param settings all whose change may change the output
 */
public record PlanRecord(SortedMap<String, String> settings, List<InputFile> inputs, int pieces) {

  private static final int MOST_FILES_NAMED = 10;
  private static final String COMPRESS = "compress";

  /** How the folder's parts are compressed. */
  Compression compression() {
    String word = settings.getOrDefault(COMPRESS, Compression.NONE.name());
    return Compression.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Adds how parts are compressed to settings, if they are. */
  public static void put(Compression compression, SortedMap<String, String> settings) {
    if (compression != Compression.NONE) {
      settings.put(COMPRESS, compression.name().toLowerCase(Locale.ROOT));
    }
  }

  /** What another plan has differently, each with its value here and there; empty if nothing. */
  List<String> differences(PlanRecord now) {
    List<String> found = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(settings.keySet());
    keys.addAll(now.settings.keySet());
    for (String key : keys) {
      String before = settings.getOrDefault(key, "not set");
      String after = now.settings.getOrDefault(key, "not set");
      if (!before.equals(after)) {
        found.add(key + ": was " + before + ", is " + after);
      }
    }
    found.addAll(fileDifferences(now));
    return found;
  }

  private List<String> fileDifferences(PlanRecord now) {
    Map<String, InputFile> before = byPath(inputs);
    Map<String, InputFile> after = byPath(now.inputs);
    List<String> found = new ArrayList<>();
    TreeSet<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    for (String path : paths) {
      InputFile old = before.get(path);
      InputFile current = after.get(path);
      if (!Objects.equals(old, current)) {
        found.add("input " + path + ": was " + described(old) + ", is " + described(current));
      }
    }
    if (found.isEmpty() && !inputs.equals(now.inputs)) {
      found.add("inputs: the same files in another order");
    }
    if (found.size() > MOST_FILES_NAMED) {
      int more = found.size() - MOST_FILES_NAMED;
      found = new ArrayList<>(found.subList(0, MOST_FILES_NAMED));
      found.add("inputs: " + more + " more differ");
    }
    return found;
  }

  private static Map<String, InputFile> byPath(List<InputFile> files) {
    return files.stream().collect(Collectors.toMap(InputFile::path, file -> file));
  }

  private static String described(@Nullable InputFile file) {
    if (file == null) {
      return "not there";
    }
    RowFormat format = file.format();
    return file.bytes()
        + " bytes of "
        + (format == null ? "no format" : format.word())
        + " modified at "
        + Instant.ofEpochMilli(file.modifiedMillis());
  }
}
