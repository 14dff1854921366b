package org.realm4knime.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes domains for tests: sums, which two advisers answer, one of them always one too high. */
final class DomainFiles {

    private DomainFiles() {}

    /** A domain with the three files that every domain has. */
    static Path smallest(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder train = new StringBuilder();
        StringBuilder routes = new StringBuilder("problem id,source,text\n");
        for (int i = 1; i <= 10; i++) {
            train.append("{\"id\": \"t%d\", \"question\": \"What is %d + 1 ?\", \"answer\": \"%d\"}\n"
                    .formatted(i, i, i + 1));
            routes.append("t%d,careful,%d + 1 = %d . The answer is %d .%n".formatted(i, i, i + 1, i + 1));
            routes.append("t%d,hasty,%d + 1 = %d . The answer is %d .%n".formatted(i, i, i + 2, i + 2));
        }
        write(folder, "train.jsonl", train.toString());
        write(folder, "routes_train.csv", routes.toString());
        write(folder, "test.jsonl", "{\"id\": \"e1\", \"question\": \"What is 20 + 1 ?\", \"answer\": \"21\"}\n");
        return folder;
    }

    static void write(Path folder, String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
