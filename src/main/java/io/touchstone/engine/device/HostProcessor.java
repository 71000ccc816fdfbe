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
 * A machine's processor, asked for the products that it has.
 *
 * @param multipliesBf16 whether it multiplies bf16 numbers itself, and faster than fp32 ones
 * @param floatsByOneDnn whether oneDNN's products of fp32 numbers are the fast ones: MKL, which the
 *     library takes, uses AVX-512 on Intel's processors alone (libtorch 2.7.1: half of oneDNN's
 *     speed on an AMD EPYC)
 */
public record HostProcessor(boolean multipliesBf16, boolean floatsByOneDnn) {
  /** Linux's names of AVX-512's dot product of bf16 numbers, and of AMX's. */
  private static final Set<String> BF16 = Set.of("avx512_bf16", "amx_bf16");

  private static final Set<String> FLOATS = Set.of("avx512f");

  /** As Linux names Intel, whose processors MKL knows. */
  private static final String KNOWN_TO_MKL = "GenuineIntel";

  /** oneDNN's limit of what it uses of a processor, by the names it has for what is enough. */
  private static final List<String> LIMITS = List.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA");

  private static final String ALL = "DEFAULT";

  /** Limits with bf16; by their names they follow no order. */
  private static final Set<String> WITH_BF16 =
      Set.of(
          ALL, "AVX512_CORE_BF16", "AVX512_CORE_FP16", "AVX512_CORE_AMX", "AVX512_CORE_AMX_FP16");

  private static final Set<String> WITH_AVX512 = Set.of("AVX512_CORE", "AVX512_CORE_VNNI");

  private static final class OfThisMachine {
    private static final HostProcessor FOUND = of(cpuinfo(), limit());

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

  public static HostProcessor ofThisMachine() {
    return OfThisMachine.FOUND;
  }

  /**
   * @param cpuinfo lines of Linux's file of that name
   * @param limit of what oneDNN may use, where one is set
   */
  static HostProcessor of(List<String> cpuinfo, Optional<String> limit) {
    List<String> flags = words(cpuinfo, "flags");
    List<String> maker = words(cpuinfo, "vendor_id");
    String most = limit.orElse(ALL).toUpperCase(Locale.ROOT);
    boolean mayBf16 = WITH_BF16.contains(most);
    boolean mayAvx512 = mayBf16 || WITH_AVX512.contains(most);
    return new HostProcessor(
        mayBf16 && flags.stream().anyMatch(BF16::contains),
        mayAvx512 && flags.stream().anyMatch(FLOATS::contains) && !maker.contains(KNOWN_TO_MKL));
  }

  private static List<String> words(List<String> cpuinfo, String name) {
    return cpuinfo.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> Arrays.asList(line.substring(line.indexOf(':') + 1).strip().split(" +")))
        .findFirst()
        .orElse(List.of());
  }

  /** What is said of a machine without bf16. */
  static String missingBf16(String place) {
    return Problem.at(place)
        .expected("a processor that multiplies bf16 numbers (avx512_bf16 or amx_bf16)")
        .found("one that does not; --precision bf16-emulated and fp32 run on all");
  }
}
