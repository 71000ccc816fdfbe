package io.touchstone.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes safetensors files as the reference library does, or with a header of one's own. */
final class SafetensorsWriter {
  record Stored(String name, String dtype, List<Long> shape) {
    static Stored of(String name, String dtype, long... shape) {
      List<Long> sizes = new ArrayList<>();
      for (long size : shape) {
        sizes.add(size);
      }
      return new Stored(name, dtype, sizes);
    }

    int bytes() {
      long bytes =
          switch (dtype) {
            case "F64", "I64" -> 8;
            case "F32", "I32" -> 4;
            case "I8", "U8", "F8_E4M3" -> 1;
            default -> 2;
          };
      for (long size : shape) {
        bytes *= size;
      }
      return Math.toIntExact(bytes);
    }

    String header(long begin) {
      return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
          .formatted(name, dtype, shape, begin, begin + bytes());
    }

    /** The same for the same name. */
    byte[] content() {
      byte[] content = new byte[bytes()];
      new Random(name.hashCode()).nextBytes(content);
      return content;
    }
  }

  private SafetensorsWriter() {}

  static void write(Path file, List<Stored> tensors) throws IOException {
    List<String> entries = new ArrayList<>(List.of("\"__metadata__\":{\"format\":\"pt\"}"));
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (Stored tensor : tensors) {
      entries.add(tensor.header(data.size()));
      data.writeBytes(tensor.content());
    }
    write(file, "{" + String.join(",", entries) + "}", data.toByteArray());
  }

  static void write(Path file, String header, byte[] data) throws IOException {
    byte[] json =
        (header + " ".repeat((8 - header.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .array());
    out.writeBytes(json);
    out.writeBytes(data);
    Files.write(file, out.toByteArray());
  }
}
