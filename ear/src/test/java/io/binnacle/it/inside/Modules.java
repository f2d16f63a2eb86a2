package io.binnacle.it.inside;

import io.binnacle.it.Await;
import io.binnacle.it.server.InsideServer;
import io.binnacle.it.server.Install;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The packaged EAR with the tests in the place of the web module. */
final class Modules {
  private static final String APPLICATION =
      """
      <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
        <initialize-in-order>true</initialize-in-order>
        <module><ejb>ejb-module.jar</ejb></module>
        <module>
          <web><web-uri>tests.war</web-uri><context-root>/tests</context-root></web>
        </module>
        <library-directory>lib</library-directory>
      </application>
      """;

  private Modules() {}

  static EnterpriseArchive withTests() {
    WebArchive tests =
        ShrinkWrap.create(WebArchive.class, "tests.war")
            .addPackage(Modules.class.getPackage())
            .addClasses(Await.class, InsideServer.class)
            .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    EnterpriseArchive packaged =
        ShrinkWrap.createFromZipFile(
            EnterpriseArchive.class,
            Install.ofThisBuild().target().resolve("binnacle.ear").toFile());
    packaged.delete("/web-module.war");
    packaged.delete("/META-INF/application.xml");
    return ShrinkWrap.create(EnterpriseArchive.class, "inside.ear")
        .merge(packaged)
        .setApplicationXML(new StringAsset(APPLICATION))
        .addAsModule(Testable.archiveToTest(tests));
  }
}
