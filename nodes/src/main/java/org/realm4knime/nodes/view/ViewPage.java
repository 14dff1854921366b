package org.realm4knime.nodes.view;

import java.util.List;
import java.util.stream.Stream;
import org.knime.core.webui.page.FromFilePage;
import org.knime.core.webui.page.Page;
import org.knime.core.webui.page.Page.RequireFromFileOrString;

/** The web pages that show results, in the bundle's folder {@code web}. */
public enum ViewPage {
    /** Curves of a training log, and the completions behind them. */
    TRAINING("training", "rollouts"),
    /** Routes side by side, with the decisive step marked. */
    CONTRAST("contrast"),
    /** The curve of an induction schedule. */
    SCHEDULE("schedule"),
    /** Accuracy of models with intervals, and two of them problem by problem. */
    BENCHMARK("benchmark", "table", "paired", "compare"),
    /** What is to be known of a model. */
    CARD("card"),
    /** What a data set holds, and what should be looked at before training. */
    DATASET("dataset", "table");

    private final String name;
    private final List<String> parts;

    ViewPage(String name, String... parts) {
        this.name = name;
        this.parts = List.of(parts);
    }

    /** The page with all files that it loads. */
    public Page page(RequireFromFileOrString page) {
        FromFilePage built = page.fromFile()
                .bundleClass(ViewPage.class)
                .basePath("web")
                .relativeFilePath(name + ".html")
                .addResourceFile("vendor/echarts.min.js")
                .addResourceFile("view.css");
        for (String script :
                Stream.concat(Stream.of("view", "charts", name), parts.stream()).toList()) {
            built = built.addResourceFile(script + ".js");
        }
        return built;
    }
}
