package io.touchstone.spark.choose;

import io.touchstone.jobs.choose.Decision;
import io.touchstone.jobs.choose.FilterRequest;
import io.touchstone.jobs.choose.FilterRows;
import io.touchstone.selection.Rank;
import io.touchstone.selection.RankCounter;
import io.touchstone.selection.SortedRun;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.commons.collections4.Transformer;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Looks at all rows that pass by themselves: finds equal conversations and ranks the others.
 *
 * <p>Nothing of a row reaches the driver but the bounds of the ranges by which rows are sorted and
 * a handful of numbers for each range.
 */
final class GlobalOrder implements AutoCloseable {

  /** Bytes of an entry that is nothing but the position of a duplicate. */
  private static final int FLAGGED = 8;

  private final FilterRequest request;
  private final int partitions;
  private final List<JavaRDD<?>> stored = new ArrayList<>();
  private JavaRDD<byte[]> decisions;
  private FilterRows.Ranked ranked = FilterRows.Ranked.NONE;

  /**
   * @param scanned what {@link PieceScan} gives
   * @param partitions by which rows are sorted
   */
  GlobalOrder(FilterRequest request, JavaRDD<byte[]> scanned, int partitions) {
    this.request = request;
    this.partitions = partitions;
    this.decisions = scanned;
    JavaRDD<byte[]> scored = store(scanned);
    JavaRDD<byte[]> duplicates = null;
    if (request.dedups()) {
      JavaRDD<byte[]> flagged = store(flagged(scored));
      duplicates = flagged.filter(entry -> entry.length == FLAGGED).map(GlobalOrder::duplicate);
      scored = flagged.filter(entry -> entry.length != FLAGGED);
    }
    this.decisions = request.ranks() ? ranked(scored) : scored.map(GlobalOrder::unranked);
    if (duplicates != null) {
      this.decisions = decisions.union(duplicates);
    }
  }

  /** {@link Decision}s on all rows, in no order. */
  JavaRDD<byte[]> decisions() {
    return decisions;
  }

  FilterRows.Ranked ranking() {
    return ranked;
  }

  @Override
  public void close() {
    stored.forEach(rdd -> rdd.unpersist(false));
  }

  private JavaRDD<byte[]> store(JavaRDD<byte[]> entries) {
    JavaRDD<byte[]> kept = entries.persist(StorageLevel.DISK_ONLY());
    stored.add(kept);
    return kept;
  }

  /** Scored entries of the first row of each conversation; only the position of all others. */
  private JavaRDD<byte[]> flagged(JavaRDD<byte[]> digested) {
    return keys(digested)
        .repartitionAndSortWithinPartitions(
            new DigestPartitioner(partitions), new SortedBytes.Order())
        .keys()
        .mapPartitions(entries -> IteratorUtils.transformedIterator(entries, new FirstOfEach()));
  }

  private JavaRDD<byte[]> ranked(JavaRDD<byte[]> scored) {
    JavaRDD<byte[]> best = keys(scored).sortByKey(new SortedBytes.Order(), true, partitions).keys();
    List<SortedRun> runs =
        best.mapPartitions(entries -> List.of(SortedRun.of(new Scores(entries))).iterator())
            .collect();
    List<RankCounter> counters = SortedRun.counters(runs);
    long rows = SortedRun.total(runs);
    JavaRDD<byte[]> placed =
        best.mapPartitionsWithIndex(
            (index, entries) -> placed(entries, counters.get(index)), false);
    ranked = new FilterRows.Ranked(rows, request.top().of(rows));
    return placed;
  }

  /** Entries as keys, by which Spark can sort them. */
  static JavaPairRDD<byte[], Boolean> keys(JavaRDD<byte[]> entries) {
    return entries.mapToPair(entry -> new Tuple2<>(entry, Boolean.TRUE));
  }

  /** Decisions that give sorted entries their ranks. */
  private static Iterator<byte[]> placed(Iterator<byte[]> entries, RankCounter counter) {
    return IteratorUtils.transformedIterator(
        entries,
        entry -> {
          Rank rank = counter.next(SortedBytes.score(entry));
          return new Decision(SortedBytes.position(entry), rank.place(), rank.rank()).bytes();
        });
  }

  private static byte[] unranked(byte[] scored) {
    return Decision.unranked(SortedBytes.position(scored)).bytes();
  }

  private static byte[] duplicate(byte[] position) {
    return Decision.duplicate(ByteBuffer.wrap(position).getLong()).bytes();
  }

  /** Of equal conversations the first row as a scored entry, of the others only the position. */
  private static final class FirstOfEach implements Transformer<byte[], byte[]> {

    private byte @Nullable [] before;

    @Override
    public byte[] transform(byte[] entry) {
      long position = SortedBytes.digestedPosition(entry);
      boolean again = before != null && SortedBytes.sameDigest(entry, before);
      before = entry;
      return again
          ? ByteBuffer.allocate(FLAGGED).putLong(position).array()
          : SortedBytes.scored(SortedBytes.digestedScore(entry), position);
    }
  }

  /** The scores of sorted entries. */
  private record Scores(Iterator<byte[]> entries) implements PrimitiveIterator.OfDouble {
    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public double nextDouble() {
      return SortedBytes.score(entries.next());
    }
  }
}
