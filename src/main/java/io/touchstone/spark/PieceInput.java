package io.touchstone.spark;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Opens pieces for reading; long lines go to the attempt's spill folder. */
record PieceInput(Configuration hadoop, long maxLineBytes, SpillFolder spills) {

  LineSource open(Piece piece) throws IOException {
    InputFile file = piece.file();
    Path path = new Path(file.path());
    FSDataInputStream in = path.getFileSystem(hadoop).open(path);
    try {
      LineBuffer buffer = new LineBuffer(file.path(), maxLineBytes, spills);
      return switch (file.kind()) {
        case LINES -> {
          in.seek(Math.max(0, piece.start() - 1));
          yield new ByteRangeLines(in, piece.start(), piece.end(), buffer);
        }
        case GZIP_LINES -> {
          CountedInput compressed = new CountedInput(in, file.bytes());
          yield new CompressedLines(compressed, gunzip(compressed, file.bytes()), buffer);
        }
        case ZSTD_LINES -> {
          CountedInput compressed = new CountedInput(in, file.bytes());
          // The decoder asks for small chunks; the filesystem is asked for large ones.
          InputStream chunks = new BufferedInputStream(compressed, LineReader.BUFFER_BYTES);
          yield new CompressedLines(compressed, new ZstdInputStream(chunks), buffer);
        }
        case ARRAY -> new ArrayLines(in, buffer);
      };
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static InputStream gunzip(CountedInput compressed, long bytes) throws IOException {
    // An empty file is no gzip file, yet it has no rows, as an empty plain one has none.
    return bytes == 0 ? compressed : new WholeGzip(compressed);
  }
}
