package io.touchstone.engine.device;

import ai.djl.util.ClassLoaderUtils;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** DJL's parts on the class path of this process, where DJL looks for them. */
final class DjlParts implements TorchChoice.Parts {
  private static final String JNI = "jnilib/pytorch.properties";
  private static final String LIBRARY = "native/lib/pytorch.properties";
  private static final String DRIVER = "libcuda.so.1";

  @Override
  public String release() {
    Properties jni = new Properties();
    try (InputStream in = ClassLoaderUtils.getResourceAsStream(JNI)) {
      jni.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(JNI + " cannot be read", e);
    }
    // PyTorch's version, and behind it DJL's.
    return jni.getProperty("jni_version").split("-", 2)[0];
  }

  @Override
  public boolean hasLibrary() {
    return has(LIBRARY);
  }

  @Override
  public boolean hasNative(String flavor) {
    return has("jnilib/linux-x86_64/" + flavor + "/libdjl_torch.so");
  }

  private static boolean has(String resource) {
    try {
      return ClassLoaderUtils.getResource(resource) != null;
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be looked for", e);
    }
  }

  @Override
  public boolean hasDriver() {
    try {
      return NativeLibrary.getInstance(DRIVER) != null;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }
}
