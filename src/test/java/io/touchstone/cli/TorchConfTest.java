package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that names an installed PyTorch, with folders as pip lays them out. */
final class TorchConfTest {

  @TempDir Path folder;
  private Path torch;

  @BeforeEach
  void install() throws IOException {
    torch = folder.toRealPath().resolve("site-packages/torch");
    put("torch/lib/libtorch.so");
    put("torch/lib/libtorch_python.so");
    put("torch/lib/libgomp.so.1");
    put("torch/nn.py");
    put("nvidia/cublas/lib/libcublas.so.12");
    put("nvidia/cublas/include/cublas.h");
    says("2.7.1+cu126");
  }

  private void put(String file) throws IOException {
    Path path = folder.toRealPath().resolve("site-packages").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, file);
  }

  private void says(String version) throws IOException {
    Files.writeString(torch.resolve("version.py"), "__version__ = '" + version + "'\n");
  }

  private Outcome torchConf(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("jobs/torch-conf"));
    command.addAll(List.of(arguments));
    return Outcome.of(new ProcessBuilder(command), folder);
  }

  @Test
  void aBuildForCpusIsNamedByOneLine() throws Exception {
    assertThat(torchConf(torch.toString()))
        .isEqualTo(
            new Outcome(
                0,
                "# PyTorch 2.7.1+cu126 of "
                    + torch
                    + "\nspark.executorEnv.PYTORCH_LIBRARY_PATH = "
                    + torch
                    + "/lib\n",
                ""));
  }

  @Test
  void oneForCudaCountsDevicesAsSparkDoes() throws Exception {
    put("torch/lib/libtorch_cuda.so");
    assertThat(torchConf(torch.toString()).out())
        .endsWith("/lib\nspark.executorEnv.CUDA_DEVICE_ORDER = PCI_BUS_ID\n");
  }

  @Test
  void anArchiveHoldsTheLibrariesAsPipLaysThemOut() throws Exception {
    Path archive = folder.toRealPath().resolve("torch.tar.gz");
    Outcome packed = torchConf(torch.toString(), "--pack", archive.toString());

    assertThat(packed.err()).isEmpty();
    assertThat(packed.out())
        .endsWith(
            "spark.archives = "
                + archive
                + "#pytorch\nspark.executorEnv.PYTORCH_LIBRARY_PATH = pytorch/torch/lib\n");
    assertThat(Outcome.of(new ProcessBuilder("tar", "-tzf", archive.toString()), folder).out())
        .hasLineCount(4)
        .contains(
            "nvidia/cublas/lib/libcublas.so.12\n",
            "torch/lib/libgomp.so.1\n",
            "torch/lib/libtorch.so\n",
            "torch/version.py\n");
  }

  @Test
  void anotherReleaseIsRefused() throws Exception {
    says("2.11.0+cu130");
    assertThat(torchConf(torch.toString()))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "touchstone torch-conf: ["
                    + torch
                    + "] expected PyTorch 2.7.1, found 2.11.0+cu130: pip install torch==2.7.1 into"
                    + " an environment of its own\n"));
  }

  @Test
  void whatIsNoPyTorchIsRefused() throws Exception {
    assertThat(torchConf(folder.resolve("nowhere").toString()).err())
        .isEqualTo(
            "touchstone torch-conf: expected a Python or a folder, found '"
                + folder.resolve("nowhere")
                + "'\n");
    Path empty = Files.createDirectory(folder.toRealPath().resolve("empty"));
    assertThat(torchConf(empty.toString()))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "touchstone torch-conf: [" + empty + "] expected lib/libtorch.so, found none\n"));
  }
}
