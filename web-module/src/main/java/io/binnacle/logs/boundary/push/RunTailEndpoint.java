package io.binnacle.logs.boundary.push;

import io.binnacle.logs.control.LogAccess;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;

/** The live tail of a run. */
@Dependent
@ServerEndpoint("/api/v1/runs/{run_id}/logs/stream")
public class RunTailEndpoint {
  @Inject TailEndpoints endpoints;
  @Inject LogAccess access;

  /** Seats the viewer. */
  @OnOpen
  public void open(Session session, @PathParam("run_id") String runId) {
    endpoints.open(session, caller -> access.run(caller, runId, Right.READ));
  }

  /** Takes a message of the viewer. */
  @OnMessage
  public void message(Session session, String text) {
    endpoints.message(session, text);
  }

  /** Notes that the viewer lives. */
  @OnMessage
  public void pong(Session session, PongMessage pong) {
    endpoints.pong(session);
  }

  /** Frees the seat. */
  @OnClose
  public void close(Session session) {
    endpoints.close(session);
  }

  /** Closes a broken connection and frees its seat. */
  @OnError
  public void error(Session session, Throwable error) {
    endpoints.broken(session, error);
  }
}
