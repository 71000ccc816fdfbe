package io.touchstone.selection;

import java.util.List;

/**
 * What became of a row of candidates.
 *
 * @param lines to write, without line ends
 * @param tied whether only the candidates' order decided between equal scores
 */
public record Selected(List<byte[]> lines, boolean tied) {

  public Selected {
    lines = List.copyOf(lines);
  }
}
