package io.touchstone.jobs;

/**
 * What became of a job's lines, as {@code _run.json} has it.
 *
 * @param in lines that are not blank
 */
public record RowCounts(long in, long out, long rejected, long blank) {}
