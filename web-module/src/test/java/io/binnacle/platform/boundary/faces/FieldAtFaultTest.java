package io.binnacle.platform.boundary.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FieldAtFaultTest {
  @Test
  void aFieldIsFoundHoweverItsNameIsWritten() {
    assertTrue(FieldAtFault.isCalled("displayName", "display_name"));
    assertTrue(FieldAtFault.isCalled("display-name", "display_name"));
    assertTrue(FieldAtFault.isCalled("tags", "tags[3]"));
    assertFalse(FieldAtFault.isCalled("name", "display_name"));
  }

  @Test
  void theSentenceNamesTheFieldAsTheReaderDoes() {
    assertEquals("Login: must not be empty.", FieldAtFault.joined("Login", "Must not be empty."));
    assertEquals("Name: a name is short.", FieldAtFault.joined("Name", "A name is short."));
    assertEquals("Name: NUL is refused.", FieldAtFault.joined("Name", "NUL is refused."));
    assertEquals("Slug: \"a\" is reserved.", FieldAtFault.joined("Slug", "\"a\" is reserved."));
    assertEquals("This is needed.", FieldAtFault.joined("", "This is needed."));
  }
}
