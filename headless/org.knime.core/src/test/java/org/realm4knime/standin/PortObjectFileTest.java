package org.realm4knime.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObjectSpecZipInputStream;
import org.knime.core.node.port.PortObjectSpecZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;
import org.knime.core.node.port.PortUtil;

class PortObjectFileTest {

    private static final PortType NOTEBOOK = PortTypeRegistry.getInstance().getPortType(NotebookObject.class);

    @TempDir
    private Path folder;

    @Test
    void pluginsRegisterPortTypes() {
        assertThat(NOTEBOOK.getName()).isEqualTo("Notebook");
        assertThat(NOTEBOOK.getPortObjectSpecClass()).isEqualTo(NotebookSpec.class);
        assertThat(NOTEBOOK.isHidden()).isFalse();
        assertThat(NOTEBOOK.isSuperTypeOf(BufferedDataTable.TYPE)).isFalse();
        assertThat(PortTypeRegistry.getInstance().getObjectClass("does.not.Exist"))
                .isEmpty();
    }

    /** The layout of the entries is that of spec.zip, which KNIME 5.12 saved. */
    @Test
    void simpleSpecsAreWrittenAsKnimeDoes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PortObjectSpecZipOutputStream zip = PortUtil.getPortObjectSpecZipOutputStream(out)) {
            new NotebookSpec.Serializer().savePortObjectSpec(new NotebookSpec("rows 7"), zip);
        }

        List<String> saved;
        try (InputStream in = getClass().getResourceAsStream("/samples/portobject/spec.zip")) {
            saved = entries(in.readAllBytes());
        }
        assertThat(entries(out.toByteArray()))
                .containsExactlyElementsOf(saved.stream()
                        .map(entry -> entry.replace("toy.ext.ToyPOSpec", NotebookSpec.class.getName())
                                .replace("key=\"what\"", "key=\"title\""))
                        .toList());
        try (PortObjectSpecZipInputStream zip =
                PortUtil.getPortObjectSpecZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            assertThat(new NotebookSpec.Serializer().loadPortObjectSpec(zip).title())
                    .isEqualTo("rows 7");
        }
    }

    private static List<String> entries(byte[] zipFile) throws IOException {
        List<String> entries = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipFile))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.add(entry.getName() + ": " + new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    private Path written() throws IOException {
        FileStores stores = new FileStores(folder.resolve("stores"));
        FileStore notes = new FileStore(stores.create("notes"));
        FileStore cover = new FileStore(stores.create("cover"));
        Files.createDirectories(notes.getFile().toPath());
        Files.writeString(notes.getFile().toPath().resolve("page.txt"), "dear diary");
        Files.writeString(cover.getFile().toPath(), "a file, not a folder");
        Path file = folder.resolve("object.zip");
        PortObjectFile.write(new NotebookObject(new NotebookSpec("Title"), 12, notes, cover), file);
        return file;
    }

    @Test
    void objectsComeBackWithCopiesOfTheirFileStores() throws IOException {
        NotebookObject copy = (NotebookObject) PortObjectFile.read(written(), new FileStores(folder.resolve("copies")));

        assertThat(copy.getSummary()).isEqualTo("12 pages");
        assertThat(copy.getSpec()).isEqualTo(new NotebookSpec("Title"));
        assertThat(copy.first().getFile().toPath().resolve("page.txt")).hasContent("dear diary");
        assertThat(copy.second().getFile()).hasContent("a file, not a folder");
        assertThat(copy.first().getFile().toPath()).isEqualTo(folder.resolve("copies/000/000/notes"));
    }

    /** Names and order of the entries are those of KNIME's PortUtil; the second file store's name has its number. */
    @Test
    void theEntriesAreThoseThatKnimeWrites() throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(written()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names)
                .containsExactly(
                        "content.xml",
                        "objectSpec.file",
                        "object.file",
                        "filestores/",
                        "filestores/000/000/notes/page.txt",
                        "filestores/000/000/1_cover");
    }

    @Test
    void filesThatAreNoPortObjectsAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("no.zip"), "no zip");

        assertThatThrownBy(() -> PortObjectFile.read(file, new FileStores(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("content.xml");
    }

    @Test
    void anEntryOutsideOfTheFileStoresIsRefused() throws IOException {
        Path evil = folder.resolve("evil.zip");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(written()));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(evil))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName().replace("notes/page.txt", "../../../evil.txt");
                out.putNextEntry(new ZipEntry(name));
                in.transferTo(out);
            }
        }

        assertThatThrownBy(() -> PortObjectFile.read(evil, new FileStores(folder.resolve("copies"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("outside");
        assertThat(folder.resolve("evil.txt")).doesNotExist();
    }

    @Test
    void aNameOfAFileStoreIsTakenOnce() throws IOException {
        FileStores stores = new FileStores(folder);
        stores.create("a");

        assertThatThrownBy(() -> stores.create("a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"a\"");
    }
}
