import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Adds up the test reports that this build wrote: {@code java TestSummary.java <root folder> <start of the build>}. */
final class TestSummary {

    private record Totals(int tests, int failed, int skipped) {
        Totals plus(Totals other) {
            return new Totals(tests + other.tests, failed + other.failed, skipped + other.skipped);
        }
    }

    public static void main(String[] args) throws IOException {
        Instant start = Instant.parse(args[1]);
        List<Path> reports;
        try (Stream<Path> files = Files.find(
                Path.of(args[0]), 6, (file, attributes) -> file.toString()
                        .matches(".*[/\\\\]target[/\\\\](surefire|failsafe)-reports[/\\\\]TEST-.*\\.xml")
                        && !attributes.lastModifiedTime().toInstant().isBefore(start))) {
            reports = files.toList();
        }
        Totals totals = reports.stream().map(TestSummary::read).reduce(new Totals(0, 0, 0), Totals::plus);
        int passed = totals.tests - totals.failed - totals.skipped;
        System.out.printf("%d passed, %d failed, %d skipped%n", passed, totals.failed, totals.skipped);
        if (passed == 0 || totals.failed > 0) {
            System.exit(1);
        }
    }

    private static Totals read(Path report) {
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = XMLInputFactory.newInstance().createXMLStreamReader(in);
            xml.nextTag();
            return new Totals(
                    number(xml, "tests"), number(xml, "failures") + number(xml, "errors"), number(xml, "skipped"));
        } catch (IOException | XMLStreamException e) {
            throw new IllegalStateException(report + " cannot be read", e);
        }
    }

    private static int number(XMLStreamReader xml, String attribute) {
        return Integer.parseInt(xml.getAttributeValue(null, attribute));
    }
}
