package io.touchstone.checkpoint;

import io.touchstone.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Weights in files of other kinds than are read: why they are not, and the way on. */
final class OtherWeights {
  private static final int SHOWN = 3;

  private static final String PICKLED =
      " (only safetensors are read: opening these runs code that lies in them)";

  /** By how names end; the first kind that a folder has counts. */
  private static final Map<String, String> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("bin", PICKLED);
    KINDS.put(
        "nemo",
        " (a checkpoint of NeMo: an archive of its own, with pickles in it); NeMo's"
            + " scripts/checkpoint_converters write a Hugging Face folder of it");
    KINDS.put(
        "gguf",
        " (a model of llama.cpp, most often quantised, which scores otherwise); take the Hugging"
            + " Face folder that it was made from");
    for (String pickle : List.of("pt", "pth", "ckpt")) {
      KINDS.put(pickle, PICKLED);
    }
    for (String other : List.of("h5", "msgpack", "onnx")) {
      KINDS.put(other, " (only safetensors are read); transformers' save_pretrained writes them");
    }
  }

  private OtherWeights() {}

  /** What a folder has in the place of safetensors. */
  static Optional<String> in(Path folder) {
    return KINDS.keySet().stream().flatMap(kind -> ending(folder, kind).stream()).findFirst();
  }

  /** The same of what holds a whole model, its configuration and tokenizer too. */
  static Optional<String> wholeIn(Path folder) {
    return Stream.of("nemo", "gguf").flatMap(kind -> ending(folder, kind).stream()).findFirst();
  }

  /** What a file is that was taken for a folder. */
  static Optional<String> of(Path file) {
    String name = String.valueOf(file.getFileName());
    String kind = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(KINDS.get(kind)).map(why -> "a file" + why);
  }

  /** Whether weights are pickled, which lines of Python can mend. */
  static boolean arePickled(String found) {
    return found.contains(".bin" + PICKLED);
  }

  private static Optional<String> ending(Path folder, String kind) {
    try (Stream<Path> listing = Files.list(folder)) {
      String names =
          listing
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith("." + kind))
              .sorted()
              .limit(SHOWN)
              .map(Problem::shown)
              .collect(Collectors.joining(", "));
      return names.isEmpty() ? Optional.empty() : Optional.of(names + KINDS.get(kind));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
