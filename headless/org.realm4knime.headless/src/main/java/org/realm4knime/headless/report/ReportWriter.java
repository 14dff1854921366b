package org.realm4knime.headless.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.realm4knime.engine.WholeFile;
import org.realm4knime.headless.node.NodeView;
import org.realm4knime.headless.run.NodeResult;
import org.realm4knime.headless.run.NodeState;
import org.realm4knime.headless.run.RunResult;
import org.realm4knime.headless.run.Wording;

/**
 * Writes the report: one HTML file that needs no other. The view of every executed node is in it as KNIME would show
 * it, with the data it would get, each in a frame of its own.
 */
final class ReportWriter {

    private static final String RESOURCES = "org/realm4knime/headless/report/";
    /** The report and the views in it run the scripts that they came with, and nothing that a table brings. */
    private static final String POLICY = "default-src 'none'; script-src %s; style-src 'unsafe-inline'; img-src data:;"
            + " base-uri 'none'; form-action 'none'";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final String version;
    private final RunResult run;
    private final List<ScoreTable> scores;

    /** A view ready for report.js. */
    private record EmbeddedView(int node, String html, String initialData) {}

    /** What report.js reads. */
    private record Views(Map<String, String> resources, List<EmbeddedView> views) {}

    /**
     * @param run what to report
     * @param scores its score tables
     * @param version of this program
     */
    ReportWriter(RunResult run, List<ScoreTable> scores, String version) {
        this.version = version;
        this.run = run;
        this.scores = scores;
    }

    void write(Path file) throws IOException {
        ClasspathLoader loader = new ClasspathLoader(ReportWriter.class.getClassLoader());
        loader.setPrefix(RESOURCES);
        PebbleEngine engine = new PebbleEngine.Builder().loader(loader).build();
        Map<String, Object> content = content();
        WholeFile.writeText(file, out -> engine.getTemplate("report.html").evaluate(out, content, Locale.ENGLISH));
    }

    private Map<String, Object> content() throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("title", run.workflow().name());
        content.put("stateText", run.isComplete() ? "done" : "not complete");
        content.put("stateClass", run.isComplete() ? "good" : "bad");
        content.put("summary", summary());
        content.put("scores", scores);
        content.put("graph", GraphLayout.of(run.workflow()));
        List<ReportNode> nodes = run.nodes().stream().map(ReportNode::new).toList();
        content.put("nodes", nodes);
        content.put("cards", nodes.stream().collect(Collectors.toMap(ReportNode::getId, Function.identity())));
        content.put("version", version);
        content.put("style", resource("report.css"));
        String script = resource("report.js");
        content.put("script", script);
        Set<String> scripts = new LinkedHashSet<>(List.of(EmbeddedPage.source(script)));
        content.put("views", views(scripts));
        content.put("policy", POLICY.formatted(String.join(" ", scripts)));
        return content;
    }

    private String summary() {
        StringBuilder text = new StringBuilder(DATE.format(run.started()))
                .append(", ")
                .append(Wording.time(run.time()))
                .append(". ")
                .append(run.nodes().size())
                .append(" nodes");
        for (NodeState state : NodeState.values()) {
            long count = run.count(state);
            if (count > 0 && count < run.nodes().size()) {
                text.append(", ").append(count).append(' ').append(state.text());
            }
        }
        return text.append('.').toString();
    }

    /**
     * The views as JSON that may stand in a script element: no {@code <} in it.
     *
     * @param scripts takes the sources of the scripts that they run
     */
    private String views(Set<String> scripts) throws IOException {
        Map<String, String> resources = new LinkedHashMap<>();
        List<EmbeddedView> views = new ArrayList<>();
        for (NodeResult result : run.nodes()) {
            if (result.view().isPresent()) {
                NodeView view = result.view().get();
                EmbeddedPage page = EmbeddedPage.of(view.html(), view::file);
                resources.putAll(page.resources());
                scripts.addAll(page.scripts());
                views.add(new EmbeddedView(result.node().id(), page.html(), view.initialData()));
            }
        }
        Gson gson = new GsonBuilder().disableHtmlEscaping().create();
        return gson.toJson(new Views(resources, views)).replace("<", "\\u003c");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportWriter.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
