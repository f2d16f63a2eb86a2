package io.binnacle.platform.boundary.faces;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;

/** Lets forms post to the address in the browser, with its parameters, instead of a file name. */
public class PageAddresses extends ViewHandlerWrapper {
  /** For Faces. */
  public PageAddresses(ViewHandler wrapped) {
    super(wrapped);
  }

  @Override
  public String getActionURL(FacesContext context, String viewId) {
    if (!viewId.startsWith("/pages/")) {
      return super.getActionURL(context, viewId);
    }
    return CDI.current().select(Route.class).get().addressWithQuery();
  }
}
