package io.binnacle.platform.boundary.faces;

import io.binnacle.platform.entity.ListRequest;
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
  @Inject Route route;
  @Inject HttpServletRequest request;

  private String usual = "";
  private List<String> filters = List.of();
  private List<String> choices = List.of();

  /**
   * Says which list the page shows; its bean says it before it asks for anything.
   *
   * @param usualOrder the code of its order when the address names none
   * @param itsFilters the parameters that narrow it
   */
  public ListAddress shows(String usualOrder, String... itsFilters) {
    usual = usualOrder;
    filters = List.of(itsFilters);
    return this;
  }

  /** Says which parameters choose among several such lists: they stay when the filter goes. */
  public ListAddress chosenBy(String... itsChoices) {
    choices = List.of(itsChoices);
    return this;
  }

  /** A parameter without the blanks around it, or null. */
  public @Nullable String parameter(String name) {
    String value = request.getParameter(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** The page that the address asks for. */
  public ListRequest request(int limit) {
    return new ListRequest(parameter("q"), parameter(SORT), request.getParameter("cursor"), limit);
  }

  /** Whether the reader narrowed the list. */
  public boolean isFiltered() {
    return filters.stream().anyMatch(name -> parameter(name) != null);
  }

  /** Whether this is not the first page. */
  public boolean isContinued() {
    return parameter("cursor") != null;
  }

  /** The address of the whole list, in its usual order. */
  public String whole() {
    return address(present(choices.stream()));
  }

  /** The parameters that choose among several lists, for forms that filter this one. */
  public List<String> getChoices() {
    return choices;
  }

  /**
   * The address of this list with one parameter set anew; paging begins again unless it is that.
   */
  public String with(String name, @Nullable String value) {
    Map<String, String> parameters =
        present(Stream.of(choices, List.of(SORT), filters).flatMap(List::stream));
    if (value == null) {
      parameters.remove(name);
    } else {
      parameters.put(name, value);
    }
    return address(parameters);
  }

  private Map<String, String> present(Stream<String> names) {
    Map<String, String> present = new LinkedHashMap<>();
    names.forEach(
        name -> {
          String value = parameter(name);
          if (value != null) {
            present.put(name, value);
          }
        });
    return present;
  }

  private String address(Map<String, String> parameters) {
    return route.address()
        + parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
  }

  /** The code of the order that the address asks for, or of the usual one. */
  public String sort() {
    String sort = parameter(SORT);
    return sort == null ? usual : sort;
  }

  /** What {@code aria-sort} says of a column. */
  public String sorted(String column) {
    String present = sort();
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
