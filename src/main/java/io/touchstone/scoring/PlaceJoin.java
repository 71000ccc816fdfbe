package io.touchstone.scoring;

import java.util.List;

/** From what a model gives at each place of a prompt to the prompt's score. */
public interface PlaceJoin {

  /** Of prompts that are read at one place: its values are the score. */
  PlaceJoin ONE = places -> places.get(0);

  /**
   * @param places values of each, in their order; not changed
   */
  float[] score(List<float[]> places);
}
