package io.binnacle.bench.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads one answer after the other from the bytes of a connection, in whatever pieces they come.
 */
public final class ReplyParser {
  private enum State {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    DONE
  }

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream(512);
  private BodySink sink = this::collect;
  private State state = State.HEAD;
  private String head = "";
  private int status;
  private long left;
  private int lineLength;

  /** Prepares for the next answer, whose body will be kept for {@link #reply()}. */
  public void begin() {
    begin(this::collect);
  }

  /** Prepares for the next answer, whose body goes to the sink. */
  public void begin(BodySink bodySink) {
    sink = bodySink;
    state = State.HEAD;
    lineLength = 0;
    line.reset();
    collected.reset();
  }

  /** Takes bytes; true as soon as the answer is complete. */
  public boolean feed(ByteBuffer in) {
    while (in.hasRemaining() && state != State.DONE) {
      switch (state) {
        case HEAD -> head(in);
        case BODY, CHUNK -> body(in);
        case CHUNK_SIZE -> chunkSize(in);
        case CHUNK_END -> {
          if (endOfLine(in)) {
            state = State.CHUNK_SIZE;
          }
        }
        case TRAILER -> trailer(in);
        case DONE -> throw new IllegalStateException();
      }
    }
    return state == State.DONE;
  }

  /** The answer that {@link #feed} completed. */
  public Reply reply() {
    return new Reply(status, head, collected.toByteArray());
  }

  private void head(ByteBuffer in) {
    while (in.hasRemaining()) {
      byte b = in.get();
      line.write(b);
      if (b == '\n') {
        if (lineLength == 0) {
          headComplete();
          return;
        }
        lineLength = 0;
      } else if (b != '\r') {
        lineLength++;
      }
    }
  }

  private void headComplete() {
    head = line.toString(StandardCharsets.ISO_8859_1);
    line.reset();
    status = Integer.parseInt(head.substring(9, 12));
    if (status == 100) {
      return;
    }
    if (Reply.find(head, "transfer-encoding").equalsIgnoreCase("chunked")) {
      state = State.CHUNK_SIZE;
      return;
    }
    String length = Reply.find(head, "content-length");
    left = length.isEmpty() ? 0 : Long.parseLong(length);
    boolean empty = status == 204 || status == 304 || status == 101 || left == 0;
    state = empty ? State.DONE : State.BODY;
  }

  private void body(ByteBuffer in) {
    int take = (int) Math.min(left, in.remaining());
    int limit = in.limit();
    in.limit(in.position() + take);
    sink.take(in);
    in.position(in.limit());
    in.limit(limit);
    left -= take;
    if (left == 0) {
      state = state == State.BODY ? State.DONE : State.CHUNK_END;
    }
  }

  private void chunkSize(ByteBuffer in) {
    if (!endOfLine(in)) {
      return;
    }
    String size = line.toString(StandardCharsets.ISO_8859_1).trim();
    line.reset();
    int extension = size.indexOf(';');
    left = Long.parseLong(extension < 0 ? size : size.substring(0, extension).trim(), 16);
    state = left == 0 ? State.TRAILER : State.CHUNK;
  }

  private void trailer(ByteBuffer in) {
    if (endOfLine(in)) {
      if (line.size() <= 2) {
        state = State.DONE;
      }
      line.reset();
    }
  }

  private boolean endOfLine(ByteBuffer in) {
    while (in.hasRemaining()) {
      byte b = in.get();
      if (state != State.CHUNK_END) {
        line.write(b);
      }
      if (b == '\n') {
        return true;
      }
    }
    return false;
  }

  private void collect(ByteBuffer part) {
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    collected.write(bytes, 0, bytes.length);
  }
}
