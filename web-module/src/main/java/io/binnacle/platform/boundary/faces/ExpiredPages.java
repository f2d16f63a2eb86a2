package io.binnacle.platform.boundary.faces;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import java.util.Iterator;

/**
 * A form whose page was written by another version of the server, or sealed with other keys, can't
 * be read any more. The reader gets the page again, with a word about it, instead of an error.
 */
public class ExpiredPages extends ExceptionHandlerFactory {

  /** Called by Faces. */
  public ExpiredPages(ExceptionHandlerFactory next) {
    super(next);
  }

  @Override
  public ExceptionHandler getExceptionHandler() {
    return new Handler(getWrapped().getExceptionHandler());
  }

  private static final class Handler extends ExceptionHandlerWrapper {
    private Handler(ExceptionHandler next) {
      super(next);
    }

    @Override
    public void handle() {
      Iterator<ExceptionQueuedEvent> events = getUnhandledExceptionQueuedEvents().iterator();
      while (events.hasNext()) {
        if (events.next().getContext().getException() instanceof ViewExpiredException) {
          events.remove();
          renew();
        }
      }
      super.handle();
    }

    private static void renew() {
      Route route = CDI.current().select(Route.class).get();
      PageAction.goTo(route.address() + "?renewed");
      FacesContext.getCurrentInstance().responseComplete();
    }
  }
}
