package io.touchstone.engine.device;

/** How a decoder computes on a kind of device. */
public enum Kernels {
  /** Several tasks at once, each small enough that all threads have some. */
  CPU(512, 64, 96, 0, 16_384),

  /** One task after another, each large enough to fill a device. */
  CUDA(4_096, 1_024, 512, 1, 65_536);

  /** On a CPU, as {@link #leastRows} says. */
  public static final int LEAST_ROWS = 64;

  private final int microBatchTokens;
  private final int leastRows;
  private final int maskRows;
  private final int attention;
  private final int usualLoadTokens;

  Kernels(int microBatchTokens, int leastRows, int maskRows, int attention, int usualLoadTokens) {
    this.microBatchTokens = microBatchTokens;
    this.leastRows = leastRows;
    this.maskRows = maskRows;
    this.attention = attention;
    this.usualLoadTokens = usualLoadTokens;
  }

  /** About how many tokens are one task. */
  public int microBatchTokens() {
    return microBatchTokens;
  }

  /**
   * Below this many rows matrix products take other kernels, and bits would depend on a token's
   * company. With MKL in libtorch 2.7.1 they did not from 16 rows on; on an H200, in bf16 and at
   * the shapes of Llama-8B and 70B, products of 160 rows differed from larger ones, and those of
   * 768 to 3,840 did not (torch 2.11).
   */
  public int leastRows() {
    return leastRows;
  }

  /**
   * Both ends may be half a block of queries away, and a rest too small to stand alone joins in.
   */
  public int mostMicroBatchTokens() {
    return 2 * microBatchTokens + leastRows;
  }

  /**
   * Read-outs whose last hidden states are in memory together: enough that no part of many is
   * small.
   */
  public int readOutsAtOnce() {
    return Math.max(1_024, 2 * leastRows);
  }

  /** Rows of the program's mask: queries of one path that look for keys together. */
  public int maskRows() {
    return maskRows;
  }

  /** As many masks are in memory at most: the one that others are parts of, and copies of parts. */
  public int masks() {
    return switch (this) {
      case CPU -> 1;
      case CUDA -> 3;
    };
  }

  /** What the library takes, whatever the model. On a GPU its context and work space: a guess. */
  public long engineBytes() {
    return switch (this) {
      case CPU -> 192L << 20;
      case CUDA -> 1L << 30;
    };
  }

  /** What libtorch packs matrices into, and what the allocator keeps. */
  public long engineBytesPerThread() {
    return switch (this) {
      case CPU -> 32L << 20;
      case CUDA -> 0;
    };
  }

  /**
   * Bytes of a matrix on its way, as it is stored: at most in fp32.
   *
   * @param numbers in the largest matrix
   */
  public long arriving(long numbers) {
    return switch (this) {
      // There it is read where it is mapped.
      case CPU -> 0;
      case CUDA -> Float.BYTES * numbers;
    };
  }

  /** Whether layers stay where they have been brought to, if they fit. */
  public boolean keepsLayers() {
    return switch (this) {
      // The system's page cache has them already, and widening costs little.
      case CPU -> false;
      case CUDA -> true;
    };
  }

  /** The program's number for what attends. */
  public int attention() {
    return attention;
  }

  /**
   * Enough for bringing a layer to cost little beside using it, with few enough tokens that a job
   * shows progress.
   */
  public int usualLoadTokens() {
    return usualLoadTokens;
  }

  /** The type of a layer's matrices, by its number in TorchScript. */
  int matrixType(Precision precision) {
    return switch (this) {
      // Products of bf16 tensors are slower there than those of fp32 ones that hold such numbers,
      // but for those of a processor that has them.
      case CPU ->
          precision == Precision.BF16_NATIVE ? precision.torchType() : Precision.FP32.torchType();
      case CUDA -> precision.torchType();
    };
  }

  /** The type of keys and values, and of the matrix that makes them, by its TorchScript number. */
  int tableType(Precision precision) {
    return switch (this) {
      // Attention in bf16 is no faster there (libtorch 2.7.1), and with one query far slower.
      case CPU -> Precision.FP32.torchType();
      case CUDA -> precision.torchType();
    };
  }
}
