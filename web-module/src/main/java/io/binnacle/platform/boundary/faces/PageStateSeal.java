package io.binnacle.platform.boundary.faces;

import io.binnacle.platform.control.PageStateKeys;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives Faces the keys that seal the state of a page, in the place of those that it makes at every
 * start: with them a form can only be sent to the server that wrote its page. Open Liberty starts
 * Faces before the listeners of the application, so the keys go where MyFaces keeps its own.
 */
public class PageStateSeal implements ServletContextListener {
  @Inject PageStateKeys keys;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    context.setAttribute("org.apache.myfaces.SECRET.CACHE", key("cipher", "AES"));
    context.setAttribute("org.apache.myfaces.MAC_SECRET.CACHE", key("mac", "HmacSHA256"));
  }

  private SecretKeySpec key(String purpose, String algorithm) {
    return new SecretKeySpec(Base64.getDecoder().decode(keys.key(purpose)), algorithm);
  }
}
