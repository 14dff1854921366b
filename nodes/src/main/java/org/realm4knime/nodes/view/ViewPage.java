package org.realm4knime.nodes.view;

import org.knime.core.webui.page.Page;
import org.knime.core.webui.page.Page.RequireFromFileOrString;

/** The web pages that show results, in the bundle's folder {@code web}. */
public enum ViewPage {
    /** Curves of a training log. */
    TRAINING("training"),
    /** Routes side by side, with the decisive step marked. */
    CONTRAST("contrast"),
    /** The curve of an induction schedule. */
    SCHEDULE("schedule"),
    /** Accuracy of models with intervals. */
    BENCHMARK("benchmark");

    private final String name;

    ViewPage(String name) {
        this.name = name;
    }

    /** The page with all files that it loads. */
    public Page page(RequireFromFileOrString page) {
        return page.fromFile()
                .bundleClass(ViewPage.class)
                .basePath("web")
                .relativeFilePath(name + ".html")
                .addResourceFile("vendor/echarts.min.js")
                .addResourceFile("view.js")
                .addResourceFile(name + ".js");
    }
}
