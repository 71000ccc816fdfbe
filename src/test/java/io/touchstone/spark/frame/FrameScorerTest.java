package io.touchstone.spark.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.problem.Refused;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class FrameScorerTest {
  private static final ScorerFactory SCORERS = FakeScorerFactory.named("frame");

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark = Frames.session();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static Dataset<Row> scored(Dataset<Row> rows, Map<String, ?> options) {
    return Frames.scorer(spark, SCORERS, options).score(rows);
  }

  private static void refused(Dataset<Row> rows, Map<String, ?> options, String... problems) {
    assertThatThrownBy(() -> scored(rows, options))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.problems()).containsExactly(problems));
  }

  private static Dataset<Row> rows(int count) {
    return Frames.of(
            spark,
            IntStream.range(0, count)
                .mapToObj(i -> Jobs.row(i, i % 10 == 3 ? "long ".repeat(300) : "answer " + i))
                .toList())
        .repartition(1);
  }

  @Test
  void rowsComeBackInOrderWithTheirColumnsARewardOrAReason() {
    Dataset<Row> scored = scored(rows(40), Map.of());
    assertThat(scored.schema().simpleString())
        .isEqualTo(
            "struct<prompt:string,response:string,reward:double,"
                + "rejection:struct<kind:string,reason:string>>");
    List<Row> rows = scored.collectAsList();
    List<String> before = rows(40).toJSON().collectAsList();
    assertThat(scored.drop("reward", "rejection").toJSON().collectAsList()).isEqualTo(before);
    for (int i = 0; i < 40; i++) {
      if (rows.get(i).getString(1).startsWith("long")) {
        assertThat(rows.get(i).isNullAt(2)).isTrue();
        assertThat(rows.get(i).getStruct(3).mkString(": "))
            .matches("too-many-tokens: expected at most 1000 tokens, found \\d+");
      } else {
        assertThat(rows.get(i).getDouble(2)).isNotNaN();
        assertThat(rows.get(i).isNullAt(3)).isTrue();
      }
    }
  }

  @Test
  void nothingIsComputedBeforeRowsAreAskedFor() throws TimeoutException {
    Dataset<Row> rows = rows(3);
    rows.count();
    AtomicInteger jobs = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    FakeScorerFactory unopened = FakeScorerFactory.named("frame, unopened");
    spark.sparkContext().addSparkListener(listener);
    Frames.scorer(spark, unopened, Map.of()).score(rows).filter("reward > 0");
    spark.sparkContext().listenerBus().waitUntilEmpty();
    spark.sparkContext().removeSparkListener(listener);
    assertThat(jobs).hasValue(0);
    assertThat(unopened.opened()).isZero();
  }

  @Test
  void oneReplicaServesAllPartitionsOfAProcessAndAllFrames() {
    FakeScorerFactory once = FakeScorerFactory.named("frame, once");
    FrameScorer scorer = Frames.scorer(spark, once, Map.of());
    List<Row> first = scorer.score(rows(30).repartition(4)).orderBy("prompt").collectAsList();
    List<Row> again = scorer.score(rows(30).repartition(3)).orderBy("prompt").collectAsList();
    assertThat(again).isEqualTo(first);
    assertThat(once.opened()).isEqualTo(1);
  }

  @Test
  void whoAsksForFewRowsGetsThemAndLeavesTheOthers() {
    List<Row> first = scored(rows(2_000), Map.of()).limit(3).collectAsList();
    assertThat(first).extracting(row -> row.getString(0)).doesNotHaveDuplicates().hasSize(3);
    assertThat(first.get(0).getDouble(2)).isEqualTo(scored(rows(1), Map.of()).first().getDouble(2));
  }

  @Test
  void aScorerThatFailsFailsTheQueryWithItsOwnWords() {
    ScorerFactory failing = FakeScorerFactory.named("frame, failing").failingAt("answer 7");
    Dataset<Row> scored = Frames.scorer(spark, failing, Map.of()).score(rows(20));
    assertThatThrownBy(scored::collectAsList)
        .hasStackTraceContaining("scorer: expected to live, found its end");
  }

  @Test
  void columnsOfEveryTypeComeBackAsTheyAre() {
    Dataset<Row> rows =
        spark.sql(
            """
            select 'p' prompt, 'r' response, timestamp'2024-02-29 23:59:59.123456' at, date'2024-02-29' day,
              timestamp_ntz'2024-02-29 01:02:03' local, cast(1.10 as decimal(20,2)) price, X'00ff' bytes,
              map('a', 1, 'b', null) counts, map(named_struct('x', 1), 2) entries, array(1.5f, float('nan')) floats,
              double('-infinity') low, parse_json('{"a": [1, null]}') free, cast(null as string) none,
              named_struct('n', named_struct('t', timestamp'1500-01-01 00:00:00')) deep,
              interval '1 02:03:04' day to second span, cast(7 as tinyint) tiny, true yes
            """);
    Dataset<Row> scored = scored(rows, Map.of());
    assertThat(scored.drop("reward", "rejection").toJSON().collectAsList())
        .isEqualTo(rows.toJSON().collectAsList());
    assertThat(scored.drop("reward", "rejection").schema()).isEqualTo(rows.schema());
    assertThat(scored.first().isNullAt(scored.schema().fieldIndex("reward"))).isFalse();
    assertThat(new String(new RowJson(rows.schema()).of(rows.first()), UTF_8))
        .isEqualTo(
            "{\"prompt\":\"p\",\"response\":\"r\",\"at\":\"2024-03-01T07:59:59.123456Z\","
                + "\"day\":\"2024-02-29\",\"local\":\"2024-02-29T01:02:03\",\"price\":1.10,"
                + "\"bytes\":\"AP8=\",\"counts\":{\"a\":1,\"b\":null},"
                + "\"entries\":[{\"key\":{\"x\":1},\"value\":2}],\"floats\":[1.5,\"NaN\"],"
                + "\"low\":\"-Infinity\",\"free\":{\"a\":[1,null]},\"none\":null,"
                + "\"deep\":{\"n\":{\"t\":\"1500-01-01T07:52:58Z\"}},\"span\":\"PT26H3M4S\",\"tiny\":7,"
                + "\"yes\":true}");
  }

  @Test
  void aColumnOfTextsAndMessagesMayBeAVariant() {
    Dataset<Row> rows =
        spark
            .read()
            .schema("prompt variant, responses array<variant>")
            .json(
                spark.createDataset(
                    List.of(
                        "{\"prompt\": [{\"role\": \"user\", \"content\": \"question 1\"}],"
                            + " \"responses\": [\"a\", null, \"b\"]}",
                        "{\"prompt\": \"question 1\", \"responses\": [\"a\"]}"),
                    org.apache.spark.sql.Encoders.STRING()));
    List<Row> scored = scored(rows, Map.of("format", "candidates")).collectAsList();
    List<Double> ofThree = scored.get(0).getList(2);
    List<Double> ofOne = scored.get(1).getList(2);
    assertThat(ofThree).containsExactly(ofOne.get(0), null, ofThree.get(2)).doesNotHaveDuplicates();
  }

  @Test
  void mappedColumnsAreReadAndScoresHaveTheNameThatIsAskedFor() {
    Dataset<Row> rows =
        spark.sql(
            "select named_struct('q', 'question 0') data, array('x', 'answer 0') said, 1 score");
    Dataset<Row> scored =
        scored(
            rows,
            Map.of(
                "format", "helpsteer2",
                "map", Map.of("prompt", "data.q", "response", "said[1]"),
                "field", "score"));
    assertThat(scored.schema().simpleString())
        .isEqualTo(
            "struct<data:struct<q:string>,said:array<string>,score:double,"
                + "score_rejection:struct<kind:string,reason:string>>");
    assertThat(scored.first().getDouble(2))
        .isEqualTo(scored(rows(1), Map.of()).first().getDouble(2));
  }

  @Test
  void whatTypesCannotTellIsToldOfEachRow() {
    Dataset<Row> rows = spark.sql("select 'question 0' prompt, array('x') said");
    Dataset<Row> scored = scored(rows, Map.of("format", "helpsteer2", "map", "response=said[60]"));
    assertThat(scored.first().getStruct(3).mkString(": "))
        .isEqualTo(
            "missing-field: said[60]: expected what --map says to read there (null, if a row has"
                + " none), found no such field");
  }

  @Test
  void chatsMayHaveEachTurnScoredAndRoundedLabels() {
    Dataset<Row> rows =
        Frames.of(
            spark,
            "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\","
                + " \"content\": \"b\"}, {\"role\": \"user\", \"content\": \"c\"}, {\"role\":"
                + " \"assistant\", \"content\": \"d\"}]}");
    Dataset<Row> scored =
        scored(rows, Map.of("turns", "all", "labels", "rounded", "scalar", "2*helpfulness"));
    assertThat(scored.schema().simpleString())
        .contains("rewards:array<bigint>,scalar:array<double>,rejection");
    Row row = scored.first();
    assertThat(row.<Long>getList(1)).hasSize(2).allMatch(label -> label >= 0 && label <= 4);
    assertThat(row.<Double>getList(2)).hasSize(2);
  }

  @Test
  void labelsStandInTheTurnsOfSteerlmRows() {
    Dataset<Row> rows =
        Frames.of(
            spark,
            "{\"conversations\": [{\"from\": \"User\", \"value\": \"a\", \"label\": null},"
                + " {\"from\": \"Assistant\", \"value\": \"b\", \"label\": \"\"}], \"mask\":"
                + " \"User\"}",
            "{\"conversations\": [{\"from\": \"User\", \"value\": \"a\"}], \"mask\": \"User\"}");
    List<Row> scored = scored(rows, Map.of("field", "judged")).collectAsList();
    List<Row> turns = scored.get(0).getList(0);
    assertThat(turns.get(0).schema().simpleString())
        .isEqualTo("struct<from:string,label:string,value:string,judged:string>");
    assertThat(turns.get(0).<String>getAs("judged")).isNull();
    assertThat(turns.get(1).<String>getAs("judged")).startsWith("helpfulness:");
    assertThat(turns.get(1).<String>getAs("label")).isEmpty();
    assertThat(scored.get(1).getStruct(2).getString(0)).isEqualTo("nothing-to-score");
    assertThat(scored.get(1).<Row>getList(0).get(0).<String>getAs("value")).isEqualTo("a");
  }

  @Test
  void everyWrongOptionIsToldAtOnce() {
    refused(
        rows(1),
        new TreeMap<>(
            Map.of(
                "ledger",
                "y",
                "map",
                7.5,
                "max-tokens",
                "many",
                "modell",
                "x",
                "no-tools",
                "x",
                "turns",
                true)),
        "ledger: expected an option of frames, found one of jobs/annotate alone, which writes"
            + " files",
        "modell: expected one of conf, answer-tokens, as, ask, attributes, base, calibration,"
            + " chat-template, device, encode, field, format, group-bytes, judge, judge-seed,"
            + " judge-tokens, labels, load-tokens, map, max-characters, max-line-bytes, max-tokens,"
            + " memory, min-p, missing-judgement, model, no-system-column, no-tools,"
            + " normalize-reward, over-long, precision, principle, principles, prompt, rationale,"
            + " reward-token, scalar, step-answers, step-separator, step-token, steps, temperature,"
            + " template-date, text-field, threads, tokenizer, top-k, top-p, turns, votes, found no"
            + " such option (model?)",
        "no-tools: expected true or false, found 'x'",
        "turns: expected last|all, found true",
        "map: expected TARGET=PATH[,TARGET=PATH...], with a comma or = of a name written \\, and"
            + " \\=, found '7.5'",
        "max-tokens: expected a whole number from 1, or model, found 'many'");
    assertThatThrownBy(() -> FrameScorer.score(rows(1), Map.of()))
        .isInstanceOf(Refused.class)
        .hasMessage("model: expected a reward model's folder, or demo, found nothing");
  }

  @Test
  void columnsThatCannotBeMeantAreRefused() {
    refused(
        spark.sql("select 1 id"),
        Map.of(),
        "columns: expected lines that fit one format, found none to fit. The lines have the fields"
            + " id. format NAME names the one that is meant, map TARGET=PATH where its fields are;"
            + " --help lists all, conf/data holds such maps of published data sets.");
    refused(
        spark.sql("select 'a' prompt, 'b' answer"),
        Map.of("format", "helpsteer2"),
        "format: expected columns that helpsteer2 rows have, found prompt, answer; of such a row is"
            + " told response: expected a string or a list of messages, found no such field");
    refused(
        spark.sql("select 'a' prompt, 'b' answer"),
        Map.of("format", "helpsteer2", "map", "response=anser"),
        "map: expected the path anser in one of the first 1 rows, found it in none; nearest is"
            + " answer");
    refused(
        spark.sql("select 'a' prompt, 'b' response, 'c' prompt"),
        Map.of(),
        "columns: expected each name once, found prompt twice");
    refused(
        spark.sql("select 'a' prompt, 'b' response, 0 Reward, 'x' rejection"),
        Map.of(),
        "field: expected a name that no column has in other letters, as Spark reads both alike,"
            + " found reward beside the column Reward",
        "field: expected a name that leaves rejection for the reasons of rejected rows, found a"
            + " column of that name, of string");
    refused(
        spark.sql("select parse_json('[]') conversations, 'User' mask"),
        Map.of("format", "steerlm"),
        "format: expected for steerlm rows a column conversations of"
            + " array<struct<from:string,value:string,label:string>>, found"
            + " struct<conversations:variant,mask:string>");
    refused(
        rows(1),
        Map.of("format", "edits"),
        "format: expected a format whose rows stay as they are beside their scores, found edits,"
            + " which jobs/annotate writes");
  }

  @Test
  void aScoredFrameIsAViewForSql() {
    scored(rows(10), Map.of()).createOrReplaceTempView("scored");
    assertThat(
            spark
                .sql("select count(*), count(reward), first(rejection.kind, true) from scored")
                .first()
                .mkString(" "))
        .isEqualTo("10 9 too-many-tokens");
  }

  @Test
  void rowsThatAreTooLongAreRejectedAsLinesAre() {
    List<Row> rows = scored(rows(4), Map.of("max-line-bytes", 100)).collectAsList();
    assertThat(rows.get(3).getStruct(3).mkString(": "))
        .isEqualTo("line-too-long: expected a line of at most 100 bytes, found 1537");
  }

  @Test
  void emptyPartitionsOpenNoModel() {
    FakeScorerFactory unopened = FakeScorerFactory.named("frame, empty");
    StructType schema =
        new StructType().add("prompt", DataTypes.StringType).add("response", DataTypes.StringType);
    Dataset<Row> none = spark.createDataFrame(new ArrayList<>(), schema);
    assertThat(Frames.scorer(spark, unopened, Map.of()).score(none).count()).isZero();
    assertThat(unopened.opened()).isZero();
  }

  @Test
  void rowsMayComeFromAnythingThatSparkComputes() {
    Dataset<Row> joined =
        rows(30)
            .repartition(5)
            .groupBy("prompt")
            .agg(functions.first("response").as("response"))
            .coalesce(1);
    assertThat(scored(joined, Map.of()).where("reward is not null").count()).isEqualTo(27);
  }
}
