package io.touchstone.spark.choose;

import java.nio.ByteBuffer;
import org.apache.spark.Partitioner;

/** Brings equal digests together; they are spread evenly by nature. */
final class DigestPartitioner extends Partitioner {

  private static final long serialVersionUID = 1L;

  private final int partitions;

  DigestPartitioner(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object digested) {
    return Math.floorMod(ByteBuffer.wrap((byte[]) digested).getLong(8), partitions);
  }
}
