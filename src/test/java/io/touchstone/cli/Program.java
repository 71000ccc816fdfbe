package io.touchstone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.Installation;
import io.touchstone.cli.call.Secrets;
import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.job.EngineGenerators;
import io.touchstone.cli.job.EngineScorers;
import io.touchstone.cli.job.GeneratorSource;
import io.touchstone.cli.job.ScorerSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The program, called within the test's process, and what its last call printed. */
public final class Program {
  private final ScorerSource scorers;
  private GeneratorSource generators = new EngineGenerators();
  private final Installation installation;
  private OptionalInt columns = OptionalInt.empty();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Program(ScorerSource scorers, Installation installation) {
    this.scorers = scorers;
    this.installation = installation;
  }

  /** Installed in this project: it has {@code conf/} and the demo checkpoint. */
  public static Program installed() {
    return new Program(
        new EngineScorers(), new Installation(Optional.of(Path.of("").toAbsolutePath())));
  }

  /** Installed nowhere: every setting has its built-in default. */
  public static Program uninstalled(ScorerSource scorers) {
    return new Program(scorers, new Installation(Optional.empty()));
  }

  public Program generatingWith(GeneratorSource source) {
    generators = source;
    return this;
  }

  public Program onATerminalOf(OptionalInt width) {
    columns = width;
    return this;
  }

  public ExitStatus run(String... args) {
    return run(List.of(args));
  }

  public ExitStatus run(List<String> args) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            installation,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            columns,
            Terminal.Audience.ANYONE,
            new Secrets());
    return new Touchstone(scorers, generators, terminal).run(args);
  }

  public String out() {
    return out.toString(UTF_8);
  }

  public String err() {
    return err.toString(UTF_8);
  }
}
