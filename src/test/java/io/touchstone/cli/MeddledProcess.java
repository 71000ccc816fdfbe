package io.touchstone.cli;

import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.job.EngineGenerators;
import io.touchstone.cli.job.EngineScorers;
import io.touchstone.cli.job.ScorerSource;
import io.touchstone.files.commit.CommitStep;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.spark.InterposedScorers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The program in a process of its own, in which something becomes of a file in the middle. */
final class MeddledProcess {

  private static final String LOAD = "LOAD";

  private static final int NEVER = -1;

  private static String awaited = "";
  private static boolean inLoad;
  private static int left;
  private static Runnable meddling = () -> {};

  private MeddledProcess() {}

  /** What becomes of a file, in place: whoever has it open or mapped sees it. */
  enum Meddling {
    /** All numbers of a safetensors file change their sign: another model of the same size. */
    OVERWRITE {
      @Override
      void with(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int header =
            (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() + Long.BYTES;
        for (int i = header + 1; i < bytes.length; i += 2) {
          bytes[i] ^= (byte) 0x80;
        }
        Files.write(file, bytes, StandardOpenOption.WRITE);
      }
    },
    CUT_SHORT {
      @Override
      void with(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
          open.setLength(0);
        }
      }
    },
    /** The lines of a file come in another order: as many bytes as before. */
    REVERSE {
      @Override
      void with(Path file) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        Collections.reverse(lines);
        Files.write(file, lines);
      }
    },
    APPEND {
      @Override
      void with(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 1), StandardOpenOption.APPEND);
      }
    };

    abstract void with(Path file) throws IOException;
  }

  /**
   * When it happens: at a step of a commit, the {@code time}-th time.
   *
   * @param inLoad not before the next load is with the model
   */
  record Moment(CommitStep step, int time, boolean inLoad) {}

  private record BeforeLoad() implements InterposedScorers.Interposed {
    @Override
    public void beforeScoring(List<PreparedRow> load) {
      reached(LOAD);
    }
  }

  static Outcome run(Meddling meddling, Path file, Moment moment, List<String> call, Path folder)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@jobs/lib/jvm.options",
                "-Xmx1g",
                "-XX:ErrorFile=" + folder.resolve("hs_err"),
                "-XX:-CreateCoredumpOnCrash",
                "-Dtouchstone.home=.",
                "-cp",
                System.getProperty("java.class.path"),
                MeddledProcess.class.getName(),
                meddling.name(),
                file.toString(),
                moment.step.name(),
                Integer.toString(moment.time),
                Boolean.toString(moment.inLoad)));
    command.addAll(call);
    return Outcome.of(new ProcessBuilder(command), folder);
  }

  public static void main(String[] args) {
    left = Integer.parseInt(args[3]);
    awaited = args[2];
    inLoad = Boolean.parseBoolean(args[4]);
    meddling =
        () -> {
          try {
            Meddling.valueOf(args[0]).with(Path.of(args[1]));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    CommitStep.listen(step -> reached(step.name()));
    ScorerSource scorers =
        (model, settings) ->
            new InterposedScorers(new EngineScorers().of(model, settings), new BeforeLoad());
    List<String> call = Arrays.asList(args).subList(5, args.length);
    System.exit(
        new Touchstone(scorers, new EngineGenerators(), Terminal.ofProcess()).run(call).code());
  }

  private static synchronized void reached(String what) {
    if (what.equals(awaited)) {
      left--;
    }
    if (left == 0 && (what.equals(LOAD) || !inLoad)) {
      left = NEVER;
      meddling.run();
    }
  }
}
