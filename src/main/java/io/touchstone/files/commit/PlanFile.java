package io.touchstone.files.commit;

/**
 * What {@code _plan.json} holds.
 *
 * @param run new whenever a folder is begun or thrown away and begun again: what an attempt of
 *     another run has written can never be committed
 */
public record PlanFile(String run, PlanRecord plan) {}
