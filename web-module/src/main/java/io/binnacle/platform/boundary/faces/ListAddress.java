package io.binnacle.platform.boundary.faces;

import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.SortOrders;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the address says of the list on the page: its filter, its order and its place. */
@Named("list")
@RequestScoped
public class ListAddress {
  private static final String SORT = "sort";
  private static final List<String> FILTERS =
      List.of("q", "status", "tag", "who", "action", "since", "until");
  private static final List<String> KEPT =
      Stream.concat(Stream.of("user", SORT), FILTERS.stream()).toList();

  @Inject Route route;
  @Inject HttpServletRequest request;

  private String usual = "";

  /** A parameter without the blanks around it, or null. */
  public @Nullable String parameter(String name) {
    String value = request.getParameter(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** The page that the address asks for, of a list with these orders. */
  public ListRequest request(SortOrders orders, int limit) {
    usual = orders.usual();
    return new ListRequest(parameter("q"), parameter(SORT), request.getParameter("cursor"), limit);
  }

  /** Whether the reader narrowed the list. */
  public boolean isFiltered() {
    return FILTERS.stream().anyMatch(name -> parameter(name) != null);
  }

  /** Whether this is not the first page. */
  public boolean isContinued() {
    return parameter("cursor") != null;
  }

  /** The address of the whole list, in its usual order. */
  public String whole() {
    String user = parameter("user");
    return user == null ? route.address() : route.address() + "?user=" + encoded(user);
  }

  /**
   * The address of this list with one parameter set anew; paging begins again unless it is that.
   */
  public String with(String name, @Nullable String value) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String kept : KEPT) {
      String present = parameter(kept);
      if (present != null) {
        parameters.put(kept, present);
      }
    }
    if (value == null) {
      parameters.remove(name);
    } else {
      parameters.put(name, value);
    }
    return route.address()
        + parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
  }

  /** The code of the order that the address asks for, of a list with this usual one. */
  public String sort(String usualOrder) {
    usual = usualOrder;
    return present();
  }

  private String present() {
    String sort = parameter(SORT);
    return sort == null ? usual : sort;
  }

  /** What {@code aria-sort} says of a column. */
  public String sorted(String column) {
    String present = present();
    if (present.equals(column)) {
      return "ascending";
    }
    return present.equals("-" + column) ? "descending" : "none";
  }

  /** The address that sorts by a column, or turns its order round. */
  public String sortBy(String column) {
    boolean turn = sorted(column).equals("ascending");
    return with(SORT, turn ? "-" + column : column);
  }

  /** A text as it stands in the parameters of an address. */
  public String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
