package io.touchstone.engine.device;

import io.touchstone.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A machine's processor, asked whether it multiplies bf16 numbers itself, and faster than fp32
 * ones.
 *
 * @param multiplies whether it does, and the library may let it
 */
public record Bf16Processor(boolean multiplies) {
  /** Linux's names of AVX-512's dot product of bf16 numbers, and of AMX's. */
  private static final Set<String> FLAGS = Set.of("avx512_bf16", "amx_bf16");

  /** oneDNN's limit of what it uses of a processor, by the names it has for what is enough. */
  private static final List<String> LIMITS = List.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA");

  private static final String ALL = "DEFAULT";
  private static final String FIRST_WITH_BF16 = "AVX512_CORE_BF16";

  /** Which have it, and are no later than the first by name alone. */
  private static final Set<String> ENOUGH =
      Set.of(ALL, FIRST_WITH_BF16, "AVX512_CORE_FP16", "AVX512_CORE_AMX", "AVX512_CORE_AMX_FP16");

  private static final class OfThisMachine {
    private static final Bf16Processor FOUND = of(cpuinfo(), limit());

    private static List<String> cpuinfo() {
      try {
        return Files.readAllLines(Path.of("/proc/cpuinfo"));
      } catch (IOException e) {
        // No Linux: nothing is known of its processor.
        return List.of();
      }
    }

    private static Optional<String> limit() {
      return LIMITS.stream()
          .flatMap(name -> Stream.ofNullable(System.getenv(name)))
          .filter(value -> !value.isEmpty())
          .findFirst();
    }
  }

  public static Bf16Processor ofThisMachine() {
    return OfThisMachine.FOUND;
  }

  /**
   * @param cpuinfo lines of Linux's file of that name
   * @param limit of what oneDNN may use, where one is set
   */
  static Bf16Processor of(List<String> cpuinfo, Optional<String> limit) {
    List<String> flags =
        cpuinfo.stream()
            .filter(line -> line.startsWith("flags"))
            .map(line -> Arrays.asList(line.substring(line.indexOf(':') + 1).strip().split(" +")))
            .findFirst()
            .orElse(List.of());
    boolean may = ENOUGH.contains(limit.orElse(ALL).toUpperCase(Locale.ROOT));
    return new Bf16Processor(may && flags.stream().anyMatch(FLAGS::contains));
  }

  /** What is said of a machine without. */
  static String missing(String place) {
    return Problem.at(place)
        .expected("a processor that multiplies bf16 numbers (avx512_bf16 or amx_bf16)")
        .found("one that does not; --precision bf16-emulated and fp32 run on all");
  }
}
