package io.binnacle.projects.entity;

import io.binnacle.platform.entity.ProblemException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a project or service in addresses: lower-case letters, digits, {@code . _ -}, at most
 * 64 characters.
 */
public record Slug(String text) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /**
   * JAX-RS does not go back: a resource at {@code /projects/models/…} would hide a project of that
   * name. The console's own pages are kept free too.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "models",
          "runs",
          "services",
          "new",
          "api",
          "api-keys",
          "users",
          "login",
          "logout",
          "settings",
          "members",
          "refusals",
          "projects",
          "search",
          "all",
          "me",
          "admin");

  public Slug {
    check("slug", text);
  }

  /**
   * The name of a service.
   *
   * @throws ProblemException naming {@code name} when the text has another form
   */
  public static Slug ofService(String text) {
    check("name", text);
    return new Slug(text);
  }

  private static void check(String field, String text) {
    if (!FORM.matcher(text).matches()) {
      throw ProblemException.limit(
          field,
          64,
          "1 to 64 lower-case letters, digits, dots, dashes and underscores, beginning with a"
              + " letter or digit.");
    }
  }

  /** A slug for something new, which may not hide an address. */
  public static Slug forNew(String text) {
    if (RESERVED.contains(text)) {
      throw ProblemException.field("slug", "\"" + text + "\" is reserved.");
    }
    return new Slug(text);
  }
}
