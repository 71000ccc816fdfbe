package io.touchstone.engine.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HostProcessorTest {
  private static final String INTEL = "vendor_id\t: GenuineIntel";
  private static final String AMD = "vendor_id\t: AuthenticAMD";

  @Test
  void bf16ProductsAreKnownByTheFlagsThatLinuxNames() {
    assertThat(multipliesBf16("flags\t\t: fpu avx512f avx512_bf16 clzero")).isTrue();
    assertThat(multipliesBf16("flags\t\t: fpu amx_bf16")).isTrue();
    assertThat(multipliesBf16("flags\t\t: fpu avx512f avx512_vnni")).isFalse();
    assertThat(multipliesBf16("model name\t: avx512_bf16")).isFalse();
    assertThat(multipliesBf16("Features\t: fp asimd bf16")).isFalse();
    assertThat(HostProcessor.of(List.of(), Optional.empty()).multipliesBf16()).isFalse();
  }

  @Test
  void oneDnnMultipliesFloatsWhereMklKnowsTheProcessorNot() {
    assertThat(floatsByOneDnn(AMD, "flags\t\t: fpu avx2 avx512f")).isTrue();
    assertThat(floatsByOneDnn(AMD, "flags\t\t: fpu avx2")).isFalse();
    assertThat(floatsByOneDnn(INTEL, "flags\t\t: fpu avx2 avx512f avx512_bf16")).isFalse();
    assertThat(HostProcessor.of(List.of(), Optional.empty()).floatsByOneDnn()).isFalse();
  }

  @Test
  void aLimitOfTheLibraryThatForbidsThemCounts() {
    assertThat(limited("AVX512_CORE_VNNI")).isEqualTo(new HostProcessor(false, true));
    assertThat(limited("avx512_core_bf16")).isEqualTo(new HostProcessor(true, true));
    assertThat(limited("DEFAULT")).isEqualTo(new HostProcessor(true, true));
    assertThat(limited("AVX2")).isEqualTo(new HostProcessor(false, false));
  }

  private static boolean multipliesBf16(String line) {
    return HostProcessor.of(List.of("processor\t: 0", line), Optional.empty()).multipliesBf16();
  }

  private static boolean floatsByOneDnn(String maker, String flags) {
    return HostProcessor.of(List.of("processor\t: 0", maker, flags), Optional.empty())
        .floatsByOneDnn();
  }

  private static HostProcessor limited(String limit) {
    return HostProcessor.of(List.of(AMD, "flags\t\t: avx512f avx512_bf16"), Optional.of(limit));
  }
}
