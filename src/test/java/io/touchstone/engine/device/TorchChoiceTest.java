package io.touchstone.engine.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an environment names, before anything of it is loaded. */
final class TorchChoiceTest {
  private static final String WAYS_ON =
      "; docs/spark-submit.md says how a cluster's machines come by it";

  @TempDir Path root;
  private Path lib;

  /** As on a machine that has those of DJL's parts. */
  private record SomeParts(boolean hasLibrary, boolean hasDriver) implements TorchChoice.Parts {
    @Override
    public String release() {
      return "2.7.1";
    }

    @Override
    public boolean hasNative(String flavor) {
      return List.of("cpu", "cu128").contains(flavor);
    }
  }

  @BeforeEach
  void install() throws IOException {
    lib = Files.createDirectories(root.resolve("torch/lib"));
    Files.createFile(lib.resolve("libtorch.so"));
  }

  private TorchChoice choice(String named, String version, String flavor) {
    return new TorchChoice(
        Optional.ofNullable(named),
        Optional.ofNullable(version),
        Optional.ofNullable(flavor),
        new SomeParts(true, true));
  }

  private TorchChoice choice() {
    return choice(lib.toString(), null, null);
  }

  private void says(String file, String text) throws IOException {
    Path written = lib.resolve(file).normalize();
    Files.createDirectories(written.getParent());
    Files.writeString(written, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../version.py | __version__ = '2.7.1+cu126'",
        "../version.py | __version__ = '2.7.1'",
        "../build-version | 2.7.1+cpu",
        "build-version | 2.7.1",
        "../share/cmake/Torch/TorchConfigVersion.cmake | set(PACKAGE_VERSION \"2.7.1\")"
      })
  void theReleaseThatDjlsPartIsMadeForIsTaken(String file, String text) throws IOException {
    says(file, "# a line before it\n".repeat(file.endsWith(".py") ? 1 : 0) + text + "\n");

    assertThat(choice().problems()).isEmpty();
    assertThat(choice().told())
        .isEqualTo(Map.of("PYTORCH_VERSION", "2.7.1", "PYTORCH_FLAVOR", "cpu"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.11.0+cu130", "2.7.10", "2.7.0", "2.7.1.post2", "2.7"})
  void anotherReleaseIsToldWithTheWayOn(String version) throws IOException {
    says("../version.py", "__version__ = '" + version + "'\n");

    assertThat(choice().problems())
        .containsExactly(
            "PYTORCH_LIBRARY_PATH: ["
                + lib
                + "] expected PyTorch 2.7.1, found "
                + version
                + ", as "
                + root.resolve("torch/version.py")
                + " says: pip install torch==2.7.1 into an environment of its own and name its"
                + " torch/lib, or unset PYTORCH_LIBRARY_PATH for the bundled CPU build");
  }

  @Test
  void aLibraryWithoutAVersionIsNotTried() {
    assertThat(choice().problems())
        .containsExactly(
            "PYTORCH_LIBRARY_PATH: ["
                + lib
                + "] expected PyTorch 2.7.1, found no file beside it that says its version"
                + " (version.py, build-version); if it is 2.7.1, write that into a file"
                + " build-version in that folder");
  }

  @Test
  void aFolderThatDjlWouldPassOverIsToldBesideTheRest() {
    assertThat(choice(root.resolve("not/there").toString(), "2.11.0", "cu126").problems())
        .containsExactly(
            "PYTORCH_LIBRARY_PATH: expected a folder that holds libtorch.so, found "
                + root.resolve("not/there")
                + WAYS_ON,
            "PYTORCH_VERSION: expected 2.7.1, or to be unset, found 2.11.0",
            "PYTORCH_FLAVOR: expected cpu or cu128, or to be unset, found cu126");
  }

  @Test
  void withoutALibraryTheJarIsNamed() {
    TorchChoice none =
        new TorchChoice(
            Optional.empty(), Optional.empty(), Optional.empty(), new SomeParts(false, false));

    assertThat(none.problems())
        .containsExactly(
            "libtorch: expected pytorch-native-cpu-2.7.1-linux-x86_64.jar among the --jars of"
                + " spark-submit, or PYTORCH_LIBRARY_PATH in the environment of this process, found"
                + " neither"
                + WAYS_ON);
    assertThat(none.told()).isEmpty();
    assertThat(choice(null, null, null).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true, cu128", "false, cpu"})
  void aCudaBuildIsUsedAsOneWhereThereIsADriver(boolean driver, String flavor) throws IOException {
    says("../version.py", "__version__ = '2.7.1+cu126'\n");
    Files.createFile(lib.resolve("libtorch_cuda.so"));
    TorchChoice cuda =
        new TorchChoice(
            Optional.of("/nowhere:" + lib),
            Optional.empty(),
            Optional.empty(),
            new SomeParts(true, driver));

    assertThat(cuda.problems()).isEmpty();
    assertThat(cuda.told()).containsEntry("PYTORCH_FLAVOR", flavor);
  }

  @Test
  void whatTheUserSaysStands() throws IOException {
    says("../version.py", "__version__ = '2.7.1+cu126'\n");

    assertThat(choice(lib.toString(), "2.7.1", "cu128").told()).isEmpty();
  }

  @Test
  void theBuildsOwnPartsAreOfOneRelease() {
    DjlParts parts = new DjlParts();

    assertThat(parts.release()).isEqualTo("2.7.1");
    assertThat(parts.hasLibrary()).isTrue();
    assertThat(parts.hasNative("cpu")).isTrue();
    assertThat(parts.hasNative("cu128")).isTrue();
    assertThat(parts.hasNative("cu126")).isFalse();
  }
}
