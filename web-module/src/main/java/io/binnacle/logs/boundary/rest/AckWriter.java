package io.binnacle.logs.boundary.rest;

import io.binnacle.logs.control.ingest.LogAck;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Writes answers to batches where they are made. RESTEasy's writers of texts are asynchronous: each
 * answer of 200 bytes went through a listener on one more thread.
 */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public class AckWriter implements MessageBodyWriter<LogAck> {
  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == LogAck.class;
  }

  @Override
  public void writeTo(
      LogAck ack,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    out.write(AckJson.bytes(ack));
  }
}
