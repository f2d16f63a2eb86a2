package io.binnacle.platform.boundary.faces;

import jakarta.faces.component.EditableValueHolder;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIForm;
import jakarta.faces.component.html.HtmlOutputLabel;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The field of a form that a refusal is about. A refusal names fields as the API does ({@code
 * display_name}); that is the id of the component, but for its way of writing, or its attribute
 * {@code refusedAs}.
 *
 * @param component the field
 * @param label what the reader calls it; empty when it has no label
 */
record FieldAtFault(UIComponent component, String label) {
  private static final String REFUSED_AS = "refusedAs";

  /** The field of the form that was sent. */
  static Optional<FieldAtFault> find(UIComponent root, String field) {
    return within(root)
        .filter(one -> one instanceof UIForm form && form.isSubmitted())
        .findFirst()
        .flatMap(form -> inForm(form, field));
  }

  /** The sentence of a refusal with the label before it. */
  String name(String sentence) {
    return joined(label, sentence);
  }

  static String joined(String label, String sentence) {
    if (label.isEmpty() || sentence.isEmpty()) {
      return sentence;
    }
    boolean word = sentence.length() > 1 && Character.isLowerCase(sentence.charAt(1));
    String rest =
        word || sentence.startsWith("A ")
            ? sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1)
            : sentence;
    return label + ": " + rest;
  }

  /** Whether a refusal of this field means what is called so here. */
  static boolean isCalled(String name, String field) {
    // Of a list ("tags[3]") the form has one field.
    return plain(name).equals(plain(field.replaceFirst("[\\[.].*", "")));
  }

  private static Optional<FieldAtFault> inForm(UIComponent form, String field) {
    return within(form)
        .filter(one -> one instanceof EditableValueHolder && isCalled(nameOf(one), field))
        .findFirst()
        .map(one -> new FieldAtFault(one, labelOf(form, one)));
  }

  private static String nameOf(UIComponent component) {
    Object name = component.getAttributes().get(REFUSED_AS);
    return name == null ? component.getId() : name.toString();
  }

  private static String labelOf(UIComponent form, UIComponent field) {
    if (field.getAttributes().get("label") instanceof String own) {
      return own;
    }
    return within(form)
        .filter(one -> one instanceof HtmlOutputLabel label && field.getId().equals(label.getFor()))
        .map(one -> String.valueOf(((HtmlOutputLabel) one).getValue()))
        .findFirst()
        .orElse("");
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private static Stream<UIComponent> within(UIComponent root) {
    Iterable<UIComponent> children = root::getFacetsAndChildren;
    return Stream.concat(
        Stream.of(root),
        StreamSupport.stream(children.spliterator(), false).flatMap(FieldAtFault::within));
  }
}
