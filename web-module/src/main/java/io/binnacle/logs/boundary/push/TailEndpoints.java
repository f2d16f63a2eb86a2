package io.binnacle.logs.boundary.push;

import io.binnacle.logs.boundary.rest.LogParameters;
import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.tail.LogTail;
import io.binnacle.logs.control.tail.TailQuery;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.boundary.http.CallerPrincipal;
import io.binnacle.security.entity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the tails of runs and of services have in common: everything but the address. They repeat
 * the annotated methods, because Open Liberty finds none that an endpoint only inherits.
 */
@ApplicationScoped
public class TailEndpoints {
  private static final Logger LOG = System.getLogger(TailEndpoints.class.getName());
  private static final String CONNECTION = "io.binnacle.tail";

  @Inject LogTail tail;
  @Inject TailConnections connections;

  void open(Session session, Function<Caller, LogAddress> log) {
    // Our own watch looks for silence; the container would count what we send as life.
    session.setMaxIdleTimeout(0);
    try {
      begin(session, principal(session), log);
    } catch (ProblemException e) {
      refuse(session, e);
    } catch (RuntimeException | Error e) {
      broken(session, e);
    }
  }

  void message(Session session, String text) {
    TailConnection connection = connection(session);
    if (connection != null) {
      try {
        connection.received(text);
      } catch (RuntimeException | Error e) {
        broken(session, e);
      }
    }
  }

  void pong(Session session) {
    TailConnection connection = connection(session);
    if (connection != null) {
      connection.heard();
    }
  }

  void close(Session session) {
    connections.remove(session);
  }

  private static CallerPrincipal principal(Session session) {
    if (session.getUserPrincipal() instanceof CallerPrincipal principal) {
      return principal;
    }
    throw ProblemException.unauthenticated();
  }

  private void begin(Session session, CallerPrincipal who, Function<Caller, LogAddress> log) {
    Caller caller = who.caller();
    LogAddress address = log.apply(caller);
    Map<String, List<String>> parameters = queryOf(session);
    List<String> from = parameters.getOrDefault("from", List.of());
    Map<Long, Long> place =
        from.isEmpty() || from.get(0).isEmpty() ? null : TailCursor.parse(from.get(0));
    TailQuery query = new LogParameters(parameters).tail("from");
    if (!connections.admit(caller)) {
      throw ProblemException.of(
          ProblemType.TOO_MANY_REQUESTS, "This user has too many live tails open.");
    }
    Outbox outbox = new Outbox(session);
    TailConnection connection = new TailConnection(tail, address, outbox);
    session.getUserProperties().put(CONNECTION, connection);
    connections.add(session, outbox, connection, new Admission(who, address, log));
    connection.begin(query, place);
  }

  /** Open Liberty puts the parts of the path among the parameters of the query. */
  private static Map<String, List<String>> queryOf(Session session) {
    Map<String, List<String>> parameters = new HashMap<>(session.getRequestParameterMap());
    parameters.keySet().removeAll(session.getPathParameters().keySet());
    return parameters;
  }

  /** Tells why, then closes: a browser sees no more of a refused upgrade than that it failed. */
  private static void refuse(Session session, ProblemException refusal) {
    try {
      session.getBasicRemote().sendText(TailMessages.error(refusal));
      session.close(TailConnections.because(refusal));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A refused viewer went before it was told", e);
    }
  }

  /** Open Liberty would leave the socket open and deaf. Whoever comes back misses nothing. */
  void broken(Session session, Throwable failure) {
    LOG.log(Level.WARNING, "A live tail is closed: " + failure);
    connections.remove(session);
    try {
      session.close(new CloseReason(CloseReason.CloseCodes.UNEXPECTED_CONDITION, "internal_error"));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A broken tail did not close in order", e);
    }
  }

  private static @Nullable TailConnection connection(Session session) {
    return (TailConnection) session.getUserProperties().get(CONNECTION);
  }
}
