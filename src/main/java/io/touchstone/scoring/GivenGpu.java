package io.touchstone.scoring;

/**
 * The GPU that a cluster's scheduler gave to a task.
 *
 * @param address as the scheduler knows it, such as {@code 0}
 */
public record GivenGpu(String address) {}
