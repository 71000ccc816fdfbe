package io.touchstone.checkpoint.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.touchstone.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is told of a file of a folder that cannot be taken. */
public final class UnfitFile {
  private UnfitFile() {}

  /** There is no file. */
  public static String noFile(Problem here, Path file) {
    return here.expected("a file").found(Files.exists(file) ? "something else" : "none");
  }

  /** It is no JSON, or cannot be read. */
  public static String notJson(Problem here, IOException e) {
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      // What follows is Jackson's own account of where the value began.
      String message = json.getOriginalMessage().replaceAll("(?s) \\(start marker at.*", "");
      return here.expected("JSON")
          .found(
              "at line %d, column %d: %s"
                  .formatted(
                      json.getLocation().getLineNr(),
                      json.getLocation().getColumnNr(),
                      Problem.shown(message)));
    }
    return unreadable(here, e);
  }

  /** It cannot be read. */
  public static String unreadable(Problem here, IOException e) {
    return here.expected("to be readable")
        .found(e.getClass().getSimpleName() + ": " + Problem.shown(String.valueOf(e.getMessage())));
  }
}
