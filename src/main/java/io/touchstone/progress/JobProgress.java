package io.touchstone.progress;

import java.util.OptionalDouble;

/**
 * Where a running job stands; all numbers are finite.
 *
 * @param rows scored so far
 * @param tokens of the scored conversations, each by itself
 * @param bytesDone of the input files as they lie on disk, up to where they were read: at most two
 *     loads ahead of the scores
 * @param seconds since the job began
 * @param tokensPerSecond since the first record; 0 before it
 * @param secondsLeft empty as long as nothing can be said
 */
public record JobProgress(
    long rows,
    long rejected,
    long tokens,
    long bytesDone,
    long bytesTotal,
    double seconds,
    double tokensPerSecond,
    OptionalDouble secondsLeft) {}
