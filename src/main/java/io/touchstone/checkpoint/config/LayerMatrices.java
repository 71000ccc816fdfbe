package io.touchstone.checkpoint.config;

import java.util.List;
import java.util.Optional;

/** Where the matrices of a decoder's layer are stored, by what they are for. */
public record LayerMatrices(
    StoredMatrix query,
    StoredMatrix key,
    StoredMatrix value,
    StoredMatrix output,
    Optional<StoredMatrix> gate,
    StoredMatrix up,
    StoredMatrix down) {

  /** Rows of the longest tensor that matrices over hidden states are stored in. */
  public int mostRows() {
    int most = 0;
    for (StoredMatrix matrix : List.of(query, key, value, gate.orElse(up), up)) {
      for (StoredMatrix.Part part : matrix.parts()) {
        most = Math.max(most, part.end());
      }
    }
    return most;
  }

  /** As Llama has them, a tensor each. */
  public static LayerMatrices of(DecoderSizes sizes) {
    return new LayerMatrices(
        StoredMatrix.whole("self_attn.q_proj", sizes.queryRows()),
        StoredMatrix.whole("self_attn.k_proj", sizes.keyRows()),
        StoredMatrix.whole("self_attn.v_proj", sizes.keyRows()),
        StoredMatrix.whole("self_attn.o_proj", sizes.hiddenSize()),
        Optional.of(StoredMatrix.whole("mlp.gate_proj", sizes.intermediateSize())),
        StoredMatrix.whole("mlp.up_proj", sizes.intermediateSize()),
        StoredMatrix.whole("mlp.down_proj", sizes.hiddenSize()));
  }
}
