package org.realm4knime.headless.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.headless.browser.Browser;
import org.realm4knime.headless.browser.Browser.Look;
import org.realm4knime.headless.cli.ShortQuickstart;

/** The report of the quickstart, and the pages of the views in it with that run's data, in a browser. */
class ReportPagesTest {

    private static final Path WEB = Path.of("../../nodes/web");

    private static final Map<String, String> FILES = Map.of(
            "Benchmark", "benchmark.html",
            "Training", "training.html",
            "Contrast", "contrast.html",
            "Induction schedule", "schedule.html",
            "Model card", "card.html",
            "Data set", "dataset.html");

    /** Values that the pages tell cases apart by. They come from the nodes, never from a user's data. */
    private static final Set<String> OWN_WORDS = Set.of("with", "without", "test", "harder");

    private static Browser browser;
    private static Path report;
    /** What the views were given, by the title of their page; the last view of a kind. */
    private static final Map<String, String> DATA = new LinkedHashMap<>();

    @BeforeAll
    static void run() {
        browser = Browser.start();
        report = ShortQuickstart.get().folder().resolve("report.html");
        browser.look(Look.LIGHT);
        browser.open(report);
        JsonObject store = JsonParser.parseString(
                        (String) browser.run("return document.getElementById('views').textContent"))
                .getAsJsonObject();
        for (JsonElement view : store.getAsJsonArray("views")) {
            String html = view.getAsJsonObject().get("html").getAsString();
            DATA.put(
                    html.replaceAll("(?s).*<title>(.*)</title>.*", "$1"),
                    view.getAsJsonObject().get("initialData").getAsString());
        }
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    static Set<String> titles() {
        return FILES.keySet();
    }

    private static Path page(String title) {
        return WEB.resolve(FILES.get(title));
    }

    @Test
    void theReportDrawsEveryView() {
        browser.look(Look.LIGHT);
        browser.open(report);

        assertThat(DATA.keySet()).containsExactlyInAnyOrderElementsOf(FILES.keySet());
        assertThat(browser.run("return [...document.querySelectorAll('iframe')]"
                        + ".map((f) => f.contentDocument.querySelector('p.failed')?.textContent)"
                        + ".filter((text) => text)"))
                .isEqualTo(List.of());
        assertThat(browser.run("return [...document.querySelectorAll('iframe')]"
                        + ".flatMap((f) => [...f.contentDocument.querySelectorAll('.chart')])"
                        + ".filter((chart) => chart.querySelectorAll('svg path').length < 2)"
                        + ".map((chart) => chart.getAttribute('aria-label'))"))
                .isEqualTo(List.of());
        assertThat(browser.errors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Look.class)
    void nobodyIsKeptFromUsingTheReport(Look look) {
        browser.look(look);
        browser.open(report);

        assertThat(browser.barriers()).isEmpty();
        assertThat(browser.run(overflow("document")))
                .as("wider than the window")
                .isEqualTo(false);
    }

    @ParameterizedTest
    @MethodSource("titles")
    void nobodyIsKeptFromUsingAView(String title) {
        for (Look look : Look.values()) {
            browser.look(look);
            browser.open(page(title), DATA.get(title));
            browser.run("document.querySelectorAll('details').forEach((d) => d.open = true)");

            assertThat(browser.errors()).as(look.name()).isEmpty();
            assertThat(browser.run(overflow("document"))).as(look.name()).isEqualTo(false);
            // last, as axe-core asks for the style sheet itself, which the page's policy refuses and logs
            assertThat(browser.barriers()).as(look.name()).isEmpty();
        }
    }

    private static String overflow(String document) {
        return "const root = " + document + ".documentElement; return root.scrollWidth > root.clientWidth";
    }

    @Test
    void theBenchmarkHasABarForEveryScoreAndCountsAsTheTablesDo() throws IOException {
        browser.look(Look.LIGHT);
        browser.open(page("Benchmark"), DATA.get("Benchmark"));
        List<CSVRecord> scores = table("benchmark-evaluator-19-scores.csv");
        List<CSVRecord> answers = table("benchmark-evaluator-19-predictions.csv");

        String label = (String) browser.run("return document.querySelector('.chart').getAttribute('aria-label')");
        assertThat(label.split("; ")).hasSameSizeAs(scores);
        Map<String, Boolean> trained = right(answers, "trained");
        Map<String, Boolean> base = right(answers, "base");
        List<String> quarters = trained.keySet().stream()
                .collect(Collectors.groupingBy(id -> trained.get(id) + " " + base.get(id), Collectors.counting()))
                .entrySet()
                .stream()
                .map(Object::toString)
                .sorted()
                .toList();
        assertThat(browser.run("return [...document.querySelectorAll('.quarters button b')]"
                        + ".map((b) => Number(b.textContent))"))
                .isEqualTo(List.of("true true", "true false", "false true", "false false").stream()
                        .map(kind -> quarters.stream()
                                .filter(quarter -> quarter.startsWith(kind + "="))
                                .map(quarter -> Long.valueOf(quarter.substring(kind.length() + 1)))
                                .findFirst()
                                .orElse(0L))
                        .toList());
    }

    private static Map<String, Boolean> right(List<CSVRecord> answers, String model) {
        return answers.stream()
                .filter(row ->
                        row.get("model").equals(model) && row.get("routes").equals("without"))
                .collect(Collectors.toMap(row -> row.get("problem id"), row -> Boolean.valueOf(row.get("correct"))));
    }

    private static List<CSVRecord> table(String name) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader =
                Files.newBufferedReader(report.resolveSibling("tables").resolve(name))) {
            return format.parse(reader).getRecords();
        }
    }

    @Test
    void theTrainingShowsTheGroupsOfAStepAndFiltersThem() {
        browser.look(Look.LIGHT);
        browser.open(page("Training"), DATA.get("Training"));
        browser.run("document.querySelectorAll('[role=tab]')[1].click()");

        long cards = (long) browser.run("return document.querySelectorAll('.group .card').length");
        assertThat(cards).isGreaterThan(1);
        assertThat(browser.run("const [scope, filter] = document.querySelectorAll('#panel-1 select');"
                        + "const set = (field, value, kind) =>"
                        + "  { field.value = value; field.dispatchEvent(new Event(kind)); };"
                        + "set(scope, 'every', 'change'); set(filter, 'wrong', 'change');"
                        + "return [...document.querySelectorAll('.group')].every((g) => g.querySelector('.card.bad'))"))
                .isEqualTo(true);
        assertThat(browser.errors()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("titles")
    void noTextOfTheDataIsRead(String title) {
        browser.look(Look.LIGHT);
        String hostile = "<img src=x onerror='window.hostile = true'><script>window.hostile = true</script>{a|b}";
        browser.open(page(title), texts(DATA.get(title), text -> OWN_WORDS.contains(text) ? text : text + hostile));
        browser.run("document.querySelectorAll('[role=tab]').forEach((tab) => tab.click());"
                + "document.querySelectorAll('details').forEach((d) => d.open = true);"
                + "const move = (chart) => { const at = chart.getBoundingClientRect();"
                + "  for (let x = 0.05; x < 1; x += 0.05) { for (let y = 0.1; y < 1; y += 0.1) {"
                + "    chart.firstChild.dispatchEvent(new MouseEvent('mousemove', {bubbles: true,"
                + "      clientX: at.x + x * at.width, clientY: at.y + y * at.height})); } } };"
                + "document.querySelectorAll('.chart').forEach(move)");

        assertThat(browser.run("return document.querySelectorAll('img, main script').length"))
                .isEqualTo(0L);
        assertThat(browser.run("return window.hostile === undefined")).isEqualTo(true);
        assertThat(browser.run("return document.querySelector('p.failed') === null"))
                .isEqualTo(true);
        assertThat(browser.errors()).isEmpty();
    }

    /** The JSON text with every text in it changed, but not the names of its fields. */
    private static String texts(String json, UnaryOperator<String> change) {
        return new Gson().toJson(changed(JsonParser.parseString(json), change));
    }

    private static JsonElement changed(JsonElement element, UnaryOperator<String> change) {
        if (element instanceof JsonObject object) {
            JsonObject result = new JsonObject();
            object.entrySet().forEach(entry -> result.add(entry.getKey(), changed(entry.getValue(), change)));
            return result;
        }
        if (element instanceof JsonArray array) {
            JsonArray result = new JsonArray();
            array.forEach(value -> result.add(changed(value, change)));
            return result;
        }
        return element instanceof JsonPrimitive primitive && primitive.isString()
                ? new JsonPrimitive(change.apply(primitive.getAsString()))
                : element;
    }

    @Test
    void thePolicyStopsAScriptThatCameInAllTheSame() {
        browser.open(page("Induction schedule"), DATA.get("Induction schedule"));
        browser.run("document.querySelector('main').insertAdjacentHTML('beforeend',"
                + " '<img src=\"data:,x\" onerror=\"window.hostile = true\">')");
        browser.await("document.querySelector('main img').complete");

        assertThat(browser.run("return window.hostile === undefined")).isEqualTo(true);
        assertThat(browser.errors()).anyMatch(error -> error.contains("Content Security Policy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"result\":{}}"})
    void aNodeWithoutResultsIsNotAFailure(String nothing) {
        browser.open(page("Training"), nothing);

        assertThat(browser.run("return document.body.innerText").toString()).contains("There is nothing to show");
        assertThat(browser.run("return document.querySelector('p.failed')")).isNull();
        assertThat(browser.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"result\":{\"log\":{}}}",
                "{\"internalError\":{\"message\":\"the table is gone\",\"stackTrace\":[]}}"
            })
    void aViewThatFailsSaysSoAndLogsIt(String broken) {
        browser.open(page("Training"), broken);

        assertThat(browser.run("return document.querySelector('p.failed').textContent")
                        .toString())
                .startsWith("This view failed: ");
        assertThat(browser.errors()).singleElement().asString().contains("The view 'Training' failed");
    }

    /** Values of scipy.stats.binomtest(k, n).pvalue, and of the formula of Agresti and Min worked by hand. */
    @Test
    void thePairedTestIsExact() {
        browser.open(page("Benchmark"), DATA.get("Benchmark"));

        assertThat((double) browser.run("return RealmPaired.mcNemar(10, 2)")).isCloseTo(0.03857421875, within());
        assertThat((double) browser.run("return RealmPaired.mcNemar(3, 15)")).isCloseTo(0.007537841796875, within());
        assertThat(((Number) browser.run("return RealmPaired.mcNemar(0, 0)")).doubleValue())
                .isEqualTo(1);
        assertThat((double) browser.run("return RealmPaired.difference(10, 2, 98).low"))
                .isCloseTo(0.0110940, within());
        assertThat((double) browser.run("return RealmPaired.difference(10, 2, 98).high"))
                .isCloseTo(0.1489060, within());
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-6);
    }
}
