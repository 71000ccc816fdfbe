package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.problem.JobException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In YARN's application master, where a call of {@code System.exit} is a failure. */
final class ProcessEndTest {

  @BeforeEach
  void be() {
    System.setProperty("spark.master", "yarn");
    System.setProperty("spark.submit.deployMode", "cluster");
  }

  @AfterEach
  void beNoMore() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.submit.deployMode");
  }

  @Test
  void aJobThatIsDoneReturns() {
    ProcessEnd.with(ExitStatus.DONE);
  }

  @Test
  void theStatusOfAnotherIsThrown() {
    assertThatThrownBy(() -> ProcessEnd.with(ExitStatus.WRONG_CALL))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "status 2 (the call or the configuration is wrong; every problem is listed): the"
                + " driver's log says more");
  }
}
