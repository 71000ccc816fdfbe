package io.touchstone.spark.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.conversation.format.ParsedPrompt;
import io.touchstone.conversation.format.PromptRow;
import io.touchstone.conversation.format.PromptSource;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.Generator;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.jobs.generate.AnswerCounts;
import io.touchstone.jobs.generate.AnsweredLine;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.ScorerException;
import io.touchstone.scoring.pipeline.RowWatch.Caution;
import io.touchstone.spark.progress.ProgressReport.Done;
import io.touchstone.spark.watch.MarkedPrompts;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.function.IOConsumer;

/**
 * Takes lines to what becomes of them: as many rows are under way as the model has room for, and
 * each is kept as soon as it is done. One thread.
 */
final class PromptFlow implements Closeable {

  private final Generator generator;
  private final PromptSource reader;
  private final MarkedPrompts watch;
  private final FinishedRows rows;

  /** By the first byte of their lines, in their order. */
  private final Map<Long, UnderWay> underWay = new LinkedHashMap<>();

  /** Lines that are not run any more: decided anew by each attempt. */
  private final Map<Long, Rejected> convicted = new HashMap<>();

  private long out;
  private long rejected;
  private long lines;
  private boolean isReady;
  private GenerationSession session;

  /** Of sessions that have come to their end. */
  private Sum before = new Sum(0, 0, 0);

  private record Sum(long generated, long computed, long busyNanos) {}

  private record UnderWay(RawLine line, PromptRow row, PreparedPrompt prompt) {}

  PromptFlow(Generator generator, PromptSource reader, MarkedPrompts watch, FinishedRows rows) {
    this.generator = generator;
    this.session = generator.session();
    this.reader = reader;
    this.watch = watch;
    this.rows = rows;
  }

  /**
   * Returns when no line is left and no row under way.
   *
   * @param progress told after each pass
   */
  void run(Iterator<RawLine> input, IOConsumer<Done> progress) throws IOException {
    while (input.hasNext() || !underWay.isEmpty()) {
      while (input.hasNext() && (underWay.isEmpty() || session.hasRoom())) {
        take(input.next());
        progress.accept(done());
      }
      if (!underWay.isEmpty()) {
        pass();
      }
      progress.accept(done());
    }
  }

  /** What was spent so far. */
  FinishedRow.Spent spent() {
    return new FinishedRow.Spent(sum().computed, sum().busyNanos);
  }

  /** Why a line was not run. */
  Optional<Rejected> convicted(long offset) {
    return Optional.ofNullable(convicted.get(offset));
  }

  private Done done() {
    Sum sum = sum();
    return new Done(
        out, rejected, lines - underWay.size(), sum.generated, sum.computed, underWay.size());
  }

  private Sum sum() {
    GenerationSession.Counts now = session.counts();
    return new Sum(
        before.generated + now.generated(),
        before.computed + now.computed(),
        before.busyNanos + now.busyNanos());
  }

  private void take(RawLine line) throws IOException {
    lines++;
    if (line.isBlank()) {
      return;
    }
    if (rows.has(line.offset(), FinishedRow.digest(line))) {
      out += rows.isRejected(line.offset()) ? 0 : 1;
      rejected += rows.isRejected(line.offset()) ? 1 : 0;
      return;
    }
    if (line instanceof RawLine.TooLong tooLong) {
      reject(line, tooLong.malformed());
      return;
    }
    ParsedPrompt parsed;
    try {
      parsed = reader.read(line.bytes());
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      reject(line, Soundness.rejected(e, "reading the line"));
      return;
    }
    if (parsed instanceof PromptRow row) {
      take(line, row);
    } else if (parsed instanceof ParsedPrompt.Unanswerable bad) {
      reject(line, bad.why());
    } else if (parsed instanceof ParsedPrompt.Unasked row) {
      rows.add(FinishedRow.unasked(line, row, spent()));
      out++;
    }
  }

  private void take(RawLine line, PromptRow row) throws IOException {
    Caution caution = watch.caution(line);
    if (caution instanceof Caution.Never never) {
      convicted.put(line.offset(), never.why());
      rejected++;
      return;
    }
    makeReady();
    if (caution instanceof Caution.Alone) {
      alone(line, row, () -> prepared(line, row));
      return;
    }
    PromptPreparation preparation = watch.preparing(line.offset(), () -> prepared(line, row));
    if (preparation instanceof PreparedPrompt prompt) {
      underWay.put(line.offset(), new UnderWay(line, row, prompt));
      session.start(prompt);
    } else if (preparation instanceof PromptPreparation.Unpreparable bad) {
      reject(line, bad.rejected());
      watch.ended(line.offset());
    }
  }

  private void makeReady() {
    if (!isReady) {
      generator.ready();
      isReady = true;
    }
  }

  private PromptPreparation prepared(RawLine line, PromptRow row) {
    try {
      return generator.prepare(
          new Prompt(line.offset(), row.conversation(), row.beginning().isPresent(), row.id()));
    } catch (ScorerException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      new Soundness(generator).requirePreparing(e);
      return new PromptPreparation.Unpreparable(Soundness.rejected(e, "template and tokenizer"));
    }
  }

  private void pass() throws IOException {
    List<AnsweredPrompt> answered;
    try {
      answered = watch.pass(this::awaited);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      oneByOne(e);
      return;
    }
    for (AnsweredPrompt one : answered) {
      UnderWay of = underWay.remove(one.prompt().prompt().line());
      if (of == null) {
        throw new IOException(
            "expected an answer to a row that is under way, found one to the line at byte "
                + one.prompt().prompt().line());
      }
      finish(of, one);
      watch.ended(of.line.offset());
    }
  }

  private List<AnsweredPrompt> awaited() throws IOException {
    try {
      return session.await();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while rows were in the model");
  }

  /**
   * Finds the row that the model cannot bear, where a pass has failed for what it was given: all
   * rows of the pass are lost to the model.
   */
  private void oneByOne(Throwable failure) throws IOException {
    if (Thread.currentThread().isInterrupted() || Soundness.isOfModel(failure)) {
      rethrow(failure);
    }
    List<UnderWay> lost = new ArrayList<>(underWay.values());
    underWay.clear();
    before = sum();
    session.close();
    session = generator.session();
    for (UnderWay row : lost) {
      alone(row.line, row.row, () -> row.prompt);
      watch.ended(row.line.offset());
    }
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException runtime) {
      throw runtime;
    }
    throw (Error) failure;
  }

  /** Prepares a row. */
  @FunctionalInterface
  private interface Preparing {
    PromptPreparation prepared();
  }

  private void alone(RawLine line, PromptRow row, Preparing preparing) throws IOException {
    watch.alone(
        line.offset(),
        () -> session.counts().generated() + session.counts().computed(),
        () -> {
          PromptPreparation preparation = preparing.prepared();
          if (preparation instanceof PreparedPrompt prompt) {
            finish(new UnderWay(line, row, prompt), answeredAlone(prompt));
          } else if (preparation instanceof PromptPreparation.Unpreparable bad) {
            reject(line, bad.rejected());
          }
          return line;
        });
  }

  private AnsweredPrompt answeredAlone(PreparedPrompt prompt) throws IOException {
    try {
      try {
        return session.alone(prompt);
      } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
        if (Thread.currentThread().isInterrupted() || Soundness.isOfModel(e)) {
          throw e;
        }
        new Soundness(generator).requireAnswering(session, e);
        return new AnsweredPrompt.Refused(prompt, Soundness.rejected(e, "the model"));
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void finish(UnderWay of, AnsweredPrompt answered) throws IOException {
    if (answered instanceof AnsweredPrompt.Refused refused) {
      rows.add(FinishedRow.of(of.line, refused.why(), spent()));
      rejected++;
    } else if (answered instanceof AnsweredPrompt.Answered full) {
      byte[] row = new AnsweredLine(of.row, full.answers()).bytes();
      rows.add(
          new FinishedRow(
              of.line.offset(),
              FinishedRow.digest(of.line),
              new String(row, UTF_8),
              null,
              of.row.notes().stream().map(RowNote::name).toList(),
              AnswerCounts.of(full.answers(), of.row.place().edited()),
              full.promptTokens() * full.answers().size(),
              of.prompt.specialTokensInText(),
              RowDigest.of(of.prompt),
              spent()));
      out++;
    }
  }

  private void reject(RawLine line, MalformedRow why) throws IOException {
    reject(line, new Rejected(why.kind(), why.reason()));
  }

  private void reject(RawLine line, Rejected why) throws IOException {
    rows.add(FinishedRow.of(line, why, spent()));
    rejected++;
  }

  @Override
  public void close() {
    session.close();
  }
}
