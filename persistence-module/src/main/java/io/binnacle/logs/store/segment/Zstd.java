package io.binnacle.logs.store.segment;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.lang.System.Logger.Level;

/**
 * Zstandard frames. The native library is 2 to 10 times faster; where it can't be unpacked (a
 * {@code /tmp} without exec, another processor) the one in Java reads and writes the same format.
 */
abstract class Zstd {
  /** Level 1 costs a third less than 3 and gains within 2 % of it on logs (measured). */
  private static final int LEVEL = 1;

  private static final boolean NATIVE = loadsNative();

  private static final ThreadLocal<Zstd> CURRENT =
      ThreadLocal.withInitial(() -> NATIVE ? new Native() : new Portable());

  /** The codec of this thread: contexts of the native library are expensive and not shared. */
  static Zstd current() {
    return CURRENT.get();
  }

  /** The codec in Java, whatever the machine can do. */
  static Zstd portable() {
    return new Portable();
  }

  /** Bytes that a compressed form may need at most. */
  static int bound(int size) {
    return size + (size >>> 7) + 512;
  }

  /** Compresses; returns the number of bytes written. */
  abstract int compress(byte[] from, int start, int size, byte[] to, int at, int room);

  /** Decompresses exactly {@code rawSize} bytes, or throws a {@link RuntimeException}. */
  abstract void decompress(byte[] from, int start, int size, byte[] to, int at, int rawSize);

  private static boolean loadsNative() {
    try {
      new Native();
      return true;
    } catch (LinkageError | RuntimeException e) {
      System.getLogger(Zstd.class.getName())
          .log(Level.WARNING, "Native zstd can't be loaded; the slower one in Java is used", e);
      return false;
    }
  }

  private static final class Native extends Zstd {
    private final ZstdCompressCtx compressor = new ZstdCompressCtx().setLevel(LEVEL);
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();

    @Override
    int compress(byte[] from, int start, int size, byte[] to, int at, int room) {
      return compressor.compressByteArray(to, at, room, from, start, size);
    }

    @Override
    void decompress(byte[] from, int start, int size, byte[] to, int at, int rawSize) {
      int got = decompressor.decompressByteArray(to, at, rawSize, from, start, size);
      if (got != rawSize) {
        throw new IllegalStateException("A frame has " + got + " bytes instead of " + rawSize);
      }
    }
  }

  private static final class Portable extends Zstd {
    private final ZstdCompressor compressor = new ZstdCompressor();
    private final ZstdDecompressor decompressor = new ZstdDecompressor();

    @Override
    int compress(byte[] from, int start, int size, byte[] to, int at, int room) {
      return compressor.compress(from, start, size, to, at, room);
    }

    @Override
    void decompress(byte[] from, int start, int size, byte[] to, int at, int rawSize) {
      int got = decompressor.decompress(from, start, size, to, at, rawSize);
      if (got != rawSize) {
        throw new IllegalStateException("A frame has " + got + " bytes instead of " + rawSize);
      }
    }
  }
}
