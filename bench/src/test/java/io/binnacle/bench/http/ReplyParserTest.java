package io.binnacle.bench.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplyParserTest {
  @Test
  void aChunkedAnswerIsReadFromSingleBytes() {
    Reply reply =
        byteByByte(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5\r\nhello\r\n7;x=y\r\n, world\r\n0\r\n\r\n");
    assertEquals(200, reply.status());
    assertEquals("hello, world", reply.text());
  }

  @Test
  void anAnswerWithALengthEndsWithItsLastByte() {
    Reply reply = byteByByte("HTTP/1.1 429 Slow\r\nRetry-After: 3\r\ncontent-length: 2\r\n\r\n{}");
    assertEquals(429, reply.status());
    assertEquals(3, reply.retryAfterSeconds());
    assertEquals("{}", reply.text());
  }

  @Test
  void anAnswerWithoutABodyEndsWithItsHead() {
    assertEquals(204, byteByByte("HTTP/1.1 204 No Content\r\n\r\n").status());
  }

  private static Reply byteByByte(String answer) {
    byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
    ReplyParser parser = new ReplyParser();
    parser.begin();
    for (int i = 0; i < bytes.length - 1; i++) {
      assertFalse(parser.feed(ByteBuffer.wrap(bytes, i, 1)));
    }
    assertTrue(parser.feed(ByteBuffer.wrap(bytes, bytes.length - 1, 1)));
    return parser.reply();
  }
}
