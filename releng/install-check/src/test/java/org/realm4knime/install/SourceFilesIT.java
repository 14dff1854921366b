package org.realm4knime.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the formatter does not hold: comments, texts and files that one can read on a screen. */
class SourceFilesIT {

    private static final int LONGEST_LINE = 120;
    private static final int MOST_LINES = 400;

    @ParameterizedTest
    @ValueSource(strings = {"plugin", "samples", "nodes", "preferences", "headless", "releng", "bench"})
    void noLineAndNoFileIsTooLong(String folder) throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Sources.files(folder)) {
            if (file.toString().endsWith(".java")) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() > MOST_LINES) {
                    tooLong.add(file + ": " + lines.size() + " lines");
                }
                for (int i = 0; i < lines.size(); i++) {
                    if (lines.get(i).codePointCount(0, lines.get(i).length()) > LONGEST_LINE) {
                        tooLong.add(file + ":" + (i + 1));
                    }
                }
            }
        }
        assertThat(tooLong)
                .as("files of more than %d lines, and lines of more than %d characters", MOST_LINES, LONGEST_LINE)
                .isEmpty();
    }
}
