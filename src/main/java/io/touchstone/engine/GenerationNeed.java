package io.touchstone.engine;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.passes.TokenHead;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.problem.Problem;
import java.io.Serializable;

/**
 * How much memory generating takes, from the model's shapes: a GPU's where one computes, else the
 * machine's.
 *
 * <p>Whatever is generated: two layers' weights, a tile of the head for each thread, what tasks
 * compute beside what they write, logits of as many rows as a product has at least. For each token
 * of a pass its hidden state and what a layer makes of it, twice, as those whose logits are wanted
 * go through the last layer by themselves. For each sequence its logits. For each token of a
 * sequence its keys and values in all layers, its column of the mask and its angles, and once more
 * its keys and values in one layer where a prompt's blocks are put together, and what single tokens
 * make of its blocks.
 *
 * @param fixed bytes, whatever is generated
 * @param perThread bytes more for each thread
 * @param perPassToken bytes more for each token that a pass may take
 * @param perSequence bytes of a sequence
 * @param perSequenceInThread bytes more for each sequence and thread
 * @param perToken bytes of a token of a sequence
 * @param otherWeights bytes more to keep all weights; 0 where they are in memory anyway
 */
public record GenerationNeed(
    long fixed,
    long perThread,
    long perPassToken,
    long perSequence,
    long perSequenceInThread,
    long perToken,
    long otherWeights)
    implements Serializable {

  /** Tokens of a pass where weights are kept: more make no product faster. */
  static final int USUAL_PASS_TOKENS = 2_048;

  /** Where weights are brought for each pass, more tokens share that. */
  static final int STREAMED_PASS_TOKENS = 8_192;

  private static final int LEAST_PASS_TOKENS = 256;

  /** Tokens of sequences that must fit beside weights that are kept. */
  private static final int USUAL_TOKENS = 16_384;

  private static final int LEAST_TOKENS = 1_024;

  public static GenerationNeed of(DecoderConfig config, Processor processor) {
    Kernels kernels = processor.kernels();
    LayerShape shape = new LayerShape(config, processor);
    long hidden = config.hiddenSize();
    long inner = config.intermediateSize();
    long queries = (long) config.heads() * config.headDim();
    long spread = (long) config.heads() * shape.wideHead();
    long keysValues = 2L * config.kvHeads() * config.headDim();
    long stored = 2L * config.kvHeads() * shape.wideHead();
    long layer = MemoryNeed.layerBytes(config, processor);
    long tile = TokenHead.TILE * hidden;
    long head = config.vocabSize() * hidden;
    int block = PassProgram.BLOCK;
    long maskAndAngles = (long) Float.BYTES * (kernels.masks() * block + shape.anglesOfPosition());
    long windowMask =
        config.window().narrows(config.maxPositionEmbeddings())
            ? (long) Float.BYTES * kernels.masks() * block * (config.window().tokens() + block)
            : 0;
    int least = Kernels.LEAST_ROWS;
    // Normed states, their rounded ones, and two products of the widest tile.
    long widest = Math.max(TokenHead.TILE, Math.max(inner, hidden));
    long row = Float.BYTES * (2 * hidden + 2 * widest);
    if (processor.precision() != Precision.FP32) {
      row += (Short.BYTES + Float.BYTES) * Math.max(queries, inner);
    }
    long logits =
        Float.BYTES * (long) config.vocabSize()
            + 3L * Double.BYTES * TokenHead.tiles(config.vocabSize());
    // Queries of a pair of token and block, scores, what they weigh, twice each for what is made of
    // them; rows that they add up; the mask and what it is made of.
    long pair =
        2 * Float.BYTES * (2 * spread + (long) config.heads() * block)
            + Long.BYTES * (queries + (long) config.heads() * block)
            + 2L * Long.BYTES * block;
    long added = shape.normsBranches() ? hidden : 0;
    long states =
        Float.BYTES * (hidden + spread + queries + inner + added + shape.anglesOfPosition());
    GenerationNeed need =
        new GenerationNeed(
            kernels.engineBytes()
                + 2 * layer
                + kernels.arriving(Math.max(inner * hidden, tile))
                + least * logits
                + maskAndAngles * 1_024
                + windowMask,
            kernels.engineBytesPerThread()
                + Float.BYTES * tile
                + kernels.mostMicroBatchTokens() * row
                + shape.cappedBytes(block),
            2 * states + 2 * hidden + 16L * Long.BYTES,
            logits,
            2L * Float.BYTES * TokenHead.TILE,
            processor.tableBytes() * (keysValues * config.attendingLayers() + stored)
                + maskAndAngles
                + 3 * (pair + block - 1) / block,
            Math.max(0, config.layers() - 2) * layer + Float.BYTES * head);
    return config.hybrid().isPresent() ? HybridMemory.of(config, processor).generating(need) : need;
  }

  /** With more bytes of what is other than in a decoder of like layers. */
  GenerationNeed with(long ofThread, long ofPassToken, long ofSequence) {
    return new GenerationNeed(
        fixed,
        perThread + ofThread,
        perPassToken + ofPassToken,
        perSequence + ofSequence,
        perSequenceInThread,
        perToken,
        otherWeights);
  }

  /**
   * How a replica uses its memory.
   *
   * @param resources of the machine, with none left open
   * @throws IllegalArgumentException if not even a short row fits
   */
  public GenerationMemory plan(Resources resources) {
    boolean keeps = keepsWeights(resources);
    int threads = resources.threads();
    long each = perSequence + threads * perSequenceInThread;
    GenerationMemory found =
        memory(
            resources,
            keeps,
            resources.loadTokens() > 0 ? resources.loadTokens() : usual(keeps),
            each);
    while (found.passTokens() > LEAST_PASS_TOKENS
        && found.forSequences() < Math.max(found.bytes(USUAL_TOKENS), found.budget() / 2)
        && resources.loadTokens() == 0) {
      found = memory(resources, keeps, found.passTokens() / 2, each);
    }
    if (found.forSequences() < found.bytes(LEAST_TOKENS)) {
      throw new IllegalArgumentException(
          Problem.at("memory")
              .expected(
                  "at least %d bytes for two layers of this model, passes of %d tokens and a row of %d"
                      .formatted(
                          found.fixed() + found.bytes(LEAST_TOKENS),
                          found.passTokens(),
                          LEAST_TOKENS))
              .found(resources.memory()));
    }
    return found;
  }

  private static int usual(boolean keeps) {
    return keeps ? USUAL_PASS_TOKENS : STREAMED_PASS_TOKENS;
  }

  /** Whether all weights are widened once and kept, and not brought for each pass. */
  boolean keepsWeights(Resources resources) {
    GenerationMemory with = memory(resources, true, USUAL_PASS_TOKENS, perSequence);
    return with.forSequences() >= with.bytes(USUAL_TOKENS);
  }

  private GenerationMemory memory(Resources resources, boolean keeps, int passTokens, long each) {
    return new GenerationMemory(
        resources.memory(),
        fixed
            + resources.threads() * perThread
            + passTokens * perPassToken
            + (keeps ? otherWeights : 0),
        each,
        perToken,
        PassProgram.BLOCK,
        passTokens);
  }

  /** Blocks of the cache that fit. */
  int blocks(GenerationMemory memory) {
    long bytes = perToken * PassProgram.BLOCK;
    return (int) Math.min(Integer.MAX_VALUE / PassProgram.BLOCK, memory.forSequences() / bytes);
  }
}
