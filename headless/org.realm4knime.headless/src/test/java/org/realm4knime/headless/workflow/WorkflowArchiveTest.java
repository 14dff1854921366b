package org.realm4knime.headless.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowArchiveTest {

    @TempDir
    private Path temp;

    private Path zip(String name, List<String> entries, String content) throws IOException {
        Path file = temp.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(content.getBytes());
            }
        }
        return file;
    }

    private Path exported() throws IOException {
        SampleWorkflow sample = SampleWorkflow.copy("tables", temp);
        Path file = temp.resolve("tables.knwf");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(sample.folder())) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(temp.relativize(path).toString()));
                Files.copy(path, zip);
            }
        }
        return file;
    }

    @Test
    void unpacksAndCleansUp() throws Exception {
        Path folder;
        try (WorkflowArchive archive = WorkflowArchive.open(exported())) {
            folder = archive.folder();
            Workflow workflow = WorkflowReader.read(folder);
            assertThat(workflow.name()).isEqualTo("tables");
            assertThat(workflow.nodes()).hasSize(3);
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void leavesAFolderAlone() throws Exception {
        Path folder = SampleWorkflow.copy("tables", temp).folder();
        try (WorkflowArchive archive = WorkflowArchive.open(folder)) {
            assertThat(archive.folder()).isEqualTo(folder);
        }
        assertThat(folder).isDirectory();
    }

    @Test
    void refusesWhatIsNoWorkflow() throws Exception {
        Path empty = zip("empty.knwf", List.of("readme.txt"), "x");
        assertThatThrownBy(() -> WorkflowArchive.open(empty)).hasMessageContaining("holds no workflow");
        Path two = zip("two.knwf", List.of("a/workflow.knime", "b/workflow.knime"), "x");
        assertThatThrownBy(() -> WorkflowArchive.open(two)).hasMessageContaining("several workflows");
        Path text = Files.writeString(temp.resolve("text.knwf"), "no zip");
        assertThatThrownBy(() -> WorkflowArchive.open(text)).hasMessageContaining("Cannot unpack");
        assertThatThrownBy(() -> WorkflowArchive.open(temp.resolve("none.knwf")))
                .isInstanceOf(WorkflowException.class)
                .hasMessageContaining("none.knwf");
    }

    /** A gigabyte of zeros in a megabyte. */
    @Test
    void anArchiveThatWouldFillTheDiskIsRefused() throws Exception {
        Path bomb = temp.resolve("bomb.knwf");
        byte[] zeros = new byte[1 << 20];
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
            zip.putNextEntry(new ZipEntry("bomb/workflow.knime"));
            for (int megabyte = 0; megabyte < 300; megabyte++) {
                zip.write(zeros);
            }
        }
        Path target = Files.createDirectory(temp.resolve("target"));

        assertThatThrownBy(() -> Unpacking.USUAL.unpack(bomb, target))
                .hasMessageContaining("unpacked it would take more than 256 MB")
                .hasMessageContaining("unpack it yourself");
        assertThat(Files.size(target.resolve("bomb/workflow.knime"))).isLessThanOrEqualTo(257L << 20);
        assertThatThrownBy(() -> WorkflowArchive.open(bomb))
                .isInstanceOf(WorkflowException.class)
                .hasMessageStartingWith("Cannot unpack " + bomb);
    }

    @Test
    void anArchiveHasNoMoreEntriesThanAWorkflowMayHave() throws Exception {
        Path many = zip("many.knwf", List.of("a/workflow.knime", "a/1", "a/2"), "x");
        Path target = Files.createDirectory(temp.resolve("target"));

        assertThatThrownBy(() -> new Unpacking(2, 1 << 20, 100).unpack(many, target))
                .hasMessageContaining("it has 3 entries, and at most 2");
        assertThatThrownBy(() -> new Unpacking(3, 2, 100).unpack(many, target))
                .hasMessageContaining("unpacked it would take more than 0 MB");
    }

    @Test
    void writesNothingOutsideItsFolder() throws Exception {
        Path evil = zip("evil.knwf", List.of("../../evil.txt"), "x");

        assertThatThrownBy(() -> WorkflowArchive.open(evil)).hasMessageContaining("outside the archive");
    }
}
