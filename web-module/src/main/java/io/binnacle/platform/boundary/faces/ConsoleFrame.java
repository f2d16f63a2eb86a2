package io.binnacle.platform.boundary.faces;

import io.binnacle.platform.control.BuildInfo;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.primefaces.context.PrimeFacesContext;

/** What the frame around every page shows. */
@Named("frame")
@RequestScoped
public class ConsoleFrame {
  @Inject Assets assets;
  @Inject HttpServletRequest request;

  /** The address before the name of an asset. */
  public String getAssets() {
    return assets.base();
  }

  public BuildInfo getBuild() {
    return BuildInfo.current();
  }

  /** {@code light} or {@code dark} if the reader chose one; {@code auto} follows the system. */
  public String getTheme() {
    return Theme.of(request);
  }

  /** What PrimeFaces wants back from every form; its scripts add it only where they are loaded. */
  public String getNonce() {
    FacesContext context = FacesContext.getCurrentInstance();
    return PrimeFacesContext.getCspState(context).getNonce();
  }

  /** A status, a role or the like as people read it. */
  public String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Scheme, host and port as the browser sees them; for commands to copy. */
  public String getOrigin() {
    StringBuffer url = request.getRequestURL();
    return url.substring(0, url.indexOf("/", url.indexOf("//") + 2));
  }
}
