package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningServer.class)
class StaticResourcesIT {
  private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"(/assets/[^\"#]+)");

  private static final Pattern LIBRARY =
      Pattern.compile("(?:href|src)=\"(/jakarta\\.faces\\.resource/[^\"]+)");

  @Test
  void theLoginPageNamesItsResourcesByVersionedAddresses(Api api) {
    TreeSet<String> addresses = addresses(api);
    assertTrue(addresses.size() >= 5, addresses.toString());
    for (String address : addresses) {
      Answer answer = api.anonymous().get(address).expect(200);
      assertTrue(
          answer.header("Cache-Control").contains("immutable"),
          address + ": " + answer.headers().map());
      assertTrue(answer.header("Cache-Control").contains("max-age=31536000"), address);
      assertEquals("nosniff", answer.header("X-Content-Type-Options"), address);
    }
  }

  @Test
  void textsAreCompressedAndFontsAreNot(Api api) {
    for (String address : addresses(api)) {
      Answer answer =
          api.anonymous().withHeader("Accept-Encoding", "gzip").get(address).expect(200);
      String encoding = answer.header("Content-Encoding");
      if (address.endsWith(".woff2")) {
        assertEquals("", encoding, "a font is compressed in itself");
      } else if (api.anonymous().get(address).body().length > 2048) {
        assertEquals("gzip", encoding, address);
        assertTrue(answer.header("Vary").contains("Accept-Encoding"), address);
      }
    }
  }

  @Test
  void scriptsOfTheLibraryAreCompressedAndKeptAsLongAsTheirVersion(Api api) {
    Matcher found = LIBRARY.matcher(api.anonymous().get("/login").expect(200).text());
    int scripts = 0;
    while (found.find()) {
      String address = found.group(1).replace("&amp;", "&");
      Answer answer =
          api.anonymous().withHeader("Accept-Encoding", "gzip").get(address).expect(200);
      if (address.contains(".js")) {
        assertEquals("gzip", answer.header("Content-Encoding"), address);
        scripts++;
      }
      assertTrue(address.matches(".*[?&](v|e)=[0-9.]+.*"), address);
      assertTrue(answer.header("Cache-Control").matches(".*max-age=31536000.*"), address);
    }
    assertTrue(scripts > 0, "the page has no script of the library");
  }

  @Test
  void answersOfTheApiAreCompressed(Api api) {
    for (String address : List.of("/openapi", "/openapi?format=JSON", "/api/v1/runs?limit=500")) {
      Answer answer = api.withHeader("Accept-Encoding", "gzip").get(address).expect(200);
      if (answer.body().length > 2048) {
        assertEquals("gzip", answer.header("Content-Encoding"), address);
      }
    }
  }

  @Test
  void pagesAllowScriptsWithANonceOnly(Api api) {
    Answer page = api.anonymous().get("/login").expect(200);
    List<String> policies = page.headers().allValues("Content-Security-Policy");
    assertFalse(policies.isEmpty());
    for (String policy : policies) {
      assertFalse(policy.contains("unsafe-eval"), policy);
      assertFalse(policy.matches(".*script-src[^;]*unsafe-inline.*"), policy);
    }
    assertEquals("DENY", page.header("X-Frame-Options"));
  }

  private static TreeSet<String> addresses(Api api) {
    TreeSet<String> addresses = new TreeSet<>();
    Matcher found = ADDRESS.matcher(api.anonymous().get("/login").expect(200).text());
    while (found.find()) {
      addresses.add(found.group(1));
    }
    return addresses;
  }
}
