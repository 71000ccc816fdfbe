package io.touchstone.spark.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import io.touchstone.spark.FakeScorerFactory;
import org.junit.jupiter.api.Test;

final class ReplicaTest {

  @Test
  void whatIsOpenedAheadIsWhatTheFirstTaskFinds() throws InterruptedException {
    FakeScorerFactory factory = FakeScorerFactory.named("opened ahead");
    Replica.ahead(factory);
    awaitOpening(factory);

    Scorer first = Replica.of(factory).model(factory);
    assertThat(Replica.of(factory).model(factory)).isSameAs(first);
    assertThat(factory.opened()).isEqualTo(1);
  }

  @Test
  void whatFailsAheadIsTriedAnewAndToldToTheTask() throws InterruptedException {
    FakeScorerFactory factory = FakeScorerFactory.named("failing ahead").failingToOpen(2);
    Replica.ahead(factory);
    awaitOpening(factory);

    assertThatThrownBy(() -> Replica.of(factory).model(factory))
        .isInstanceOf(ScorerException.class)
        .hasMessage("[/models/fake] expected a model, found none on try 2");
    assertThat(Replica.of(factory).model(factory)).isNotNull();
    assertThat(factory.opened()).isEqualTo(3);
  }

  private static void awaitOpening(FakeScorerFactory factory) throws InterruptedException {
    for (int i = 0; factory.opened() == 0; i++) {
      assertThat(i).as("tenths of a second until it was opened").isLessThan(600);
      Thread.sleep(100);
    }
  }
}
