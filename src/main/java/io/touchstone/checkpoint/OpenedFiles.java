package io.touchstone.checkpoint;

import io.touchstone.checkpoint.safetensors.UnfitFile;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a model's folder, each as it was before a byte of it was read: what is written into
 * one of them later is found out, as its times are set before its bytes. Any thread.
 */
final class OpenedFiles {
  private final SortedMap<Path, FileIdentity> identities = new TreeMap<>();

  /**
   * Takes down what a file is, if it is there; to be called before it is read for the first time.
   */
  synchronized void opening(Path file) {
    if (!identities.containsKey(file)) {
      try {
        identities.put(file, FileIdentity.of(file));
      } catch (IOException e) {
        // Whoever reads it says what is wrong with it.
      }
    }
  }

  /**
   * What it was when it was opened.
   *
   * @throws IllegalArgumentException if it was not
   */
  synchronized FileIdentity of(Path file) {
    FileIdentity identity = identities.get(file);
    if (identity == null) {
      throw new IllegalArgumentException("expected a file that was opened, found " + file);
    }
    return identity;
  }

  /**
   * What has become of the files; empty if they are what they were.
   *
   * <p>A file of which only the time of its last change has moved may have been linked or given to
   * another owner, or written by someone who set its other times back: then the fingerprint
   * decides.
   *
   * @param checkpoint that was read from them
   */
  synchronized Optional<String> change(Checkpoint checkpoint) {
    boolean isTouched = false;
    for (Map.Entry<Path, FileIdentity> file : identities.entrySet()) {
      Problem here = Problem.in(file.getKey());
      try {
        FileIdentity now = FileIdentity.of(file.getKey());
        if (!now.isAsWritten(file.getValue())) {
          return Optional.of(here.expected(file.getValue() + ", as it was opened").found(now));
        }
        isTouched |= !now.changed().equals(file.getValue().changed());
      } catch (NoSuchFileException e) {
        return Optional.of(here.expected(file.getValue() + ", as it was opened").found("no file"));
      } catch (IOException e) {
        return Optional.of(UnfitFile.unreadable(here, e));
      }
    }
    return isTouched ? changeOfContent(checkpoint) : Optional.empty();
  }

  private Optional<String> changeOfContent(Checkpoint checkpoint) {
    String before = checkpoint.fingerprint();
    try {
      Checkpoint again = Checkpoint.open(checkpoint.folder(), checkpoint.reading());
      if (again.fingerprint().equals(before)) {
        identities.replaceAll((file, old) -> again.files().of(file));
        return Optional.empty();
      }
      return Optional.of(
          Problem.in(checkpoint.folder())
              .expected("the model with fingerprint " + before + ", as it was opened")
              .found(again.fingerprint()));
    } catch (Refused e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
