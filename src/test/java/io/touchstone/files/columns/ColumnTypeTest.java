package io.touchstone.files.columns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.files.columns.ColumnType.ListOf;
import io.touchstone.files.columns.ColumnType.Scalar;
import io.touchstone.files.columns.ColumnType.Unseen;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ColumnTypeTest {

  private static Columns shown(String row) throws IOException {
    return Columns.shown(row.getBytes(UTF_8));
  }

  @Test
  void numbersWidenAndAllElseThatDiffersIsJson() {
    assertThat(Scalar.INT32.merged(Scalar.INT64)).isEqualTo(Scalar.INT64);
    assertThat(Scalar.INT64.merged(Scalar.FLOAT)).isEqualTo(Scalar.DOUBLE);
    assertThat(Scalar.FLOAT.merged(Scalar.DOUBLE)).isEqualTo(Scalar.DOUBLE);
    assertThat(Scalar.FLOAT.merged(Scalar.FLOAT)).isEqualTo(Scalar.FLOAT);
    assertThat(Scalar.TEXT.merged(Scalar.INT64)).isEqualTo(Scalar.JSON);
    assertThat(Scalar.BOOLEAN.merged(Scalar.INT32)).isEqualTo(Scalar.JSON);
    assertThat(new ListOf(Scalar.TEXT).merged(Scalar.TEXT)).isEqualTo(Scalar.JSON);
  }

  @Test
  void nullSaysNothing() {
    assertThat(new Unseen().merged(Scalar.TEXT)).isEqualTo(Scalar.TEXT);
    assertThat(Scalar.TEXT.merged(new Unseen())).isEqualTo(Scalar.TEXT);
    assertThat(new ListOf(new Unseen()).merged(new ListOf(Scalar.BOOLEAN)))
        .isEqualTo(new ListOf(Scalar.BOOLEAN));
  }

  @Test
  void fieldsKeepTheOrderInWhichTheyAreFirstSeen() throws IOException {
    Columns columns = shown("{\"b\":1,\"a\":{\"y\":1}}").merged(shown("{\"a\":{\"x\":1},\"c\":1}"));
    assertThat(columns).isEqualTo(shown("{\"b\":1,\"a\":{\"y\":1,\"x\":1},\"c\":1}"));
  }

  @Test
  void aWrittenFieldHoldsOverWhatStoodThere() throws IOException {
    Columns before = shown("{\"reward\":\"none yet\",\"n\":1,\"k\":\"x\"}");
    Columns after = shown("{\"reward\":0.5,\"n\":1,\"k\":\"x\",\"new\":[1]}");
    Columns changed = after.changedFrom(before);
    assertThat(changed).isEqualTo(shown("{\"reward\":0.5,\"new\":[1]}"));
    assertThat(before.overwritten(changed)).isEqualTo(after);
    assertThat(shown("{\"reward\":7}").overwritten(shown("{\"reward\":0.5}")))
        .isEqualTo(shown("{\"reward\":0.5}"));
  }
}
