package io.binnacle.it.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of the page {@code /login}, as a browser fills it.
 *
 * @param state the state of the page, which the server wrote into it
 */
public record LoginForm(String state) {
  /** What a browser says of its body. */
  public static final String TYPE = "application/x-www-form-urlencoded";

  private static final Pattern STATE =
      Pattern.compile("name=\"jakarta\\.faces\\.ViewState\"[^>]* value=\"([^\"]+)\"");

  /** The form of a page. */
  public static LoginForm in(String page) {
    Matcher state = STATE.matcher(page);
    if (!state.find()) {
      throw new AssertionError("No form with a state: " + page);
    }
    return new LoginForm(state.group(1));
  }

  /** The body that sends it. */
  public String filled(String name, String password) {
    return "form_SUBMIT=1&form%3Aenter=Sign+in&form%3Aname="
        + Api.encoded(name)
        + "&form%3Apassword="
        + Api.encoded(password)
        + "&jakarta.faces.ViewState="
        + Api.encoded(state);
  }
}
