package io.touchstone.progress;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Where a running job stands; all numbers are finite.
 *
 * @param rows scored so far
 * @param tokens of the scored conversations, each by itself, or those that were generated
 * @param bytesDone of the input files as they lie on disk, that the rows done stand for, and those
 *     of pieces that an earlier run has committed
 * @param seconds since the job began
 * @param tokensPerSecond since the first record; 0 before it
 * @param secondsLeft empty as long as nothing can be said
 * @param rowsTotal about how many rows there are to do for this run, rejected ones among them, by
 *     those that were read; empty before the first
 * @param alive rows that models are busy with, where they are with many at a time
 */
public record JobProgress(
    long rows,
    long rejected,
    long tokens,
    long bytesDone,
    long bytesTotal,
    double seconds,
    double tokensPerSecond,
    OptionalDouble secondsLeft,
    OptionalLong rowsTotal,
    long alive) {}
