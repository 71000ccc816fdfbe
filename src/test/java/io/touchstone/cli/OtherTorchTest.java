package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose process would load another PyTorch than its native part is made for. */
final class OtherTorchTest {

  @TempDir Path folder;

  @AfterEach
  void unset() {
    System.clearProperty("PYTORCH_LIBRARY_PATH");
  }

  @Test
  void isRefusedBeforeAnythingIsLoadedOrWritten() throws Exception {
    Path lib = Files.createDirectories(folder.resolve("torch/lib"));
    Files.writeString(lib.resolve("libtorch.so"), "would not load");
    Path version = lib.resolveSibling("version.py");
    Files.writeString(version, "__version__ = '2.11.0+cu130'\n");
    System.setProperty("PYTORCH_LIBRARY_PATH", lib.toString());
    Program program = Program.installed();

    assertThat(
            program.run(
                "annotate",
                "data-samples/helpsteer.jsonl",
                "--output",
                folder.resolve("out").toString()))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone annotate: 1 problem:\n  model "
                + Path.of("data-samples/demo-reward").toAbsolutePath()
                + ": PYTORCH_LIBRARY_PATH: ["
                + lib
                + "] expected PyTorch 2.7.1, found 2.11.0+cu130, as "
                + version
                + " says: pip install torch==2.7.1 into an environment of its own and name its"
                + " torch/lib, or unset PYTORCH_LIBRARY_PATH for the bundled CPU build\n");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
