package io.touchstone.files.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class PieceCommitTest {

  private static PieceCommit of(String json) throws IOException {
    return PieceCommit.of(json.getBytes(UTF_8));
  }

  @Test
  void aRecordOfBeforeHasWithheldNoLines() throws IOException {
    assertThat(of("{\"attempt\": \"a\", \"rejects\": true, \"stats\": {}}").withheld()).isZero();
    assertThat(
            of("{\"attempt\": \"a\", \"rejects\": true, \"withheld\": 3, \"stats\": {}}")
                .withheld())
        .isEqualTo(3);
  }

  @Test
  void aRecordThatLacksAnythingElseIsNone() {
    for (String json :
        new String[] {
          "[]", "{\"attempt\": \"a\", \"stats\": {}}", "{\"rejects\": true, \"stats\": {}}"
        }) {
      assertThatThrownBy(() -> of(json)).as(json).isInstanceOf(IOException.class);
    }
  }
}
