package org.realm4knime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a write, the file before it stays, and nothing half-written takes its name. */
class WholeFileTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("file.txt");
        WholeFile.write(file, "former");
    }

    private void assertUntouched() {
        assertThat(file).hasContent("former");
        assertThat(folder.toFile().list()).containsExactly("file.txt");
    }

    @Test
    void replacesAFile() throws IOException {
        WholeFile.writeText(file, out -> out.write("größer"));

        assertThat(file).hasContent("größer");
        assertThat(folder.toFile().list()).containsExactly("file.txt");
        assertThat(WholeFile.checksum(file)).isNotZero();
    }

    @Test
    void aFullDiskIsToldWithTheFile() throws IOException {
        FullDisk.under(file);

        assertThatThrownBy(() -> WholeFile.write(file, "new"))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": " + FullDisk.MESSAGE);
        assertUntouched();
    }

    @Test
    void whatFailsOnTheWayLeavesNothing() {
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(ByteBuffer.wrap(new byte[100]));
                    throw new IOException("pulled");
                }))
                .hasMessage(file + ": pulled");
        assertUntouched();
    }

    @Test
    void aBitThatTheDiskTurnedIsFoundWhenTheFileIsReadBack() {
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(ByteBuffer.wrap(new byte[100]));
                    byte[] turned = new byte[100];
                    turned[50] = 4;
                    Files.write(file.resolveSibling("file.txt.part"), turned);
                }))
                .hasMessageContaining("not what was written");
        assertUntouched();
    }

    @Test
    void aMissingFolderIsNamed() {
        Path missing = folder.resolve("gone").resolve("file.txt");

        assertThatThrownBy(() -> WholeFile.write(missing, "new"))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(IoReason.of((IOException) e))
                        .contains("gone")
                        .contains("does not exist"));
    }

    @Test
    void aFolderKeepsItsFilesUntilAllOfTheNewOnesAreWritten() throws IOException {
        Files.writeString(folder.resolve("other.txt"), "mine");

        assertThatThrownBy(() -> WholeFolder.write(folder, path -> true, part -> {
                    WholeFile.write(part.resolve("file.txt"), "new");
                    throw new IOException("pulled");
                }))
                .hasMessage("pulled");
        assertThat(file).hasContent("former");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("file.txt", "other.txt");
    }

    @Test
    void aFolderLosesWhatIsStaleAndNothingElse() throws IOException {
        Files.writeString(folder.resolve("old.weights"), "stale");
        Files.writeString(folder.resolve("notes.txt"), "mine");

        WholeFolder.write(folder, path -> path.toString().endsWith(".weights"), part -> {
            WholeFile.write(part.resolve("file.txt"), "new");
            Files.createDirectories(part.resolve("sub"));
            WholeFile.write(part.resolve("sub/new.weights"), "fresh");
        });

        assertThat(file).hasContent("new");
        assertThat(folder.resolve("sub/new.weights")).hasContent("fresh");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("file.txt", "notes.txt", "sub");
    }

    @Test
    void aFolderThatIsDeletedLosesItsNameFirst() throws IOException {
        Path going = Files.createDirectories(folder.resolve("going"));
        Files.writeString(going.resolve("a"), "a");
        Path left = Files.createDirectories(folder.resolve("going.old.part"));
        Files.writeString(left.resolve("b"), "left by an earlier one");

        WholeFolder.delete(going);
        WholeFolder.delete(folder.resolve("missing"));

        assertThat(folder.toFile().list()).containsExactly("file.txt");
    }

    @Test
    void aFolderThatWasMadeForNothingGoes() {
        Path made = folder.resolve("made");

        assertThatThrownBy(() -> WholeFolder.write(made, path -> false, part -> {
                    throw new IOException("pulled");
                }))
                .hasMessage("pulled");
        assertThat(made).doesNotExist();
    }
}
