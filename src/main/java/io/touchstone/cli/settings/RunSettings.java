package io.touchstone.cli.settings;

import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** With what means a model scores. */
public final class RunSettings {
  private RunSettings() {}

  private static final DataSize LARGEST_MEMORY = DataSize.parse("1024TiB");
  private static final DataSize LARGEST_GROUP = DataSize.parse("1GiB");

  public static final Setting<DeviceChoice> DEVICE =
      Setting.of(Topic.RUN, "scorer.device", "--device", "auto|cpu|cuda", "auto")
          .withHelp(
              "what a replica computes on. cuda: on a cluster the GPU that Spark gives to the task, else"
                  + " the first one, or cuda:N. auto: a GPU where Spark gives one or the PyTorch"
                  + " library in use sees one, else the CPU. Scores of the two are not mixed. No job"
                  + " has run on a GPU yet, its layers alone have")
          .as(DeviceChoice::parse);

  public static final Setting<Optional<String>> LEDGER =
      Setting.of(Topic.RUN, "scorer.ledger", "--ledger", "DIR", "none")
          .withHelp(
              "a folder, on any Hadoop filesystem, that remembers scores: rows whose conversations"
                  + " this model has scored before are written without being run, with the same bytes")
          .as(Readers.optional("none", Readers.notBlank("a folder, or none")));

  public static final Setting<Optional<DataSize>> MEMORY =
      Setting.of(Topic.RUN, "scorer.memory", "--memory", "SIZE", "machine")
          .withHelp(
              "what a replica may take beside the Java heap and the mapped checkpoint, or of a GPU's"
                  + " memory; machine takes three quarters of what is left beside the largest heap, or"
                  + " nine tenths of the GPU's")
          .as(Readers.optional("machine", Readers.sizeUpTo(LARGEST_MEMORY)));

  public static final Setting<OptionalInt> LOAD_TOKENS =
      Setting.of(Topic.RUN, "scorer.load-tokens", "--load-tokens", "N", "memory")
          .withHelp(
              "tokens that go through the model's layers together; larger loads read a model that does"
                  + " not fit the memory more rarely. memory takes 16384 (65536 where layers are brought"
                  + " to a GPU one by one), or fewer where they do not fit")
          .as(Readers.positiveOr("memory"));

  public static final Setting<Optional<DataSize>> GROUP_BYTES =
      Setting.of(Topic.RUN, "scorer.group-bytes", "--group-bytes", "SIZE", "32MiB")
          .withHelp(
              "bytes of neighbouring lines, of one piece, among which rows that begin alike are brought"
                  + " together, so that the model computes what they share once; scores, their bits and"
                  + " the order of rows stay. At most a 128th of the heap. none: only rows that stand"
                  + " side by side")
          .as(Readers.optional("none", Readers.sizeUpTo(LARGEST_GROUP)));

  public static final Setting<OptionalInt> THREADS =
      Setting.of(Topic.RUN, "scorer.threads", "--threads", "N", "cores")
          .withHelp("CPU threads of a replica; cores takes every core of the machine")
          .as(Readers.positiveOr("cores"));

  public static final Setting<OptionalInt> ROW_TIMEOUT =
      Setting.of(Topic.RUN, "scorer.row-timeout", "--row-timeout", "SECONDS", "none")
          .withHelp(
              "how long the model may take for a row, and a load for all of its rows together; a process"
                  + " that takes longer ends itself, the rows are then run one by one, and one that is"
                  + " late alone is rejected")
          .as(Readers.positiveOr("none"));

  public static final Setting<Integer> EXECUTOR_WAIT =
      Setting.of(Topic.RUN, "cluster.wait-for-executors", "--wait-for-executors", "SECONDS", "300")
          .withHelp("how long a job on a cluster waits for its first executor before it fails")
          .as(Readers.integer(1));

  /** What any model is run with. */
  static final List<Setting<?>> OF_SCORING =
      List.of(
          DEVICE, LEDGER, MEMORY, LOAD_TOKENS, GROUP_BYTES, THREADS, ROW_TIMEOUT, EXECUTOR_WAIT);
}
