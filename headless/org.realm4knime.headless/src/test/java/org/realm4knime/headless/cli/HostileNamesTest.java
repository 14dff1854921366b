package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.headless.browser.Browser;
import org.realm4knime.headless.browser.Browser.Look;
import org.realm4knime.headless.toy.ToyWorkflow;

/** Names in a workflow come from whoever made it; in the report they are text. */
class HostileNamesTest {

    private static final String IN_HTML = "<img src=x onerror='window.hostile = true'>{{ 7 * 7 }}";
    private static final String IN_XML = "&lt;img src=x onerror='window.hostile = true'&gt;{{ 7 * 7 }}";

    @TempDir
    private Path temp;

    @Test
    void noNameIsReadAsHtmlOrTemplate() throws Exception {
        Path workflow = ToyWorkflow.write(temp.resolve("toy <img src=x onerror='window.hostile = true'>"), false);
        for (String node : new String[] {"Numbers (#1)", "Scorer (#6)"}) {
            Path settings = workflow.resolve(node).resolve("settings.xml");
            String text = Files.readString(settings);
            Files.writeString(
                    settings, text.replace("First numbers", IN_XML).replace("Final scores", "Final scores" + IN_XML));
        }
        Path out = temp.resolve("out");

        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out);

        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains(IN_HTML);
        Browser browser = Browser.start();
        try {
            browser.look(Look.LIGHT);
            browser.open(out.resolve("report.html"));
            assertThat(browser.run("return document.body.innerText").toString())
                    .contains(IN_HTML)
                    .doesNotContain("true'>49");
            assertThat(browser.run("return document.querySelectorAll('img').length"))
                    .isEqualTo(0L);
            assertThat(browser.run("return window.hostile === undefined")).isEqualTo(true);
            assertThat(browser.errors()).isEmpty();
        } finally {
            browser.close();
        }
    }
}
