package io.touchstone.scoring.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.batch.SegmentTree;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Attributes;
import io.touchstone.reward.LabelStyle;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.NotedWatch;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import io.touchstone.selection.formula.Formula;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AnnotatorTest {

  @Test
  void everyLineArrivesOnceAndInOrder() throws IOException {
    CharacterCounter scorer = new CharacterCounter(10);
    Collected sink = new Collected();
    AnnotationTotals totals =
        annotator(scorer, LabelStyle.FLOAT)
            .annotate(
                lines(
                        row("abc"),
                        "",
                        "not json",
                        row("abcdefgh"),
                        row("poison"),
                        "  \t",
                        row("unpreparable"),
                        row(""))
                    .iterator(),
                sink);
    assertThat(sink.lines)
        .containsExactly(
            "{\"prompt\": \"q\", \"response\": \"abc\", \"reward\": 3.0}",
            "rejected not-json",
            "{\"prompt\": \"q\", \"response\": \"abcdefgh\", \"reward\": 8.0}",
            "rejected not-finite",
            "rejected too-many-tokens",
            "{\"prompt\": \"q\", \"response\": \"\", \"reward\": 0.0}");
    assertThat(totals.in()).isEqualTo(6);
    assertThat(totals.out()).isEqualTo(3);
    assertThat(totals.blank()).isEqualTo(2);
    assertThat(totals.rejected())
        .containsEntry("not-json", 1L)
        .containsEntry("not-finite", 1L)
        .containsEntry("too-many-tokens", 1L);
    assertThat(totals.presentedTokens()).isEqualTo(3 + 8 + 0);
    assertThat(totals.scores().get(0).mean()).isCloseTo(11 / 3.0, within(1e-12));
    assertThat(totals.scores().get(0).labels()).isEmpty();
    assertThat(sink.last).isEqualTo(totals);
  }

  @Test
  void loadsHoldAtMostTheTokensThatTheScorerAsksForButForALongerRow() throws IOException {
    CharacterCounter scorer = new CharacterCounter(10);
    annotator(scorer, LabelStyle.FLOAT)
        .annotate(
            lines(row("aaaa"), row("bbbb"), row("cccc"), row("dddddddddddd"), row("e")).iterator(),
            new Collected());
    assertThat(scorer.loads).containsExactly(2, 1, 1, 1);
  }

  @Test
  void countsValuesThatRoundingMovedOntoTheScale() throws IOException {
    AnnotationTotals totals =
        annotator(new CharacterCounter(100), LabelStyle.ROUNDED)
            .annotate(lines(row("aaaa"), row("aaaaa"), row("aaaaaa")).iterator(), new Collected());
    assertThat(totals.clampedValues()).isEqualTo(2);
    assertThat(totals.scores().get(0).labels()).containsExactly(0L, 0L, 0L, 0L, 3L);
    assertThat(totals.plus(totals).scores().get(0).labels()).containsExactly(0L, 0L, 0L, 0L, 6L);
  }

  @Test
  void setsAsideALineThatIsTooLongWithBothNumbers() throws IOException {
    Collected sink = new Collected();
    RawLine line = new RawLine.TooLong("file", 0, 1_000, 10, new byte[0], "digest");
    annotator(new CharacterCounter(100), LabelStyle.FLOAT).annotate(List.of(line).iterator(), sink);
    assertThat(sink.reasons).containsExactly("expected a line of at most 10 bytes, found 1000");
  }

  @Test
  void refusesAScorerThatLosesRows() {
    Scorer losing =
        new CharacterCounter(100) {
          @Override
          public LoadResult score(List<PreparedRow> rows) {
            return new LoadResult(List.of(), 0, 0);
          }
        };
    assertThatThrownBy(
            () ->
                annotator(losing, LabelStyle.FLOAT)
                    .annotate(lines(row("a")).iterator(), new Collected()))
        .isInstanceOf(ScorerException.class)
        .hasMessage("scorer: expected 1 verdicts, found 0");
  }

  @Test
  void handsOnWhatWentWrongWhileReading() {
    Iterator<RawLine> broken =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public RawLine next() {
            throw new UncheckedIOException(new IOException("the disk is gone"));
          }
        };
    assertThatThrownBy(
            () ->
                annotator(new CharacterCounter(1), LabelStyle.FLOAT)
                    .annotate(broken, new Collected()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the disk is gone");
  }

  @Test
  void preparesAheadWhileTheModelComputesButNotWithoutBound() throws Exception {
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger prepared = new AtomicInteger();
    Scorer slow =
        new CharacterCounter(1) {
          @Override
          public Preparation prepare(List<Conversation> conversations) {
            prepared.incrementAndGet();
            return super.prepare(conversations);
          }

          @Override
          public LoadResult score(List<PreparedRow> rows) {
            computing.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.score(rows);
          }
        };
    List<RawLine> lines = lines(row("a"), row("b"), row("c"), row("d"), row("e"), row("f"));
    Collected sink = new Collected();
    Thread job =
        new Thread(
            () -> {
              try {
                annotator(slow, LabelStyle.FLOAT).annotate(lines.iterator(), sink);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    job.start();
    computing.await();
    // One is scored, one waits, one is ready to be put; the row behind it was looked at.
    while (prepared.get() < 3) {
      Thread.onSpinWait();
    }
    Thread.sleep(50);
    assertThat(prepared.get()).isBetween(3, 4);
    goOn.countDown();
    job.join();
    assertThat(sink.lines).hasSize(6);
  }

  @Test
  void tellsOfLinesBeforeTheyArePreparedThousandsAtATime() throws IOException {
    NotedWatch watch = new NotedWatch(Map.of());
    List<RawLine> many = new ArrayList<>();
    for (int i = 0; i < AnnouncedLines.MOST_LINES + 10; i++) {
      many.addAll(lines(row("a")));
    }
    annotator(new CharacterCounter(1_000_000), watch).annotate(many.iterator(), new Collected());
    assertThat(watch.ahead).extracting(List::size).containsExactly(AnnouncedLines.MOST_LINES, 10);
    assertThat(watch.preparedBefore).containsExactly(0, AnnouncedLines.MOST_LINES);
  }

  @Test
  void aLineOfManyBytesIsToldOfAlone() throws IOException {
    NotedWatch watch = new NotedWatch(Map.of());
    String huge = "a".repeat(5 << 20);
    annotator(new CharacterCounter(1), watch)
        .annotate(lines(row(huge), row("b"), row("c")).iterator(), new Collected());
    assertThat(watch.ahead).extracting(List::size).containsExactly(1, 2);
  }

  @Test
  void aLineThatIsTooMuchForItsReaderIsRejected() throws IOException {
    Collected sink = new Collected();
    new Annotator(
            new CharacterCounter(10),
            bytes -> {
              throw new StackOverflowError();
            },
            new RewardText(new Attributes(List.of("helpfulness")), LabelStyle.FLOAT, null, null),
            KnownScores.NONE)
        .annotate(lines(row("a")).iterator(), sink);
    assertThat(sink.lines).containsExactly("rejected scorer-failed");
    assertThat(sink.reasons)
        .containsExactly(
            "reading the line: expected a score for the row alone, found a failure:"
                + " StackOverflowError");
  }

  @Test
  void letsGoOfItsInputWhenTheSinkFails() {
    AtomicInteger read = new AtomicInteger();
    Iterator<RawLine> endless =
        Stream.generate(() -> lines(row("a")).get(0)).peek(l -> read.incrementAndGet()).iterator();
    AnnotationSink failing =
        new Collected() {
          @Override
          public void enriched(byte[] line) {
            throw new UncheckedIOException(new IOException("no space left"));
          }
        };
    assertThatThrownBy(
            () -> annotator(new CharacterCounter(1), LabelStyle.FLOAT).annotate(endless, failing))
        .hasMessageContaining("no space left");
    int after = read.get();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("read-ahead"));
    assertThat(read.get()).isEqualTo(after);
  }

  @Test
  void aSuspectLineIsPreparedAndScoredAloneAndOneThatKillsIsNeverRun() throws IOException {
    CharacterCounter scorer = new CharacterCounter(10);
    NotedWatch watch =
        new NotedWatch(
            Map.of(
                20L, new RowWatch.Caution.Alone(),
                30L, new RowWatch.Caution.Alone(),
                40L, new RowWatch.Caution.Never(new Rejected("killed", "twice"))));
    Collected sink = new Collected();
    AnnotationTotals totals =
        annotator(scorer, watch)
            .annotate(
                List.of(
                        line(10, row("a")),
                        line(15, ""),
                        line(20, row("bb")),
                        line(30, "not json"),
                        line(40, row("dddd")),
                        line(50, row("eeeee")))
                    .iterator(),
                sink);
    assertThat(sink.lines)
        .containsExactly(
            "{\"prompt\": \"q\", \"response\": \"a\", \"reward\": 1.0}",
            "{\"prompt\": \"q\", \"response\": \"bb\", \"reward\": 2.0}",
            "rejected not-json",
            "rejected killed",
            "{\"prompt\": \"q\", \"response\": \"eeeee\", \"reward\": 5.0}");
    assertThat(watch.seen).containsExactly("load [10]", "alone 20", "alone 30", "load [50]");
    assertThat(watch.prepared.get()).as("rows prepared beside others").isEqualTo(2);
    assertThat(totals.in()).isEqualTo(5);
    assertThat(totals.blank()).isEqualTo(1);
    assertThat(totals.out()).isEqualTo(3);
  }

  @Test
  void rowsThatAreAlikeMeetInOneLoadAndAreWrittenInTheInputsOrder() throws IOException {
    NotedWatch watch = new NotedWatch(Map.of());
    List<String> steps = new ArrayList<>();
    AnnotationSink sink =
        new AnnotationSink() {
          @Override
          public void enriched(byte[] line) {
            steps.add(
                new String(line, StandardCharsets.UTF_8).replaceAll(".*\"response\": |,.*", ""));
          }

          @Override
          public void rejected(RawLine line, Rejected why) {
            steps.add(why.kind());
          }

          @Override
          public void progress(AnnotationTotals soFar) {
            steps.add(soFar.out() + " + " + soFar.rejectedLines() + " of " + soFar.in());
          }
        };
    AnnotationTotals totals =
        annotator(new CharacterCounter(9), watch)
            .groupedBy(1_000_000)
            .annotate(
                List.of(
                        line(0, row("aaaaaaaa")),
                        line(10, row("bbbb")),
                        line(20, row("cccc")),
                        line(30, "not json"),
                        line(40, row("poison")),
                        line(50, row("bbbb")),
                        line(60, ""),
                        line(70, row("cccc")))
                    .iterator(),
                sink);
    assertThat(watch.seen)
        .as("the first load does not wait for what comes behind it")
        .containsExactly("load [0]", "load [10, 50]", "load [20, 70]", "load [40]");
    assertThat(steps)
        .containsExactly(
            "\"aaaaaaaa\"",
            "1 + 0 of 1",
            "\"bbbb\"",
            "3 + 1 of 4",
            "\"cccc\"",
            "not-json",
            "5 + 1 of 6",
            "not-finite",
            "\"bbbb\"",
            "\"cccc\"",
            "5 + 2 of 7");
    assertThat(totals.blank()).isEqualTo(1);
  }

  @Test
  void windowsEndWithTheirBytesAndInFrontOfARowThatGoesAlone() throws IOException {
    NotedWatch watch = new NotedWatch(Map.of(30L, new RowWatch.Caution.Alone()));
    Collected sink = new Collected();
    annotator(new CharacterCounter(3), watch)
        .groupedBy(2L * row("b").length())
        .annotate(
            List.of(
                    line(0, row("aa")),
                    line(10, row("b")),
                    line(20, row("c")),
                    line(30, row("b")),
                    line(40, row("c")),
                    line(50, row("b")),
                    line(60, row("c")),
                    line(70, row("b")))
                .iterator(),
            sink);
    assertThat(watch.seen)
        .containsExactly(
            "load [0]",
            "load [10]",
            "load [20]",
            "alone 30",
            "load [40]",
            "load [50]",
            "load [60]",
            "load [70]");
    assertThat(sink.lines).hasSize(8);
  }

  @Test
  void aScalarIsWrittenBesideTheScoreOrItsRowIsRejected() throws IOException {
    Collected sink = new Collected();
    AnnotationTotals totals =
        new Annotator(
                new CharacterCounter(10),
                new RowReader(
                        FormatTable.HELPSTEER2, ReadRules.ALL, new ScoreFields(null, "inverse"))
                    ::read,
                new RewardText(
                    new Attributes(List.of("helpfulness")),
                    LabelStyle.FLOAT,
                    null,
                    Formula.parse("1/helpfulness")::of),
                KnownScores.NONE)
            .annotate(lines(row("abcd"), row(""), row("poison")).iterator(), sink);
    assertThat(sink.lines)
        .containsExactly(
            "{\"prompt\": \"q\", \"response\": \"abcd\", \"reward\": 4.0, \"inverse\": 0.25}",
            "rejected not-finite",
            "rejected not-finite");
    assertThat(sink.reasons)
        .containsExactly("scalar: expected a finite result, found Infinity", "found NaN");
    assertThat(totals.out()).isEqualTo(1);
    assertThat(totals.rejectedLines()).isEqualTo(2);
  }

  private static Annotator annotator(Scorer scorer, LabelStyle style) {
    return new Annotator(
        scorer,
        new RowReader(FormatTable.HELPSTEER2)::read,
        new RewardText(new Attributes(List.of("helpfulness")), style, null, null),
        KnownScores.NONE);
  }

  private static Annotator annotator(Scorer scorer, RowWatch watch) {
    return annotator(scorer, LabelStyle.FLOAT).watchedBy(watch);
  }

  private static RawLine line(long offset, String text) {
    return new RawLine.Whole("file", offset, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String row(String response) {
    return "{\"prompt\": \"q\", \"response\": \"" + response + "\"}";
  }

  private static List<RawLine> lines(String... lines) {
    List<RawLine> raw = new ArrayList<>();
    for (String line : lines) {
      raw.add(new RawLine.Whole("file", 0, line.getBytes(StandardCharsets.UTF_8)));
    }
    return raw;
  }

  private static class Collected implements AnnotationSink {
    final List<String> lines = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    AnnotationTotals last = AnnotationTotals.NONE;

    @Override
    public void enriched(byte[] line) {
      lines.add(new String(line, StandardCharsets.UTF_8));
    }

    @Override
    public void rejected(RawLine line, Rejected why) {
      lines.add("rejected " + why.kind());
      reasons.add(why.reason());
    }

    @Override
    public void progress(AnnotationTotals soFar) {
      last = soFar;
    }
  }

  /** A token is a character, the reward their number; an end goes with each text. */
  private static class CharacterCounter implements Scorer {
    private static final String END = ".";

    final List<Integer> loads = new ArrayList<>();
    private final int loadTokens;

    CharacterCounter(int loadTokens) {
      this.loadTokens = loadTokens;
    }

    @Override
    public Preparation prepare(List<Conversation> conversations) {
      List<Conversation> all = conversations;
      String text = all.get(0).turns().get(all.get(0).turns().size() - 1).text();
      if (text.equals("unpreparable")) {
        return new Preparation.Unpreparable(new Rejected("too-many-tokens", "too many"));
      }
      return new PreparedRow(
          new SegmentTree(List.of((text + END).chars().toArray()), new int[] {-1}, new int[] {0}),
          List.of(text.length()),
          0);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      loads.add(rows.size());
      List<Verdict> verdicts = new ArrayList<>();
      for (PreparedRow row : rows) {
        int[] ids = row.tree().segments().get(0);
        int length = ids.length - END.length();
        verdicts.add(
            new String(ids, 0, length).equals("poison")
                ? new Rejected("not-finite", "found NaN")
                : new Scored(List.of(new Reward(new float[] {length}))));
      }
      return new LoadResult(verdicts, 0, 0);
    }

    @Override
    public int loadTokens() {
      return loadTokens;
    }

    @Override
    public void close() {}
  }
}
