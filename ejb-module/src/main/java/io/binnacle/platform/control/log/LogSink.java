package io.binnacle.platform.control.log;

import java.io.IOException;

/** Takes the bytes of whole entries; called by one thread. */
@FunctionalInterface
interface LogSink {
  void write(byte[] bytes) throws IOException;
}
