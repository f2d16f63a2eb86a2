package io.binnacle.platform.boundary.faces;

import io.binnacle.platform.control.PageStateKeys;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * Gives Faces, before it starts, the keys that seal the state of a page. Without them it makes its
 * own at every start, and a form can only be sent to the server that wrote its page.
 */
public class PageStateSeal implements ServletContextListener {
  @Inject PageStateKeys keys;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    context.setInitParameter("org.apache.myfaces.SECRET", keys.key("cipher"));
    context.setInitParameter("org.apache.myfaces.MAC_SECRET", keys.key("mac"));
  }
}
