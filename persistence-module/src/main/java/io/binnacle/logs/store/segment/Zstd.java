package io.binnacle.logs.store.segment;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Zstandard frames. The native library is 2 to 10 times faster; where it can't be unpacked (a
 * {@code /tmp} without exec, another processor) the one in Java reads and writes the same format.
 */
abstract class Zstd {
  /** Level 1 costs a third less than 3 and gains within 2 % of it on logs (measured). */
  private static final int LEVEL = 1;

  private static final boolean NATIVE = loadsNative();

  private static final ThreadLocal<Zstd> CURRENT = ThreadLocal.withInitial(Zstd::create);

  /** The codec of this thread: contexts of the native library are expensive and not shared. */
  static Zstd current() {
    return CURRENT.get();
  }

  /** A codec for one thread at a time. */
  static Zstd create() {
    return NATIVE ? new Native(new Contexts()) : new Portable();
  }

  /** A codec of the native library with these contexts. */
  static Zstd using(Contexts contexts) {
    return new Native(contexts);
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

  /** Gives the memory outside of the heap back at once, and not when nobody refers to this. */
  abstract void close();

  private static void requireSize(int got, int wanted) {
    if (got != wanted) {
      throw new IllegalStateException("A frame has " + got + " bytes instead of " + wanted);
    }
  }

  private static boolean loadsNative() {
    try {
      new ZstdCompressCtx().close();
      return true;
    } catch (LinkageError | RuntimeException e) {
      System.getLogger(Zstd.class.getName())
          .log(Level.WARNING, "Native zstd can't be loaded; the slower one in Java is used", e);
      return false;
    }
  }

  /**
   * Memory outside of the heap, up to a megabyte in each direction, taken when it is first needed.
   * The library does not give it back by itself when nobody uses it any more, and the threads of a
   * server come and go.
   */
  static final class Contexts implements Runnable {
    private @Nullable ZstdCompressCtx compressor;
    private @Nullable ZstdDecompressCtx decompressor;
    private volatile boolean closed;

    private ZstdCompressCtx compressor() {
      if (compressor == null) {
        compressor = new ZstdCompressCtx().setLevel(LEVEL);
      }
      return compressor;
    }

    private ZstdDecompressCtx decompressor() {
      if (decompressor == null) {
        decompressor = new ZstdDecompressCtx();
      }
      return decompressor;
    }

    /** Whether the memory was given back. */
    boolean isClosed() {
      return closed;
    }

    /** Gives the memory back. */
    @Override
    public void run() {
      if (compressor != null) {
        compressor.close();
      }
      if (decompressor != null) {
        decompressor.close();
      }
      closed = true;
    }
  }

  private static final class Native extends Zstd {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Contexts contexts;
    private final Cleaner.Cleanable cleanable;

    private Native(Contexts contexts) {
      this.contexts = contexts;
      cleanable = CLEANER.register(this, contexts);
    }

    @Override
    void close() {
      cleanable.clean();
    }

    @Override
    int compress(byte[] from, int start, int size, byte[] to, int at, int room) {
      try {
        return contexts.compressor().compressByteArray(to, at, room, from, start, size);
      } finally {
        Reference.reachabilityFence(this);
      }
    }

    @Override
    void decompress(byte[] from, int start, int size, byte[] to, int at, int rawSize) {
      try {
        int got = contexts.decompressor().decompressByteArray(to, at, rawSize, from, start, size);
        requireSize(got, rawSize);
      } finally {
        Reference.reachabilityFence(this);
      }
    }
  }

  private static final class Portable extends Zstd {
    private final ZstdCompressor compressor = new ZstdCompressor();
    private final ZstdDecompressor decompressor = new ZstdDecompressor();

    @Override
    void close() {
      // It has only the heap.
    }

    @Override
    int compress(byte[] from, int start, int size, byte[] to, int at, int room) {
      return compressor.compress(from, start, size, to, at, room);
    }

    @Override
    void decompress(byte[] from, int start, int size, byte[] to, int at, int rawSize) {
      requireSize(decompressor.decompress(from, start, size, to, at, rawSize), rawSize);
    }
  }
}
