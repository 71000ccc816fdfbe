package io.touchstone.selection.report;

import java.util.List;

/**
 * The scores of one input file.
 *
 * @param shares of its scores in the bins of the column's histogram
 */
public record SourceFigures(Distribution scores, List<Double> shares) {}
