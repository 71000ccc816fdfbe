package io.touchstone.cli.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DataSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1048576, 1048576",
    "17b, 17",
    "64MiB, 67108864",
    "32m, 33554432",
    "32M, 33554432",
    "1GiB, 1073741824",
    "3 KiB, 3072",
    "2t, 2199023255552"
  })
  void readsPlainBytesAndBinaryUnits(String text, long bytes) {
    assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "-1", "1.5g", "64MB", "64x", "64MiBs", "9999999999999999g"})
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> DataSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a size such as 64MiB, 32m, 1GiB or 1048576, found '" + text + "'");
  }

  @Test
  void writesWhatItReadsBack() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      DataSize size = new DataSize((random.nextLong() >>> 5) >> random.nextInt(59));
      assertThat(DataSize.parse(size.toString())).as("seed %d, %s", seed, size).isEqualTo(size);
    }
    assertThat(new DataSize(64 << 20)).hasToString("64MiB");
    assertThat(new DataSize(1536)).hasToString("1536");
    assertThat(new DataSize(3 << 10)).hasToString("3KiB");
  }
}
