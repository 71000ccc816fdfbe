package io.touchstone.engine.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.ScorerException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/** The PyTorch library of this process, and the devices that it sees. */
public final class Libtorch {

  private Libtorch() {}

  /** A library that did not load is not loaded by asking again; the first answer says why. */
  private static final class Loading {
    private static final @Nullable String FAILURE = failure();

    private static @Nullable String failure() {
      // Telemetry and the look-up of native libraries must not go to the network.
      System.setProperty("ai.djl.offline", "true");
      TorchChoice choice = TorchChoice.ofProcess();
      List<String> problems = choice.problems();
      if (!problems.isEmpty()) {
        return String.join("\n", problems);
      }
      choice.told().forEach(System::setProperty);
      try {
        Engine.getEngine("PyTorch");
        return null;
      } catch (EngineException | LinkageError e) {
        Throwable root = ExceptionUtils.getRootCause(e);
        return "the PyTorch library cannot be loaded: " + root.getMessage();
      }
    }
  }

  /**
   * @throws ScorerException if the library cannot be loaded
   */
  static void load() {
    if (Loading.FAILURE != null) {
      throw new ScorerException(Loading.FAILURE);
    }
  }

  /**
   * @throws ScorerException if the library cannot be loaded, does not see the device, or that has
   *     no such products
   */
  public static void require(ReplicaDevice place, Precision precision) {
    requireMachine(precision);
    require(place);
  }

  /**
   * @throws ScorerException if this machine's processor has no such products
   */
  public static void requireMachine(Precision precision) {
    if (precision.asksProcessor() && !HostProcessor.ofThisMachine().multipliesBf16()) {
      throw new ScorerException(HostProcessor.missingBf16(precision.word()));
    }
  }

  /**
   * @throws ScorerException if the library cannot be loaded, or does not see the device
   */
  public static void require(ReplicaDevice place) {
    load();
    if (!(place instanceof ReplicaDevice.Cuda)) {
      return;
    }
    if (!JniUtils.getFeatures().contains("CUDA")) {
      throw new ScorerException(
          Problem.in(place.word())
              .expected("a GPU that PyTorch sees")
              .found(
                  "none: the library in "
                      + LibUtils.getLibtorchPath()
                      + " is "
                      + kind()
                      + "; run with --device cpu, or as docs/cluster.md says under GPUs"));
    }
  }

  private static String kind() {
    String version = "of PyTorch " + LibUtils.getVersion();
    return new TorchFolder(Path.of(LibUtils.getLibtorchPath())).hasCuda()
        ? "a CUDA build " + version + ", to which the driver shows no device"
        : "a CPU build " + version;
  }

  /**
   * Where a process runs that may choose: on the first device that the library sees, if any.
   *
   * @throws Refused if the environment names a library that must not be loaded
   */
  public static ReplicaDevice best() {
    // Loading the library takes half a second; the bundled one is a CPU build.
    TorchChoice choice = TorchChoice.ofProcess();
    if (choice.named().isPresent()) {
      Refused.ifAny(choice.problems());
      if (choice.folder().filter(TorchFolder::hasCuda).isPresent()) {
        load();
        if (JniUtils.getFeatures().contains("CUDA")) {
          return new ReplicaDevice.Cuda(0);
        }
      }
    }
    return new ReplicaDevice.Cpu();
  }

  /**
   * Bytes of a device.
   *
   * @throws ScorerException if that cannot be told
   */
  static long memory(Device device) {
    try {
      return CudaUtils.getGpuMemory(device).getMax();
    } catch (RuntimeException | LinkageError e) {
      throw new ScorerException(
          "[cuda:"
              + device.getDeviceId()
              + "] expected to learn how much memory it has from libcudart, found: "
              + e.getMessage()
              + "; --memory says how much a replica may take of it",
          e);
    }
  }
}
