package io.touchstone.engine.weights;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.checkpoint.Adapter;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.Norms;
import io.touchstone.checkpoint.safetensors.DType;
import io.touchstone.checkpoint.safetensors.Tensor;
import io.touchstone.engine.program.Decoder;
import io.touchstone.problem.Problem;
import io.touchstone.scoring.ScorerException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A checkpoint's tensors as the files hold them, mapped: nothing is read before it is used, and
 * processes of one machine share the pages.
 */
public final class StoredWeights {
  /** What one mapping of a file can hold. */
  public static final long MOST_BYTES = Integer.MAX_VALUE;

  private final Checkpoint checkpoint;
  private final Decoder program;
  private final Map<String, PtNDArray> mapped = new HashMap<>();
  private final Map<String, PtNDArray> ofNorms = new HashMap<>();
  private final Map<String, MappedByteBuffer> pages = new HashMap<>();

  public StoredWeights(Checkpoint checkpoint, Decoder program) {
    this.checkpoint = checkpoint;
    this.program = program;
  }

  /** The tensor in its own shape and type; belongs to these weights. */
  public PtNDArray tensor(String name) {
    return mapped.computeIfAbsent(
        name,
        missing -> {
          Tensor tensor = checkpoint.tensor(missing);
          MappedByteBuffer bytes = map(tensor, tensor.offset(), tensor.length());
          pages.put(missing, bytes);
          return numbers(program.manager(), tensor.dtype(), bytes, tensor.shape());
        });
  }

  /**
   * A norm's weights, as numbers are multiplied by them, [size], or a layer norm's and its biases,
   * [2, 1, size]; belongs to these weights.
   */
  public PtNDArray norm(String name, Norms norms) {
    return switch (norms.kind()) {
      case RMS -> tensor(name);
      case RMS_ONE_PLUS ->
          ofNorms.computeIfAbsent(
              name, missing -> program.onePlus(program.manager(), tensor(missing)));
      case LAYER ->
          ofNorms.computeIfAbsent(
              name,
              missing -> program.both(program.manager(), tensor(missing), tensor(biasOf(missing))));
    };
  }

  /** Empty where the stored numbers are the matrix. */
  Optional<Decoder.Scales> scales(String matrix) {
    Tensor tensor = checkpoint.tensor(matrix);
    return tensor.dtype() == DType.F8_E4M3
        ? checkpoint
            .fp8()
            .map(
                fp8 ->
                    new Decoder.Scales(
                        tensor(fp8.scale(matrix)),
                        fp8.extent().scales(tensor.shape()),
                        fp8.extent()))
        : Optional.empty();
  }

  private static String biasOf(String weight) {
    return weight.substring(0, weight.lastIndexOf('.')) + ".bias";
  }

  /** Empty where no adapter adds to it. */
  Optional<Decoder.Addend> addend(String matrix) {
    return checkpoint
        .adapter()
        .filter(adapter -> checkpoint.tensors().containsKey(Adapter.a(matrix)))
        .map(
            adapter ->
                new Decoder.Addend(
                    tensor(Adapter.a(matrix)), tensor(Adapter.b(matrix)), adapter.scale()));
  }

  /** The parts of the files behind those tensors of a layer that were asked for. */
  List<MappedByteBuffer> pages(int layer) {
    String prefix = checkpoint.layerPrefix(layer);
    return pages.entrySet().stream()
        .filter(tensor -> tensor.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Rows of a matrix as floats, one array each; only these rows are read. */
  public float[][] rows(String name, int first, int count) {
    Tensor tensor = checkpoint.tensor(name);
    long columns = tensor.shape().get(1);
    long row = columns * tensor.dtype().bytes();
    MappedByteBuffer bytes = map(tensor, tensor.offset() + first * row, count * row);
    try (PtNDManager reading = program.manager().newSubManager(Device.cpu())) {
      float[] flat =
          floats(reading, numbers(reading, tensor.dtype(), bytes, List.of((long) count, columns)));
      float[][] rows = new float[count][];
      for (int i = 0; i < count; i++) {
        rows[i] = Arrays.copyOfRange(flat, (int) (i * columns), (int) ((i + 1) * columns));
      }
      return rows;
    }
  }

  public float[] vector(String name) {
    return floats(tensor(name));
  }

  /** The same of a norm's weights, as numbers are multiplied by them. */
  public float[] normVector(String name, Norms norms) {
    return floats(norm(name, norms));
  }

  private float[] floats(PtNDArray vector) {
    try (PtNDManager reading = program.manager().newSubManager(Device.cpu())) {
      return floats(reading, vector);
    }
  }

  private float[] floats(PtNDManager manager, PtNDArray stored) {
    return program.floats(manager, stored).toFloatArray();
  }

  /** DJL 0.35.1 aborts the process when it is asked for a bfloat16 tensor: it is given bytes. */
  private PtNDArray numbers(
      PtNDManager manager, DType dtype, MappedByteBuffer bytes, List<Long> shape) {
    long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
    PtNDArray raw = manager.create(bytes, new Shape(bytes.capacity()), DataType.INT8);
    return program.numbers(manager, raw, type(dtype), sizes);
  }

  /** The mapped files, as the checkpoint identified them. */
  public SortedMap<String, String> files() {
    return checkpoint.weightFiles();
  }

  /**
   * Looks whether all that was read until now is the checkpoint's.
   *
   * @throws ScorerException naming the file that has changed
   */
  public void confirm() {
    Optional<String> change = checkpoint.change();
    if (change.isPresent()) {
      throw new ScorerException(
          change.get()
              + ": the model was changed while it was in use, so what it scored since is not"
              + " written; put the same model back, and the same command goes on");
    }
  }

  public static String tooLarge(Tensor tensor) {
    return at(tensor).expected("at most " + MOST_BYTES + " bytes").found(tensor.length());
  }

  private static Problem at(Tensor tensor) {
    return Problem.in(tensor.file().getFileName()).field("tensor " + tensor.name());
  }

  private static MappedByteBuffer map(Tensor tensor, long offset, long length) {
    try (FileChannel file = FileChannel.open(tensor.file(), StandardOpenOption.READ)) {
      MappedByteBuffer bytes = file.map(FileChannel.MapMode.READ_ONLY, offset, length);
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      return bytes;
    } catch (IOException e) {
      throw new ScorerException(at(tensor).place() + "cannot be mapped", e);
    }
  }

  /** The dtype's number in TorchScript. */
  private static int type(DType dtype) {
    return switch (dtype) {
      case F32 -> 6;
      case F16 -> 5;
      case BF16 -> 15;
      case F8_E4M3 -> 24;
    };
  }
}
