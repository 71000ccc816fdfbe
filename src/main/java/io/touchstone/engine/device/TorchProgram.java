package io.touchstone.engine.device;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.pytorch.engine.PtModel;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.touchstone.scoring.ScorerException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript program made from its source text, without Python and without weights.
 *
 * <p>An archive is a zip of stored entries: the code, no constants, and a pickle that holds one
 * empty module object (torch/csrc/jit/serialization, libtorch 2.7.1).
 */
public final class TorchProgram implements AutoCloseable {
  /** An empty tuple, as a pickle of protocol 2. */
  private static final String FOLDER = "/io/touchstone/engine/";

  private static final String NO_CONSTANTS = "\u0080\2).";

  /** A Decoder with the state {@code {"training": False}}, as a pickle of protocol 2. */
  private static final String MODULE =
      "\u0080\2c__torch__\nDecoder\n)\u0081}(X\10\0\0\0training\u0089ub.";

  private final Model model;
  private final PtSymbolBlock module;

  private TorchProgram(Model model) {
    this.model = model;
    this.module = (PtSymbolBlock) model.getBlock();
  }

  /**
   * Loads resources of this package, of which the first defines {@code class Decoder(Module)} and
   * the others go on with its methods.
   */
  public static TorchProgram load(List<String> resources, Device device) {
    String name = String.join(", ", resources);
    Model model = Model.newInstance(resources.get(0), device, "PyTorch");
    try {
      ByteArrayOutputStream source = new ByteArrayOutputStream();
      for (String resource : resources) {
        source.write(read(resource));
      }
      byte[] archive = archive(source.toByteArray());
      ((PtModel) model).load(new ByteArrayInputStream(archive), Map.of());
      return new TorchProgram(model);
    } catch (IOException | MalformedModelException e) {
      model.close();
      throw new ScorerException("[" + name + "] the engine refused the program", e);
    }
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream source = TorchProgram.class.getResourceAsStream(FOLDER + resource)) {
      if (source == null) {
        throw new ScorerException("[" + resource + "] expected a resource of this program");
      }
      return source.readAllBytes();
    }
  }

  public PtNDManager manager() {
    return (PtNDManager) model.getNDManager();
  }

  /**
   * Calls a method.
   *
   * @param arguments tensors, tensor arrays, long, double, boolean, long[] or double[]
   */
  public void run(String method, Object... arguments) {
    call(method, arguments).close();
  }

  /** Calls a method that gives one tensor, which then belongs to the manager. */
  public PtNDArray tensor(PtNDManager manager, String method, Object... arguments) {
    try (IValue result = call(method, arguments)) {
      return result.toTensor(manager);
    }
  }

  /** Calls a method that gives a list of tensors, which then belong to the manager. */
  public PtNDArray[] tensors(PtNDManager manager, String method, Object... arguments) {
    try (IValue result = call(method, arguments)) {
      return result.toTensorArray(manager);
    }
  }

  private IValue call(String method, Object... arguments) {
    IValue[] values = new IValue[arguments.length];
    try {
      for (int i = 0; i < arguments.length; i++) {
        values[i] = value(arguments[i]);
      }
      return IValueUtils.runMethod(module, method, values);
    } finally {
      for (IValue value : values) {
        if (value != null) {
          value.close();
        }
      }
    }
  }

  private static IValue value(Object argument) {
    if (argument instanceof PtNDArray tensor) {
      return IValue.from(tensor);
    } else if (argument instanceof PtNDArray[] tensors) {
      return IValue.listFrom(tensors);
    } else if (argument instanceof Integer number) {
      return IValue.from((long) number);
    } else if (argument instanceof Long number) {
      return IValue.from((long) number);
    } else if (argument instanceof Double number) {
      return IValue.from((double) number);
    } else if (argument instanceof long[] numbers) {
      return IValue.listFrom(numbers);
    } else if (argument instanceof double[] numbers) {
      return IValue.listFrom(numbers);
    }
    throw new IllegalArgumentException(
        "expected a tensor, a number or a list of them, found " + argument.getClass());
  }

  @Override
  public void close() {
    model.close();
  }

  private static byte[] archive(byte[] source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "archive/version", "3\n".getBytes(ISO_8859_1));
      store(zip, "archive/constants.pkl", NO_CONSTANTS.getBytes(ISO_8859_1));
      store(zip, "archive/code/__torch__.py", source);
      store(zip, "archive/data.pkl", MODULE.getBytes(ISO_8859_1));
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
