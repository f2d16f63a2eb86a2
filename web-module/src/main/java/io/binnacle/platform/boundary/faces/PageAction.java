package io.binnacle.platform.boundary.faces;

import io.binnacle.platform.entity.ProblemException;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.EditableValueHolder;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** How the beans behind the pages do things: a refusal becomes a message or an error page. */
public final class PageAction {
  private PageAction() {}

  /**
   * Does what a button asks for. A refusal is shown above the form, and its field is marked.
   *
   * @return whether it was done
   */
  public static boolean attempt(Runnable work) {
    try {
      work.run();
      return true;
    } catch (ProblemException refusal) {
      tell(FacesContext.getCurrentInstance(), refusal);
      return false;
    }
  }

  private static void tell(FacesContext context, ProblemException refusal) {
    String sentence = Objects.requireNonNullElse(refusal.getMessage(), "");
    Optional<FieldAtFault> fault =
        Optional.ofNullable(refusal.field())
            .flatMap(field -> FieldAtFault.find(context.getViewRoot(), field));
    fault.ifPresent(one -> ((EditableValueHolder) one.component()).setValid(false));
    String client = fault.map(one -> one.component().getClientId(context)).orElse(null);
    String said = fault.map(one -> one.name(sentence)).orElse(sentence);
    context.addMessage(client, new FacesMessage(FacesMessage.SEVERITY_ERROR, said, null));
  }

  /** Loads what a page shows; if that is refused, the answer is the error page instead. */
  public static void load(Supplier<?> work) {
    try {
      work.get();
    } catch (ProblemException refusal) {
      FacesContext context = FacesContext.getCurrentInstance();
      try {
        context
            .getExternalContext()
            .responseSendError(refusal.type().status(), refusal.getMessage());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      context.responseComplete();
    }
  }

  /** Leads the browser to another page, so that reloading does not repeat what was done. */
  public static void goTo(String address) {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    try {
      external.redirect(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
