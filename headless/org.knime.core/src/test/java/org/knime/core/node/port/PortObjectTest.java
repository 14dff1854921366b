package org.knime.core.node.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.internal.WriteFileStoreHandler;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.EchoNodeFactory;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.Node;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.workflow.NativeNodeContainer;
import org.knime.core.node.workflow.WorkflowCreationHelper;
import org.knime.core.node.workflow.WorkflowDataRepository;
import org.knime.core.node.workflow.WorkflowManager;
import org.knime.core.node.workflow.contextv2.WorkflowContextV2;

class PortObjectTest {

    private static final PortType NOTEBOOK = PortTypeRegistry.getInstance().getPortType(NotebookObject.class);

    @TempDir
    private Path m_folder;

    @Test
    void knowsWhatPluginsRegister() {
        assertThat(NOTEBOOK.getName()).isEqualTo("Notebook");
        assertThat(NOTEBOOK.getColor()).isEqualTo(0xff3366aa);
        assertThat(NOTEBOOK.getPortObjectSpecClass()).isEqualTo(NotebookSpec.class);
        assertThat(NOTEBOOK.isHidden()).isFalse();
        assertThat(PortTypeRegistry.getInstance().availablePortTypes()).contains(NOTEBOOK, BufferedDataTable.TYPE);
        assertThat(PortObject.TYPE.isSuperTypeOf(NOTEBOOK)).isTrue();
        assertThat(NOTEBOOK.isSuperTypeOf(BufferedDataTable.TYPE)).isFalse();
        assertThat(BufferedDataTable.TYPE_OPTIONAL.isOptional()).isTrue();
        assertThat(BufferedDataTable.TYPE_OPTIONAL).isNotEqualTo(BufferedDataTable.TYPE);
    }

    @Test
    void savesTypesByTheClassOfTheirObjects() throws Exception {
        final NodeSettings settings = new NodeSettings("port_0");
        NOTEBOOK.save(settings);

        assertThat(settings.getString("object_class")).isEqualTo(NotebookObject.class.getName());
        assertThat(PortType.load(settings)).isEqualTo(NOTEBOOK);
        settings.addString("object_class", "org.example.Gone");
        assertThatThrownBy(() -> PortType.load(settings)).hasMessageContaining("org.example.Gone");
    }

    /** The layout of the entries is that of spec.zip, which KNIME 5.12 saved. */
    @Test
    void writesSimpleSpecsAsKnimeDoes() throws Exception {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PortObjectSpecZipOutputStream zip = PortUtil.getPortObjectSpecZipOutputStream(out)) {
            new NotebookSpec.Serializer().savePortObjectSpec(new NotebookSpec("rows 7"), zip);
        }

        final List<String> written = entries(out.toByteArray());
        final List<String> saved;
        try (var in = getClass().getResourceAsStream("/samples/portobject/spec.zip")) {
            saved = entries(in.readAllBytes());
        }
        assertThat(written)
                .containsExactlyElementsOf(saved.stream()
                        .map(entry -> entry.replace("toy.ext.ToyPOSpec", NotebookSpec.class.getName())
                                .replace("key=\"what\"", "key=\"title\""))
                        .toList());
        try (var zip = PortUtil.getPortObjectSpecZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            assertThat(new NotebookSpec.Serializer().loadPortObjectSpec(zip).title())
                    .isEqualTo("rows 7");
        }
    }

    private static List<String> entries(final byte[] zipFile) throws IOException {
        final List<String> entries = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipFile))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.add(entry.getName() + ": " + new String(zip.readAllBytes()));
            }
        }
        return entries;
    }

    @Test
    void readsBackObjectsWithTheirFileStores() throws Exception {
        final WriteFileStoreHandler handler = new WriteFileStoreHandler("Node 7", UUID.randomUUID());
        handler.setBaseDir(m_folder.resolve("stores").toFile());
        handler.addToRepository(new WorkflowDataRepository());
        final FileStore store = handler.createFileStore("notes");
        final FileStore cover = handler.createFileStore("cover");
        final NotebookObject object = new NotebookObject(new NotebookSpec("Title"), 12, "dear diary", store, cover);
        Files.writeString(cover.getFile().toPath(), "a file, not a folder");
        final File file = m_folder.resolve("object.zip").toFile();

        PortUtil.writeObjectToFile(object, file, new ExecutionMonitor());
        final NotebookObject copy = (NotebookObject) PortUtil.readObjectFromFile(file, new ExecutionMonitor());

        assertThat(store.getFile())
                .isEqualTo(m_folder.resolve("stores/000/000/notes").toFile());
        assertThat(copy.pages()).isEqualTo(12);
        assertThat(copy.getSpec()).isEqualTo(new NotebookSpec("Title"));
        assertThat(copy.text()).isEqualTo("dear diary");
        assertThat(copy.second().getFile()).hasContent("a file, not a folder");
        assertThat(copy).isNotEqualTo(object); // the file stores are copies
        try (var in = Files.newInputStream(file.toPath())) {
            assertThat(PortUtil.readObjectSpecFromStream(in)).isEqualTo(new NotebookSpec("Title"));
        }
    }

    @Test
    void fileStoresReadForANodeBelongToIt() throws Exception {
        final WriteFileStoreHandler handler = new WriteFileStoreHandler("Node 7", UUID.randomUUID());
        handler.addToRepository(new WorkflowDataRepository());
        final NotebookObject object =
                new NotebookObject(new NotebookSpec("Title"), 1, "dear diary", handler.createFileStore("notes"));
        final File file = m_folder.resolve("object.zip").toFile();
        PortUtil.writeObjectToFile(object, file, new ExecutionMonitor());
        handler.clearAndDispose();
        final WorkflowManager workflow = WorkflowManager.ROOT.createAndAddProject(
                "test",
                new WorkflowCreationHelper(WorkflowContextV2.builder()
                        .withAnalyticsPlatformExecutor(
                                e -> e.withCurrentUserAsUserId().withLocalWorkflowPath(m_folder))
                        .withLocalLocation()
                        .build()));
        final NativeNodeContainer node = workflow.getNodeContainer(
                workflow.createAndAddNode(new EchoNodeFactory(null, NOTEBOOK)), NativeNodeContainer.class, true);

        final ExecutionContext exec = node.createExecutionContext();
        final NotebookObject copy = (NotebookObject) PortUtil.readObjectFromFileViaContext(file, exec);

        assertThat(copy.text()).isEqualTo("dear diary");
        assertThat(copy.first().getFile().toPath())
                .startsWith(Node.invokeGetFileStoreHandler(exec).getBaseDir().toPath());
        WorkflowManager.ROOT.removeProject(workflow.getID());
        assertThat(copy.first().getFile()).doesNotExist();
    }

    @Test
    void refusesFilesThatAreNoPortObjects() throws Exception {
        final Path file = Files.writeString(m_folder.resolve("object.zip"), "no zip");

        assertThatThrownBy(() -> PortUtil.readObjectFromFile(file.toFile(), new ExecutionMonitor()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("content.xml");
    }

    @Test
    void aNameOfAFileStoreIsTakenOnce() throws Exception {
        final WriteFileStoreHandler handler = new WriteFileStoreHandler("Node 7", UUID.randomUUID());
        handler.setBaseDir(m_folder.toFile());
        handler.createFileStore("a");

        assertThatThrownBy(() -> handler.createFileStore("a")).isInstanceOf(IOException.class);
        handler.clearAndDispose();
        assertThat(m_folder).doesNotExist();
    }
}
