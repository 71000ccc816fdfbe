package io.touchstone.selection.report;

import org.jspecify.annotations.Nullable;

/**
 * A response far up or down.
 *
 * @param line of the part file, from 1
 * @param response which of the row's responses, from 1
 * @param length in characters
 * @param question null unless texts were asked for; what was asked last
 * @param text null unless texts were asked for
 */
public record Extreme(
    String file,
    long line,
    int response,
    double score,
    int length,
    @Nullable String question,
    @Nullable String text) {}
